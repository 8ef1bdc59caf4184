// Faults of the network as one node applies them to what it receives and sends: peers it is cut off from, and
// links that lose or delay. Peers by PeerId, delays in wall ms. Repetition is not played: ids make it invisible here.

/** What a bad link does to each arriving frame; probabilities, delays in wall ms. */
export interface LinkImpairment {
  readonly loss: number
  readonly delayMs: number
  readonly jitterMs: number
  readonly tail?: { readonly share: number; readonly delayMs: number }
  readonly corrupt?: number
  /** Per second of the wall. */
  readonly bytesPerSecond?: number
  /** Wall ms until what is held back may pass. */
  readonly heldMs?: () => number
}

export type Arrival =
  | { readonly pass: false }
  | { readonly pass: true; readonly delayMs: number; readonly isCorrupt?: true }

export type Direction = 'in' | 'out'

const UNHINDERED: Arrival = { pass: true, delayMs: 0 }

/** The cuts and impairments in force; each can be lifted by the function that its call returned. */
export class TrafficFilter {
  readonly #cuts = new Map<string, Set<symbol>>()
  readonly #impairments = new Map<string, Map<symbol, LinkImpairment>>()
  /** Until when the line of a bad link is taken, by peer. */
  readonly #lineFreeMs = new Map<symbol, Map<string, number>>()
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
      this.#lineFreeMs.delete(token)
    }
  }

  isCut(peerId: string, direction: Direction): boolean {
    return (this.#cuts.get(`${direction} ${peerId}`)?.size ?? 0) > 0
  }

  /** What becomes of a frame of so many bytes from this peer. */
  arrival(peerId: string, bytes: number): Arrival {
    if (this.isCut(peerId, 'in')) return { pass: false }
    const links = this.#impairments.get(peerId)
    if (links === undefined || links.size === 0) return UNHINDERED
    let delayMs = 0
    let isCorrupt = false
    for (const [token, link] of links) {
      if (this.#uniform() < link.loss) return { pass: false }
      if (this.#uniform() < (link.corrupt ?? 0)) isCorrupt = true
      delayMs += link.delayMs + link.jitterMs * this.#uniform()
      if (link.tail !== undefined && this.#uniform() < link.tail.share) delayMs += link.tail.delayMs
      if (link.bytesPerSecond !== undefined)
        delayMs += this.#inLineMs(peerId, token, bytes, link.bytesPerSecond)
      delayMs += link.heldMs?.() ?? 0
    }
    return isCorrupt ? { pass: true, delayMs, isCorrupt } : { pass: true, delayMs }
  }

  /** Waits for what came before from the peer, and takes its own time. */
  #inLineMs(peerId: string, token: symbol, bytes: number, bytesPerSecond: number): number {
    const nowMs = performance.now()
    const lines = this.#lineFreeMs.get(token) ?? new Map<string, number>()
    const freeMs = Math.max(nowMs, lines.get(peerId) ?? 0) + (bytes * 1_000) / bytesPerSecond
    this.#lineFreeMs.set(token, lines.set(peerId, freeMs))
    return freeMs - nowMs
  }
}
