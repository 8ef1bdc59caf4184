// From a fault to its consequence: the ledger, the event log, the connection.
import type { Penalty, PenaltyLedger, Severity } from '../penalty-ledger.ts'

/** Refusals logged per second; beyond, they are only counted. */
const EVENTS_PER_SECOND = 20

export interface BlameWiring {
  readonly ledger: PenaltyLedger
  /** Ends all connections to the peer now. */
  readonly disconnect: (peerId: string) => void
  readonly onPenalty: (penalty: Penalty) => void
  readonly onRefusal: (refusal: Refusal) => void
  readonly count: (name: string) => void
}

export interface Refusal {
  readonly peerId: string
  readonly lane: string
  readonly verdict: 'ignore' | 'reject'
  readonly reason: string
}

/** Blames the immediate sender, never anyone whom a message merely names. */
export class Blame {
  readonly #wiring: BlameWiring
  #second = 0
  #logged = 0

  constructor(wiring: BlameWiring) {
    this.#wiring = wiring
  }

  /** A message was refused; `severity` counts only for rejections. */
  refuse(refusal: Refusal, severity: Severity): void {
    this.#wiring.count(`door.${refusal.verdict}`)
    if (this.#mayLog()) this.#wiring.onRefusal(refusal)
    if (refusal.verdict === 'reject') this.blame(refusal.peerId, severity, refusal.reason)
  }

  blame(peerId: string, severity: Severity, reason: string): void {
    const penalty = this.#wiring.ledger.blame(peerId, severity, reason)
    this.#wiring.count(`penalty.${severity}`)
    if (penalty.action !== 'none' || this.#mayLog()) this.#wiring.onPenalty(penalty)
    if (penalty.action !== 'none') this.#wiring.disconnect(peerId)
  }

  #mayLog(): boolean {
    const second = Math.floor(Date.now() / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#logged = 0
    }
    this.#logged++
    return this.#logged <= EVENTS_PER_SECOND
  }
}
