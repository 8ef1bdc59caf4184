// Peers with whom no connection is made for a while, whoever dials.

export class RefusedPeers {
  readonly #refusals = new Set<ReadonlySet<string>>()

  has(peerId: string): boolean {
    for (const peers of this.#refusals) if (peers.has(peerId)) return true
    return false
  }

  /** Until the returned function is called. */
  refuse(peerIds: readonly string[]): () => void {
    const refusal = new Set(peerIds)
    this.#refusals.add(refusal)
    return () => void this.#refusals.delete(refusal)
  }
}
