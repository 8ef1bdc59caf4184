// Faults of the network as one node applies them to what it receives and sends: peers it is cut off from, and
// links that lose or delay. Peers by PeerId, delays in wall ms. Repetition is not played: ids make it invisible here.

/** What a bad link does to each arriving frame; `loss` is a probability. */
export interface LinkImpairment {
  readonly loss: number
  readonly delayMs: number
  readonly jitterMs: number
}

export type Arrival = { readonly pass: false } | { readonly pass: true; readonly delayMs: number }

export type Direction = 'in' | 'out'

const UNHINDERED: Arrival = { pass: true, delayMs: 0 }

/** The cuts and impairments in force; each can be lifted by the function that its call returned. */
export class TrafficFilter {
  readonly #cuts = new Map<string, Set<symbol>>()
  readonly #impairments = new Map<string, Map<symbol, LinkImpairment>>()
  readonly #uniform: () => number

  constructor(uniform: () => number) {
    this.#uniform = uniform
  }

  /** Nothing passes in this direction between this node and the peers. */
  cut(peerIds: readonly string[], direction: Direction): () => void {
    const token = Symbol('cut')
    for (const peerId of peerIds) {
      const key = `${direction} ${peerId}`
      const tokens = this.#cuts.get(key) ?? new Set()
      this.#cuts.set(key, tokens.add(token))
    }
    return () => {
      for (const peerId of peerIds) this.#cuts.get(`${direction} ${peerId}`)?.delete(token)
    }
  }

  /** What arrives from the peers is lost or delayed. */
  impair(peerIds: readonly string[], impairment: LinkImpairment): () => void {
    const token = Symbol('link')
    for (const peerId of peerIds) {
      const links = this.#impairments.get(peerId) ?? new Map<symbol, LinkImpairment>()
      this.#impairments.set(peerId, links.set(token, impairment))
    }
    return () => {
      for (const peerId of peerIds) this.#impairments.get(peerId)?.delete(token)
    }
  }

  isCut(peerId: string, direction: Direction): boolean {
    return (this.#cuts.get(`${direction} ${peerId}`)?.size ?? 0) > 0
  }

  /** What becomes of a frame from this peer. */
  arrival(peerId: string): Arrival {
    if (this.isCut(peerId, 'in')) return { pass: false }
    const links = this.#impairments.get(peerId)
    if (links === undefined || links.size === 0) return UNHINDERED
    let delayMs = 0
    for (const link of links.values()) {
      if (this.#uniform() < link.loss) return { pass: false }
      delayMs += link.delayMs + link.jitterMs * this.#uniform()
    }
    return { pass: true, delayMs }
  }
}
