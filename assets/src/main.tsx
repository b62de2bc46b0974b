import { render } from "preact"
import { App, installKeys } from "./app"
import "./style/index.css"
import { Page } from "./view"

const app = new App()
installKeys(app)
render(<Page app={app} />, document.getElementById("app")!)
void app.start()
