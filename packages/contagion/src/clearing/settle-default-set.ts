/**
 * What the nodes in default pay: p_D = α·e_D + β(Π_DDᵀp_D + Π_SDᵀp̄_S), the system of one round, paid out class by
 * class.
 *
 * Payments fall from those of the round before, which lie above the solution, so that they reach the greatest one also
 * where the system is singular. First only nodes whose debtors moved are paid out anew; when that gains too little,
 * elimination for small sets, and sweeps with leaps for large ones.
 */
import { SolventError } from '@solvent/primitives'
import { type DebtBook, receipts } from './debt-book.ts'
import type { DefaultSet } from './default-set.ts'
import { eliminate } from './elimination.ts'

/** A step below this share of a debt is the last one. */
const STEP = 4e-16
/** Passes before other means are tried. */
const PATIENCE_PASSES = 200
/** When at least this share of the set is due, all are paid out anew: keeping account of who is due costs more. */
const DENSE_SHARE = 0.25
/** Nodes paid out in sweeps: what a call may cost. */
const MAX_VISITS = 100_000_000
const MAX_ELIMINATION = 1500
/** Sweeps between two leaps; the ratio of falls needs two of them. */
const LEAP_EVERY = 4
/** What rounding may add to a fall: ratios are taken low, so that no leap goes too far. */
const ROUNDING = 4e-16

/**
 * Lowers the members' pay shares to the solution.
 *
 * @param entering members that have just entered
 * @param touch is told each node outside the set that receives less
 * @returns passes and sweeps
 * @throws SolventError E_NO_CONVERGENCE when sweeps over 100,000,000 nodes do not settle a set too large to eliminate
 */
export function settleDefaultSet(
  book: DebtBook,
  set: DefaultSet,
  entering: readonly number[],
  touch: (node: number) => void,
): number {
  let due = entering
  for (const node of due) set.isDue[node] = 1
  let passes = 0
  while (due.length < DENSE_SHARE * set.members.length) {
    if (due.length === 0 || passes === PATIENCE_PASSES) break
    passes++
    due = payOutDue(book, set, due, touch)
  }
  if (due.length === 0) return passes
  set.isDue.fill(0)
  let isAtRest = false
  while (!isAtRest && passes < PATIENCE_PASSES) {
    passes++
    isAtRest = sweep(book, set) <= STEP
  }
  if (!isAtRest && !(set.members.length <= MAX_ELIMINATION && eliminate(book, set)))
    passes += sweepToRest(book, set)
  const tell = (creditor: number) => {
    if (set.isMember[creditor] === 0) touch(creditor)
  }
  for (const node of set.members) forEachCreditor(book, node, tell)
  return passes
}

/** Pays out the nodes that are due; the nodes of the set that receive less by it. */
function payOutDue(
  book: DebtBook,
  { isDue, isMember, payShare }: DefaultSet,
  due: readonly number[],
  touch: (node: number) => void,
): number[] {
  const next: number[] = []
  const notify = (creditor: number) => {
    if (isMember[creditor] === 0) touch(creditor)
    else if (isDue[creditor] === 0) {
      isDue[creditor] = 1
      next.push(creditor)
    }
  }
  for (const node of due) {
    isDue[node] = 0
    if (payOut(book, payShare, node, receipts(book, payShare, node)) > STEP)
      forEachCreditor(book, node, notify)
  }
  return next
}

function forEachCreditor(
  { classes, debts }: DebtBook,
  node: number,
  visit: (creditor: number) => void,
): void {
  const end = debts.offsets[(node + 1) * classes]!
  for (let at = debts.offsets[node * classes]!; at < end; at++) visit(debts.columnOf[at]!)
}

/** Pays out every member once; the largest fall of a share. */
function sweep(book: DebtBook, { members, payShare }: DefaultSet, falls?: Float64Array): number {
  const { offsets, columnOf, amounts } = book.claims
  let largest = 0
  for (const node of members) {
    let received = 0
    const end = offsets[node + 1]!
    for (let at = offsets[node]!; at < end; at++) received += amounts[at]! * payShare[columnOf[at]!]!
    const fall = payOut(book, payShare, node, received, falls)
    if (fall > largest) largest = fall
  }
  return largest
}

/** Pays out what a node in default has, senior classes first; the largest fall of a share. */
function payOut(
  { classes, nominal, externalAssets, alpha, beta }: DebtBook,
  payShare: Float64Array,
  node: number,
  received: number,
  falls?: Float64Array,
): number {
  let left = alpha * externalAssets[node]! + beta * received
  let largest = 0
  const end = (node + 1) * classes
  for (let slot = node * classes; slot < end; slot++) {
    const owed = nominal[slot]!
    const share = left < owed ? (left > 0 ? left / owed : 0) : 1
    left -= owed
    // Rounding must not let a share climb again.
    const fall = payShare[slot]! - share
    if (falls !== undefined) falls[slot] = fall > 0 ? fall : 0
    if (fall > 0) {
      payShare[slot] = share
      if (fall > largest) largest = fall
    }
  }
  return largest
}

function sweepToRest(book: DebtBook, set: DefaultSet): number {
  let falls = new Float64Array(set.payShare.length)
  let lastFalls = new Float64Array(set.payShare.length)
  const most = Math.ceil(MAX_VISITS / set.members.length)
  for (let sweeps = 1; sweeps <= most; sweeps++) {
    if (sweep(book, set, falls) <= STEP) return sweeps
    if (sweeps % LEAP_EVERY === 0) leap(book, set, falls, lastFalls)
    const spare = lastFalls
    lastFalls = falls
    falls = spare
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The payments of the nodes in default did not settle.',
    details: { nodesInDefault: set.members.length, sweeps: most },
    hint: 'The nodes in default owe almost nothing to anyone but each other.',
  })
}

/**
 * Takes away what the coming sweeps take away at least. While no node passes from one class to the next, a sweep is
 * linear with weights ≥ 0, so that falls which all kept the share q of those before keep it from now on: at least
 * q/(1 − q) of the last falls is still to come. No leap where a node is between two classes or would come to be.
 */
function leap(book: DebtBook, set: DefaultSet, falls: Float64Array, lastFalls: Float64Array): void {
  const { classes } = book
  let kept = 1
  for (const node of set.members) {
    let moving = 0
    for (let slot = node * classes; slot < (node + 1) * classes; slot++) {
      if (falls[slot]! <= STEP && lastFalls[slot]! <= STEP) continue
      moving++
      kept = Math.min(kept, (falls[slot]! - ROUNDING) / (lastFalls[slot]! + ROUNDING))
    }
    if (moving > 1) return
  }
  if (!(kept > 0 && kept < 1)) return
  const factor = kept / (1 - kept)
  for (const node of set.members) {
    for (let slot = node * classes; slot < (node + 1) * classes; slot++)
      if (falls[slot]! > STEP && set.payShare[slot]! - factor * falls[slot]! < 0) return
  }
  for (const node of set.members) {
    for (let slot = node * classes; slot < (node + 1) * classes; slot++)
      if (falls[slot]! > STEP) set.payShare[slot]! -= factor * falls[slot]!
  }
}
