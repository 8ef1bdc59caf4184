/** Who got what in a clearing, and how far the books are from closing. */
import { largestOf, total } from '../network/checked-vector.ts'
import { type DebtBook, receipts } from './debt-book.ts'
import type { Course } from './fictitious-default.ts'

export interface ClearingTotals {
  readonly shortfall: number
  readonly equity: number
  readonly externalPaid: number
  readonly bankruptcyCosts: number
  readonly externalAssets: number
}

export interface ClearingCertificate {
  /** Largest |p − Φ(p)| over the largest debt: how far the payments are from clearing. */
  readonly residual: number
  /** |equity + outside paid + costs − outside assets| over the outside assets. */
  readonly conservation: number
  /** Passes over nodes and sweeps of all linear systems together. */
  readonly sweeps: number
}

/** Vectors have length n. */
export interface Clearing {
  readonly totalNominal: Float64Array
  readonly clearingVector: Float64Array
  /** Paid over owed; NaN for a node that owes nothing. */
  readonly recoveryRate: Float64Array
  /** Outside assets and receipts at face, before bankruptcy costs. */
  readonly assetsReceivedPlusExternal: Float64Array
  /** The same less what is owed; negative exactly for defaulters. */
  readonly netWorth: Float64Array
  readonly equity: Float64Array
  /** Nodes in default, ascending. */
  readonly defaulted: Int32Array
  /** 0 never, k ≥ 1 the round of the fictitious default algorithm in which the node entered. */
  readonly defaultRound: Int32Array
  readonly rounds: number
  readonly externalCreditorsReceive: Float64Array
  readonly bankruptcyCosts: Float64Array
  readonly totals: ClearingTotals
  readonly certificate: ClearingCertificate
}

/** Settles the accounts of all nodes; `external` is what each class owes outside, by class and node. */
export function accountFor(book: DebtBook, course: Course, external: readonly Float64Array[]): Clearing {
  const { classes, totalNominal, nominal, externalAssets, alpha, beta } = book
  const { payShare, defaultRound } = course
  const n = totalNominal.length
  const vectors = {
    clearingVector: new Float64Array(n),
    recoveryRate: new Float64Array(n),
    assetsReceivedPlusExternal: new Float64Array(n),
    netWorth: new Float64Array(n),
    equity: new Float64Array(n),
    externalCreditorsReceive: new Float64Array(n),
    bankruptcyCosts: new Float64Array(n),
  }
  let gap = 0
  for (let node = 0; node < n; node++) {
    const owed = totalNominal[node]!
    const received = receipts(book, payShare, node)
    const assets = externalAssets[node]! + received
    const isDefaulted = defaultRound[node] !== 0
    let left = isDefaulted ? alpha * externalAssets[node]! + beta * received : owed
    let paid = 0
    for (let rank = 0; rank < classes; rank++) {
      const slot = node * classes + rank
      const due = Math.max(0, Math.min(left, nominal[slot]!))
      const given = nominal[slot]! * payShare[slot]!
      left -= nominal[slot]!
      gap = Math.max(gap, Math.abs(given - due))
      paid += given
      vectors.externalCreditorsReceive[node]! += external[rank]![node]! * payShare[slot]!
    }
    vectors.clearingVector[node] = paid
    vectors.recoveryRate[node] = owed === 0 ? Number.NaN : classes === 1 ? payShare[node]! : paid / owed
    vectors.assetsReceivedPlusExternal[node] = assets
    vectors.netWorth[node] = assets - owed
    vectors.equity[node] = isDefaulted ? 0 : Math.max(0, assets - owed)
    vectors.bankruptcyCosts[node] = isDefaulted
      ? (1 - alpha) * externalAssets[node]! + (1 - beta) * received
      : 0
  }
  const totals = {
    shortfall: total(totalNominal) - total(vectors.clearingVector),
    equity: total(vectors.equity),
    externalPaid: total(vectors.externalCreditorsReceive),
    bankruptcyCosts: total(vectors.bankruptcyCosts),
    externalAssets: total(externalAssets),
  }
  const leak = totals.equity + totals.externalPaid + totals.bankruptcyCosts - totals.externalAssets
  const largestDebt = largestOf(totalNominal)
  return {
    totalNominal,
    ...vectors,
    defaulted: course.defaulted,
    defaultRound,
    rounds: course.rounds,
    totals,
    certificate: {
      residual: largestDebt === 0 ? 0 : gap / largestDebt,
      conservation: totals.externalAssets === 0 ? Math.abs(leak) : Math.abs(leak) / totals.externalAssets,
      sweeps: course.sweeps,
    },
  }
}
