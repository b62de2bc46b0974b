/// What is known of a query without searching: it comes once for each query, and
/// holds while the text is edited.
import type { Query } from "../wire"

/// A message with the query that it is about: positions in it are those of this
/// query's pattern, which may have changed since.
export interface About<T> {
  query: Query
  msg: T
}

export function sameQuery(a: Query, b: Query): boolean {
  return a.pattern == b.pattern && a.flavor == b.flavor && a.flags == b.flags
}

/// Which query an analysis is about.
export class Analyses {
  private query: Query | undefined
  // The version with which the query was sent first.
  private version = 0

  /// The version has been sent, with this query.
  sent(version: number, query: Query): void {
    if (this.query && sameQuery(this.query, query)) return
    this.query = query
    this.version = version
  }

  /// The message with its query, or undefined when it is about an older one. Its
  /// version may be newer than the query's after the connection was lost.
  about<T extends { version: number }>(msg: T): About<T> | undefined {
    return this.query && msg.version >= this.version ? { query: this.query, msg } : undefined
  }
}
