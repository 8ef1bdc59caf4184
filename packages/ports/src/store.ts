// What survives a crash. A promise is stored before it leaves: the node sends once the store has answered.

export type StoreTicket = number & { readonly StoreTicket: unique symbol }

export interface Store {
  /** Keeps `bytes` under `key`, replacing what was there; answered by a `store` message once it would survive a crash. */
  put(key: string, bytes: Uint8Array): StoreTicket
  /** Forgets a key; same answer. */
  delete(key: string): StoreTicket
  /** What the last durable or pending `put` of this run left, or undefined. Synchronous: the store is in memory behind its log. */
  get(key: string): Uint8Array | undefined
  /** Keys with the prefix, in ascending code-unit order. */
  keys(prefix: string): string[]
}
