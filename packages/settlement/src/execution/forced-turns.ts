// How a block begins with what the L1 has forced upon its chain: what a producer puts into its own, and what it asks of another's.
import type { SignedTransaction, TransactionHash } from '@solvent/protocol'
import type { ForcedQueue, ForcedTransaction, Place } from './forced-queue.ts'
import { gasUsedBy, isRunnable, paysBaseFees } from './run-transaction.ts'

/** A turn was given to one that could not run: it has failed for good. */
export type OnFailed = (failed: ForcedTransaction) => void

/**
 * What is due, each once, the next looked for when the one before has run. Where each has one turn, one that cannot run then has failed,
 * also if a later one would have made it able to. One that has not run when the next is asked for did not fit: it keeps its turn, and
 * so do those after it.
 */
export function* dueInTurn(
  forced: ForcedQueue,
  place: Place,
  onFailed: OnFailed,
): Generator<ForcedTransaction> {
  if (!forced.hasTurns) return yield* dueInAnyOrder(forced, place)
  for (const each of forced.turns(place.now)) {
    const { transaction } = each.signed
    if (canRun(place, each)) {
      yield each
      if (isRunnable(place.state, transaction)) return
    } else if (place.state.nonce(transaction.from) <= transaction.nonce) onFailed(each)
    forced.pass(each)
  }
}

function* dueInAnyOrder(forced: ForcedQueue, place: Place): Generator<ForcedTransaction> {
  for (;;) {
    const next = forced.due(place)[0]
    if (next === undefined) return
    yield next
    // It did not fit: what comes after it waits, too.
    if (isRunnable(place.state, next.signed.transaction)) return
  }
}

/** Another producer's block: its transactions, and how the next of them is run; `run` says why it cannot be. */
export interface Rerun {
  readonly transactions: readonly SignedTransaction[]
  readonly hashes: readonly TransactionHash[]
  readonly gasLimit: number
  readonly run: (index: number) => string | null
}

/**
 * Runs what a block begins with of what is due, each in its turn, as `dueInTurn` has it; how many it has run, or what is wrong: it leaves out
 * one that it would have to hold.
 */
export function rerunTurns(
  forced: ForcedQueue,
  place: Place,
  { transactions, hashes, gasLimit, run }: Rerun,
): number | string {
  const held = new Set(hashes)
  if (!forced.hasTurns) return forced.due(place).some(({ hash }) => !held.has(hash)) ? 'forced-missing' : 0
  let next = 0
  let gasLeft = gasLimit
  for (const each of forced.turns(place.now)) {
    if (canRun(place, each)) {
      if (!held.has(each.hash)) {
        if (each.isLate) continue
        return gasUsedBy(each.signed.transaction) > gasLeft ? next : 'forced-missing'
      }
      if (hashes[next] === each.hash) {
        gasLeft -= gasUsedBy((transactions[next] as SignedTransaction).transaction)
        const wrong = run(next++)
        if (wrong !== null) return wrong
      }
    }
    forced.pass(each)
  }
  return next
}

function canRun({ state, market }: Place, { signed: { transaction } }: ForcedTransaction): boolean {
  return isRunnable(state, transaction) && paysBaseFees(transaction, market)
}
