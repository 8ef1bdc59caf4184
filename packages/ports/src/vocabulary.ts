// Ports know how nodes live, not what they say. A vocabulary names the types of what is said; the protocol
// binds one, the conformance suites bind a smaller one.

/** The types that a family of nodes exchanges. */
export interface Vocabulary {
  /** What travels between nodes. */
  readonly message: unknown
  /** Names of gossip topics. */
  readonly topic: string
  /** What a chain executes. */
  readonly transaction: unknown
  /** What a chain's producer makes. */
  readonly block: unknown
  /** What a node records. */
  readonly event: unknown
  /** How a node signs. */
  readonly signer: unknown
}
