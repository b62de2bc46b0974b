export * from "./base64"
export * from "./messages"
export * from "./utf8"
export * from "./varint"
