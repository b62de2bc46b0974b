export { type Ended, RefusedCode } from "./messages"
export * from "./name"
export * from "./native"
