import { createContext } from "preact"
import { useContext } from "preact/hooks"
import type { App } from "../app"

const Context = createContext<App | undefined>(undefined)

export const AppProvider = Context.Provider

/// The app that a view belongs to.
export function useApp(): App {
  return useContext(Context)!
}
