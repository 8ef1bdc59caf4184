/**
 * Clearing of a network of debts: who can pay what, when everyone pays what it can.
 *
 * Eisenberg, Noe 2001 (Management Science 47:236) with the fictitious default algorithm, and Rogers, Veraart 2013
 * (Management Science 59:882) with recovery rates of a defaulter's assets. Always the greatest clearing vector,
 * approached from above. Outside debt ranks pari passu. Amounts in any one unit.
 */
import { checkedNumber, checkedSquare, checkedVector, total, type Vector } from '../network/checked-vector.ts'
import { rowSums, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'
import { type DefaultSet, settleDefaultSet } from './default-set.ts'

export interface ClearingSystem {
  /** n × n, entry (i, j): what i owes j. */
  readonly liabilities: SparseMatrix
  /** Length n, ≥ 0: assets that are no claims within the network. */
  readonly externalAssets: Vector
  /** Length n, ≥ 0: debts to creditors outside the network. */
  readonly externalLiabilities: Vector
}

/** What a defaulter's assets still bring; 1 and 1 is Eisenberg–Noe. */
export interface RecoveryRates {
  /** Of outside assets, 0 to 1. */
  readonly alpha: number
  /** Of claims within the network, 0 to 1. */
  readonly beta: number
}

export interface ClearingTotals {
  readonly shortfall: number
  readonly equity: number
  readonly externalPaid: number
  readonly bankruptcyCosts: number
  readonly externalAssets: number
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
  readonly certificate: {
    /** Largest |p − Φ(p)| over the largest debt: how far the vector is from clearing. */
    readonly residual: number
    /** |equity + outside paid + costs − outside assets| over the outside assets. */
    readonly conservation: number
    /** Sweeps of all linear systems together. */
    readonly sweeps: number
  }
}

/** A shortfall below this share of the debt is rounding: assets that equal obligations are solvent. */
const TIE_SHARE = 1e-13

/**
 * The Eisenberg–Noe clearing vector.
 *
 * @throws SolventError E_RANGE for vectors of the wrong length and negative, infinite or NaN amounts
 * @example
 * eisenbergNoe({ liabilities: claimsNetwork(2, [[0, 1, 10]]), externalAssets: [4, 0],
 *   externalLiabilities: [0, 0] }).clearingVector // Float64Array [4, 0]
 */
export function eisenbergNoe(system: ClearingSystem): Clearing {
  return rogersVeraart(system, { alpha: 1, beta: 1 })
}

/**
 * The greatest clearing vector with bankruptcy costs: a defaulter pays α of outside and β of network assets.
 *
 * The map jumps at default, so several vectors clear, and iterating from below may stop at one that does not.
 *
 * @throws SolventError E_RANGE as {@link eisenbergNoe}, and for rates outside 0 to 1; E_NO_CONVERGENCE
 * @example
 * rogersVeraart({ liabilities: claimsNetwork(2, [[0, 1, 10]]), externalAssets: [4, 0],
 *   externalLiabilities: [0, 0] }, { alpha: 0.5, beta: 1 }).clearingVector // Float64Array [2, 0]
 */
export function rogersVeraart(system: ClearingSystem, rates: RecoveryRates): Clearing {
  const n = checkedSquare('liabilities', system.liabilities)
  const alpha = checkedNumber('alpha', rates.alpha, 0, 1)
  const beta = checkedNumber('beta', rates.beta, 0, 1)
  const externalAssets = checkedVector('externalAssets', system.externalAssets, n, 0)
  const externalLiabilities = checkedVector('externalLiabilities', system.externalLiabilities, n, 0)
  const totalNominal = rowSums(system.liabilities)
  for (let node = 0; node < n; node++) totalNominal[node]! += externalLiabilities[node]!

  // Paid over owed, so that a creditor of solvent debtors receives its claims to the last bit.
  const payShare = new Float64Array(n).fill(1)
  const set: DefaultSet = {
    claims: transpose(system.liabilities),
    externalAssets,
    totalNominal,
    alpha,
    beta,
    members: [],
    payShare,
  }
  const defaultRound = new Int32Array(n)
  let rounds = 0
  let sweeps = 0
  for (;;) {
    const entering = newDefaults(set, defaultRound)
    if (entering.length === 0) break
    rounds++
    for (const node of entering) defaultRound[node] = rounds
    set.members.push(...entering)
    sweeps += settleDefaultSet(set)
  }
  return describe(set, { externalLiabilities, defaultRound, rounds, sweeps })
}

function newDefaults(set: DefaultSet, defaultRound: Int32Array): number[] {
  const entering: number[] = []
  for (let node = 0; node < defaultRound.length; node++) {
    if (defaultRound[node] !== 0) continue
    const owed = set.totalNominal[node]!
    if (set.externalAssets[node]! + receipts(set, node) < owed * (1 - TIE_SHARE)) entering.push(node)
  }
  return entering
}

function receipts({ claims, payShare }: DefaultSet, node: number): number {
  let sum = 0
  for (let at = claims.offsets[node]!; at < claims.offsets[node + 1]!; at++)
    sum += claims.amounts[at]! * payShare[claims.columnOf[at]!]!
  return sum
}

interface Course {
  readonly externalLiabilities: Float64Array
  readonly defaultRound: Int32Array
  readonly rounds: number
  readonly sweeps: number
}

function describe(set: DefaultSet, { externalLiabilities, defaultRound, rounds, sweeps }: Course): Clearing {
  const { externalAssets, totalNominal, alpha, beta, payShare } = set
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
    const received = receipts(set, node)
    const assets = externalAssets[node]! + received
    const isDefaulted = defaultRound[node] !== 0
    const paid = owed * payShare[node]!
    const distributable = isDefaulted ? alpha * externalAssets[node]! + beta * received : owed
    gap = Math.max(gap, Math.abs(paid - distributable))
    vectors.clearingVector[node] = paid
    vectors.recoveryRate[node] = owed === 0 ? Number.NaN : payShare[node]!
    vectors.assetsReceivedPlusExternal[node] = assets
    vectors.netWorth[node] = assets - owed
    vectors.equity[node] = isDefaulted ? 0 : Math.max(0, assets - owed)
    vectors.externalCreditorsReceive[node] = externalLiabilities[node]! * payShare[node]!
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
  const largestDebt = totalNominal.reduce((largest, owed) => Math.max(largest, owed), 0)
  return {
    totalNominal,
    ...vectors,
    defaulted: Int32Array.from(set.members).sort((a, b) => a - b),
    defaultRound,
    rounds,
    totals,
    certificate: {
      residual: largestDebt === 0 ? 0 : gap / largestDebt,
      conservation: totals.externalAssets === 0 ? Math.abs(leak) : Math.abs(leak) / totals.externalAssets,
      sweeps,
    },
  }
}
