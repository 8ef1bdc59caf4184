// Connections at a node's port that never get as far as a handshake. Each holds a place among those that are pending until the node gives
// it up; while all of them are held nobody else can connect. Limits: the one-machine profile (docs/models/network-libp2p.md).

/** Pending connections that a node allows. */
const PENDING_PLACES = 100
/** After which it ends one that says nothing. */
const GIVEN_UP_AFTER_MS = 2_000

interface Held {
  readonly places: number
  readonly untilMs: number
}

/** By node. */
export class HalfOpenConnections {
  readonly #held = new Map<number, Held[]>()

  /** So many strangers connect and say nothing; those beyond the last place are turned away. */
  hold(node: number, connections: number, nowMs: number): void {
    const there = this.#at(node, nowMs)
    const places = Math.min(connections, PENDING_PLACES - placesOf(there))
    if (places > 0) this.#held.set(node, [...there, { places, untilMs: nowMs + GIVEN_UP_AFTER_MS }])
  }

  /** When somebody can next connect to one of these nodes. */
  freeMs(nodes: Iterable<number>, nowMs: number): number {
    let latestMs = nowMs
    for (const node of nodes) {
      const there = this.#at(node, nowMs)
      const [oldest] = there
      if (oldest !== undefined && placesOf(there) === PENDING_PLACES)
        latestMs = Math.max(latestMs, oldest.untilMs)
    }
    return latestMs
  }

  #at(node: number, nowMs: number): Held[] {
    return (this.#held.get(node) ?? []).filter(({ untilMs }) => untilMs > nowMs)
  }
}

function placesOf(held: readonly Held[]): number {
  return held.reduce((sum, { places }) => sum + places, 0)
}
