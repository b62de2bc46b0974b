/// Texts from files: the one that the server was started with, and the user's own.
import { decode } from "../codec"
import { replaceAll, setReadOnly } from "../editor"
import { fromStateFile, isStateFile } from "../state"
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

  /// The server's file came: the server has it as its text already.
  arrived(bytes: Uint8Array): void {
    if (!this.wanted) return
    this.wanted = false
    replaceAll(this.app.text, decode(bytes), "server")
    this.setLoading(undefined)
    this.app.session.adoptFile()
    this.app.changed()
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
