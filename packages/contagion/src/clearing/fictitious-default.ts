/**
 * The fictitious default algorithm (Eisenberg, Noe 2001, section 3.1): all pay in full, those who cannot default, their
 * payments are solved for, and so on until nobody follows. At most n rounds; a round costs what its defaults touch.
 */
import { type DebtBook, receipts } from './debt-book.ts'
import type { DefaultSet } from './default-set.ts'
import { settleDefaultSet } from './settle-default-set.ts'

export interface Course {
  /** By slot, paid over owed. */
  readonly payShare: Float64Array
  /** Ascending. */
  readonly defaulted: Int32Array
  /** 0 never, k ≥ 1 the round in which the node entered. */
  readonly defaultRound: Int32Array
  readonly rounds: number
  readonly sweeps: number
}

/** A shortfall below this share of the debt is rounding: assets that equal obligations are solvent. */
const TIE_SHARE = 1e-13

/** Runs the rounds to their end. */
export function fictitiousDefault(book: DebtBook): Course {
  const n = book.totalNominal.length
  const set: DefaultSet = {
    isMember: new Uint8Array(n),
    isDue: new Uint8Array(n),
    members: [],
    // Paid over owed, so that a creditor of solvent debtors receives its claims to the last bit.
    payShare: new Float64Array(n * book.classes).fill(1),
  }
  const defaultRound = new Int32Array(n)
  const isTouched = new Uint8Array(n)
  let touched: number[] = Array.from({ length: n }, (_, node) => node)
  const touch = (node: number) => {
    if (isTouched[node] === 1) return
    isTouched[node] = 1
    touched.push(node)
  }
  let rounds = 0
  let sweeps = 0
  for (;;) {
    const entering = touched.filter((node) => cannotPay(book, set.payShare, node)).sort((a, b) => a - b)
    if (entering.length === 0) break
    rounds++
    for (const node of touched) isTouched[node] = 0
    touched = []
    for (const node of entering) {
      defaultRound[node] = rounds
      set.isMember[node] = 1
      set.members.push(node)
    }
    sweeps += settleDefaultSet(book, set, entering, touch)
  }
  const defaulted = Int32Array.from(set.members).sort((a, b) => a - b)
  return { payShare: set.payShare, defaulted, defaultRound, rounds, sweeps }
}

function cannotPay(book: DebtBook, payShare: Float64Array, node: number): boolean {
  const owed = book.totalNominal[node]!
  return book.externalAssets[node]! + receipts(book, payShare, node) < owed * (1 - TIE_SHARE)
}
