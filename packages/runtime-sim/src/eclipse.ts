// A node whose places for connections that others make are all an attacker's (Heilman et al. 2015, Eclipse Attacks on Bitcoin's
// Peer-to-Peer Network, for what an attacker does with them; gossipsub v1.1, Dout, for what it cannot take). Who it has not
// dialled itself does not reach it. The attackers say nothing and pass nothing on: their links carry no message at all.

/** Where the dials of the victim end: at whom it means, or at attackers too. */
export type Dials = 'honest' | 'attackers'

export class Eclipse {
  readonly #victim: number
  /** The connections that it has made itself. */
  readonly #dialled: Set<number>
  readonly #dials: Dials

  constructor(victim: number, dialled: Iterable<number>, dials: Dials) {
    this.#victim = victim
    this.#dialled = new Set(dialled)
    this.#dials = dials
  }

  /** Whether an honest link is one of those that are gone. */
  covers(from: number, to: number): boolean {
    if (from === this.#victim) return !this.#dialled.has(to)
    return to === this.#victim && !this.#dialled.has(from)
  }

  /** The victim makes a connection, which carries both ways; true when it is a new one. */
  dial(from: number, to: number): boolean {
    if (from !== this.#victim || this.#dials === 'attackers' || this.#dialled.has(to)) return false
    this.#dialled.add(to)
    return true
  }
}
