/// The present view as a file that opens without a server.
import { Tokens, findFlavor, itemsOf, sameQuery, sentence, viewFile } from "../state"
import type { App } from "./app"
import { download } from "./download"
import { wanted } from "./wanted"

/// Saves pattern, text, matches and explanation as one page of HTML.
export async function saveView(app: App): Promise<void> {
  const { model } = app
  const explained = await explanation(app)
  const query = model.query.peek()
  const welcome = model.welcome.peek()
  const status = model.status.peek()
  const analysis = model.analysis.peek()
  const analysed = welcome && analysis && sameQuery(analysis.query, query)
  const { results, count } = model.listed.peek()
  const html = viewFile({
    flavor: findFlavor(welcome?.flavors ?? [], query.flavor)?.label ?? query.flavor,
    engine: status.engine ? `${status.engine.name} ${status.engine.version}` : "",
    flags: query.flags,
    pattern: query.pattern,
    tokens: analysed ? new Tokens(analysis.msg, welcome.tokenKinds) : undefined,
    outcome: sentence(status, model.connection.peek().state != "connected", undefined).outcome,
    results,
    count,
    text: app.text.state.doc.toString(),
    explanation: explained ? itemsOf(explained) : [],
    summary: explained?.summary ?? [],
    link: (await app.keeper.link()) ?? "",
    made: new Date(),
  })
  download("regex.html", new Blob([html], { type: "text/html" }))
  if (!explained) model.notify("info", "Saved without an explanation: the server did not send one.")
}

function explanation({ model }: App) {
  return wanted(model, "explain", () => {
    const about = model.explanation.value
    return about && sameQuery(about.query, model.query.value) ? about.msg : undefined
  })
}
