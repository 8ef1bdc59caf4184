// What survives a crash. A promise is stored before it leaves: the node sends once the store has answered.

export type StoreTicket = number & { readonly StoreTicket: unique symbol }

/**
 * What is to be kept: bytes, or what makes the bytes of a value that will never change. A store on a real disk asks for them at
 * once, one in memory when somebody reads the key, which mostly is never.
 */
export type Storable = Uint8Array | (() => Uint8Array)

export interface Store {
  /** Keeps something under `key`, replacing what was there; answered by a `store` message once it would survive a crash. */
  put(key: string, content: Storable): StoreTicket
  /** Forgets a key; same answer. */
  delete(key: string): StoreTicket
  /** What the last durable or pending `put` of this run left, or undefined. Synchronous: the store is in memory behind its log. */
  get(key: string): Uint8Array | undefined
  /** Whether `get` would find something. */
  has(key: string): boolean
  /** Keys with the prefix, in ascending code-unit order. */
  keys(prefix: string): string[]
}
