// Ways out, O-9 and O-10: an order is never stuck. What can be seen of liveness in a run: a refund or claim that the
// audit's own table allows must not revert, and a fill that was final in good time must not end in a refund.
import { MS_PER_SECOND, type OrderId } from '@solvent/primitives'
import type { RevertReason } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import type { OrderTable } from './order-record.ts'
import type { PauseRules } from './pause-rules.ts'
import type { Tally } from './tally.ts'

/** What attestation, relay and claim may take after finality before the prover is to blame (ms). */
export const RELAY_GRACE_MS = 3_600_000

/** Reverts that say nothing of the order. */
const OWN_FAULTS: ReadonlySet<RevertReason | null> = new Set<RevertReason | null>([
  'out-of-gas',
  // Declared by measures that authorities enact; that nothing else is refused so is G-4.
  'account-frozen',
  'token-halted',
  null,
])

/** What the end of a run is judged by. */
export interface LivenessContext {
  readonly finality: FinalityTracker
  readonly pauses: PauseRules
  readonly exploits: ExploitRegister
  readonly atMs: number
}

export class LivenessRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #orders: OrderTable
  readonly #declaredLost = new Set<OrderId>()
  #sawFault = false

  constructor(tally: Tally, index: NetworkIndex, orders: OrderTable) {
    this.#tally = tally
    this.#index = index
    this.#orders = orders
  }

  /** A solver named a receivable as lost. */
  stranded(orderId: OrderId): void {
    this.#declaredLost.add(orderId)
  }

  /** The scenario disturbs the network: late proofs have a cause. */
  fault(): void {
    this.#sawFault = true
  }

  /** O-9 at a refund or claim, before its events are read. */
  attempted(scope: Scope): void {
    const call = scope.transaction?.call
    if (call?.kind !== 'refund' && call?.kind !== 'claim') return
    this.#tally.checked['O-9']++
    const { receipt, chain, atMs, timestamp } = scope
    if (receipt.status === 'ok' || OWN_FAULTS.has(receipt.reason)) return
    const record = this.#orders.get(call.orderId)
    if (record === undefined || !record.wasOpened || record.order.originChainId !== chain.chainId) return
    const isAllowed =
      call.kind === 'claim'
        ? record.state === 'proven'
        : record.state === 'cancelled' || (record.state === 'open' && timestamp > record.order.expires)
    if (!isAllowed) return
    this.#tally.breach(
      'O-9',
      atMs,
      chain.chainId,
      `the ${call.kind} of order ${record.id} reverts (${receipt.reason}) in state ${record.state} at ${timestamp}, expires ${record.order.expires}`,
    )
  }

  /** O-10 at the end, for fills that ended in a refund. */
  end({ finality, pauses, exploits, atMs }: LivenessContext): void {
    for (const { id, order, fill, isSettled, isRefunded, endedAt } of this.#orders.all()) {
      if (fill === null) continue
      this.#tally.checked['O-10']++
      if (isSettled || !isRefunded || this.#sawFault || this.#declaredLost.has(id)) continue
      if (exploits.size > 0 || pauses.wasEverPaused(order.prover)) continue
      const level = this.#index.bridges.get(order.prover)?.finality ?? 'finalized'
      const finalAtMs = finality.reachedAtMs(fill.chainId, fill.block, level)
      if (finalAtMs === null || finalAtMs + RELAY_GRACE_MS > endedAt * MS_PER_SECOND) continue
      this.#tally.breach(
        'O-10',
        atMs,
        order.originChainId,
        `order ${id} was filled at ${fill.timestamp}, ${level} at ${finalAtMs} ms, and refunded at ${endedAt}; no loss is declared`,
      )
    }
  }
}
