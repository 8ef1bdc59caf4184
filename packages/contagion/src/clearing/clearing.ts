/**
 * Clearing of a network of debts: who can pay what, when everyone pays what it can.
 *
 * Eisenberg, Noe 2001 (Management Science 47:236) with the fictitious default algorithm, and Rogers, Veraart 2013
 * (Management Science 59:882) with recovery rates of a defaulter's assets. Always the greatest clearing vector,
 * approached from above. Outside debt ranks pari passu. Amounts in any one unit.
 */
import { checkedNumber, checkedSquare, checkedVector, type Vector } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import { accountFor, type Clearing } from './clearing-account.ts'
import { openBook } from './debt-book.ts'
import { fictitiousDefault } from './fictitious-default.ts'

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
  const external = [checkedVector('externalLiabilities', system.externalLiabilities, n, 0)]
  const book = openBook([system.liabilities], external, { externalAssets, alpha, beta })
  return accountFor(book, fictitiousDefault(book), external)
}
