/// Steps of a run as a list that is taken out of the page: more of them than are
/// around the current one. They come in pieces; a movement goes first.
import { signal } from "@preact/signals"
import { format } from "../state"
import { type DebugEvent, type DebugListing, MaxDebugListing } from "../wire"

/// More steps than this are a file of more than 30 MB: regexdbg debug writes those.
export const ListingLimit = 100_000

export class Listing {
  /// How far it is, in words; "" when there is none.
  readonly progress = signal("")
  private wanted: { from: number; to: number; all: DebugEvent[]; done(events: DebugEvent[] | undefined): void } | undefined
  private request: number | undefined // that is not answered

  /// ask sends a request for steps and returns its number, or undefined while another one has no answer.
  constructor(private readonly ask: (step: number, count: number) => number | undefined) {}

  /// The steps from one to another, the last included, or as many as there are; undefined when they were stopped.
  collect(from: number, to: number): Promise<DebugEvent[] | undefined> {
    this.stop()
    return new Promise((done) => {
      this.wanted = { from, to, all: [], done }
      this.next()
    })
  }

  /// Asks for the next piece, unless it is on its way.
  next(): void {
    const { wanted } = this
    if (!wanted || this.request !== undefined) return
    const left = wanted.to - wanted.from + 1 - wanted.all.length
    this.progress.value = `Reading steps: ${format.count(wanted.all.length)} of ${format.count(wanted.to - wanted.from + 1)}`
    this.request = this.ask(wanted.from + wanted.all.length, Math.min(left, MaxDebugListing))
  }

  /// A movement has taken the place of the request.
  superseded(): void {
    this.request = undefined
  }

  received({ request, events }: DebugListing): void {
    const { wanted } = this
    if (!wanted || request != this.request) return
    this.request = undefined
    wanted.all.push(...events)
    if (events.length == 0 || wanted.all.length > wanted.to - wanted.from) this.finish(wanted.all)
    else this.next()
  }

  stop(): void {
    this.finish(undefined)
  }

  private finish(events: DebugEvent[] | undefined): void {
    const { wanted } = this
    this.wanted = this.request = undefined
    this.progress.value = ""
    wanted?.done(events)
  }
}
