export * from "./app"
export * from "./keys"
export * from "./model"
export * from "./navigate"
