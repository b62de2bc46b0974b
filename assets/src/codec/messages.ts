/// The text frames, as unions over the generated types.
import type {
  Analysis,
  AnalysisFailed,
  Benchmark,
  Cancel,
  Continue,
  Conversions,
  Diagram,
  Done,
  Engines,
  Explanation,
  Fault,
  Hello,
  Idle,
  Invalid,
  Literals,
  LoadFile,
  NoEngine,
  Progress,
  Refresh,
  Resync,
  Show,
  Speeds,
  Started,
  StopBenchmark,
  Update,
  Waiting,
  Warnings,
  Welcome,
} from "../wire"

export type PageMessage = Hello | Update | Cancel | Continue | LoadFile | Show | Refresh | Benchmark | StopBenchmark

/// Those of a search.
export type SearchMessage = Started | Invalid | NoEngine | Idle | Progress | Waiting | Done

export type ServerMessage = Welcome | Engines | SearchMessage | Analysis | Warnings | Explanation | Diagram | Literals | Conversions | AnalysisFailed | Speeds | Resync | Fault

/// The message of a text frame. Types that this page does not know are for the
/// caller to ignore: a server may say more than an older page understands.
export function parseMessage(frame: string): ServerMessage {
  return JSON.parse(frame) as ServerMessage
}
