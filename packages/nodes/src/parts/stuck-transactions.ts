// Replacing what is stuck: on a chain whose fees move, the oldest offer of an account is looked at from time to time, and
// raised while the cap on fees and the number of replacements allow it (source: see fee-estimate.ts).
import type { Ports, TimerId } from '@solvent/ports'
import type { SolventVocabulary } from '@solvent/protocol'
import type { LanePurpose, LaneState } from './lane-state.ts'
import type { PendingTransaction } from './pending-transaction.ts'

/** How often pending offers are looked at, when one counts as stuck, and how often it is raised. */
const SWEEP_MS = 15_000
const STUCK_MS = 60_000
const MAX_REPLACEMENTS = 3

type StuckTransactionsPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'log' | 'meter'> & {
  readonly timers: { set(delayMs: number, purpose: LanePurpose): TimerId }
}

export interface StuckTransactions {
  /** While something waits on a chain whose fees move, its oldest offer will be looked at. */
  sweepLater(state: LaneState): void
  /** Looks at the transaction that all others wait for. */
  sweep(state: LaneState): void
}

export function createStuckTransactions(ports: StuckTransactionsPorts): StuckTransactions {
  function sweepLater(state: LaneState): void {
    if (!state.fees.moves || state.sweep !== null || state.lane.size === 0) return
    state.sweep = ports.timers.set(SWEEP_MS, { kind: 'sweep', chainId: state.lane.chain.chainId })
  }

  function sweep(state: LaneState): void {
    const nowMs = ports.clock.nowMs()
    const [stuck] = state.lane.pending()
    if (stuck === undefined) return
    stuck.sinceMs ??= nowMs
    if (stuck.admitted && nowMs - stuck.sinceMs > STUCK_MS) raise(state, stuck, nowMs)
    sweepLater(state)
  }

  function raise(state: LaneState, stuck: PendingTransaction, nowMs: number): void {
    const { maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas = 0n } = stuck.signed.transaction
    const offer =
      stuck.replaced.length < MAX_REPLACEMENTS
        ? state.fees.raised({ maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas }, nowMs)
        : null
    if (offer !== null) {
      ports.meter.count('transactions-replaced')
      state.lane.replace(stuck, offer, nowMs)
      return
    }
    const why = stuck.replaced.length < MAX_REPLACEMENTS ? 'the cap on fees' : 'its last replacement'
    ports.meter.count('transactions-priced-out')
    ports.log.text(
      'warn',
      `${stuck.ref} is priced out on ${state.lane.chain.name}: ${maxFeePerGas} wei a gas was ${why}, ` +
        `${state.fees.next(nowMs).baseFee} is the base fee. It waits in the pool.`,
    )
    // Not before the pool may have forgotten it.
    stuck.sinceMs = Number.MAX_SAFE_INTEGER
  }

  return { sweepLater, sweep }
}
