export * from "./page"
