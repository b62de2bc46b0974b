/// Texts and states from files: the one that the server was started with, and the user's own.
import { decode } from "../codec"
import { replaceAll, setReadOnly } from "../editor"
import { type LinkState, fromStateFile, isStateFile } from "../state"
import type { App } from "./app"

export class Files {
  /// Whether the server's file is to replace the text. It is asked for again
  /// when the connection was lost meanwhile.
  wanted = false

  constructor(private readonly app: App) {}

  loadServerFile(): void {
    this.wanted = true
    this.connected()
  }

  /// There is a connection to ask on.
  connected(): void {
    if (this.wanted && this.app.session.loadFile()) {
      this.setLoading(this.app.model.welcome.value?.file?.name ?? "the file")
    }
  }

  /// The server's file came: a text, which the server has already, or a state.
  arrived(bytes: Uint8Array): void {
    if (!this.wanted) return
    this.wanted = false
    const name = this.app.model.loading.peek() ?? "the file"
    this.setLoading(undefined)
    if (isStateFile(bytes) && this.openState(name, bytes)) return
    replaceAll(this.app.text, decode(bytes), "server")
    this.app.session.adoptFile()
    this.app.changed()
  }

  // Shows the state that the server's file is. False when it cannot be read: then it is a text.
  private openState(name: string, bytes: Uint8Array): boolean {
    const { app } = this
    let state: LinkState
    try {
      state = fromStateFile(bytes)
    } catch (error) {
      app.model.notify("error", `${name} begins as a saved state, and is shown as a text, since it is none: ${error instanceof Error ? error.message : String(error)}.`)
      return false
    }
    const blank = app.isBlank()
    app.session.leaveFile()
    app.keeper.showLink(state)
    app.model.notify("info", `Opened: ${name}.${blank ? "" : " Undo brings back what was here."}`)
    return true
  }

  /// The server has no file.
  refused(): void {
    this.wanted = false
    this.setLoading(undefined)
    this.app.changed()
  }

  /// Reads a file from the user's machine into the text, or one of a state into all editors.
  async open(file: File): Promise<void> {
    const { app } = this
    if (file.size > app.limit()) {
      app.refuse(`The file ${file.name}`, file.size, app.limit())
      return
    }
    this.setLoading(file.name)
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      if (isStateFile(bytes)) {
        app.keeper.showLink(fromStateFile(bytes))
        app.model.notify("info", `Opened: ${file.name}. Undo brings back what was here.`)
      } else replaceAll(app.text, decode(bytes), "local")
    } catch (error) {
      app.model.notify("error", `${file.name} could not be read: ${error instanceof Error ? error.message : String(error)}.`)
    } finally {
      this.setLoading(undefined)
    }
  }

  private setLoading(name: string | undefined): void {
    this.app.model.loading.value = name
    setReadOnly(this.app.text, name !== undefined)
  }
}
