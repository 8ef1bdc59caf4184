// Auctioneers of which the watcher has been told that they misbehave: an award of theirs that is not due is no surprise, as long as
// no chain acts on it.
import type { NodeId } from '@solvent/primitives'
import type { Award, NetworkSpec, Order } from '@solvent/protocol'
import { isDueAward } from '../parts/award-check.ts'

export class DeclaredMisconduct {
  readonly #spec: NetworkSpec
  readonly #untilMs = new Map<NodeId, number>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
  }

  declare(node: NodeId, untilMs: number): void {
    this.#untilMs.set(node, Math.max(untilMs, this.#untilMs.get(node) ?? 0))
  }

  /** Whether the award is one that its auctioneer was told to make against the rules. */
  explains(award: Award, order: Order, nowMs: number): boolean {
    const auctioneer = this.#spec.auctioneers.find(({ address }) => address === award.auctioneer)
    if (auctioneer === undefined || nowMs > (this.#untilMs.get(auctioneer.node) ?? 0) + LATE_MS) return false
    return !isDueAward(award, order, this.#spec)
  }
}

/** An award may be under way when the time is over. */
const LATE_MS = 30_000
