/**
 * Clearing with seniority: a defaulter pays its debts class by class, and within a class in proportion.
 *
 * Elsinger 2009 (OeNB Working Paper 156), section 4, on Eisenberg, Noe 2001; with the recovery rates of Rogers, Veraart
 * 2013. The greatest clearing payments, approached from above. With one class it is {@link rogersVeraart}.
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber, checkedSquare, checkedVector, type Vector } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import type { RecoveryRates } from './clearing.ts'
import { accountFor, type Clearing } from './clearing-account.ts'
import { type DebtBook, openBook } from './debt-book.ts'
import { fictitiousDefault } from './fictitious-default.ts'

/** Debts of one rank. */
export interface SeniorityClass {
  /** n × n, entry (i, j): what i owes j in this class. */
  readonly liabilities: SparseMatrix
  /** Length n, ≥ 0: debts of this class to creditors outside the network. */
  readonly externalLiabilities: Vector
}

export interface RankedClearingSystem {
  /** 1 to 16 classes, the most senior first. */
  readonly classes: readonly SeniorityClass[]
  /** Length n, ≥ 0: assets that are no claims within the network. */
  readonly externalAssets: Vector
}

/** Vectors have length n. */
export interface ClassPayments {
  readonly nominal: Float64Array
  readonly paid: Float64Array
  /** Paid over owed; NaN for a node that owes nothing in this class. */
  readonly recoveryRate: Float64Array
  readonly externalCreditorsReceive: Float64Array
}

export interface RankedClearing extends Clearing {
  /** One for each class, the most senior first. */
  readonly byClass: readonly ClassPayments[]
}

const MAX_CLASSES = 16

/**
 * The greatest clearing payments with several classes of debt.
 *
 * @throws SolventError E_RANGE for no class or more than 16, for classes of different sizes, and as
 *   {@link rogersVeraart}; E_NO_CONVERGENCE
 * @example
 * clearBySeniority({ externalAssets: [7, 0, 0], classes: [
 *   { liabilities: claimsNetwork(3, [[0, 1, 5]]), externalLiabilities: [0, 0, 0] },
 *   { liabilities: claimsNetwork(3, [[0, 2, 5]]), externalLiabilities: [0, 0, 0] }] }, { alpha: 1, beta: 1 })
 *   .byClass.map(({ paid }) => paid[0]) // [5, 2]
 */
export function clearBySeniority(system: RankedClearingSystem, rates: RecoveryRates): RankedClearing {
  const n = checkedClasses(system.classes)
  const alpha = checkedNumber('alpha', rates.alpha, 0, 1)
  const beta = checkedNumber('beta', rates.beta, 0, 1)
  const externalAssets = checkedVector('externalAssets', system.externalAssets, n, 0)
  const external = system.classes.map(({ externalLiabilities }) =>
    checkedVector('externalLiabilities', externalLiabilities, n, 0),
  )
  const matrices = system.classes.map(({ liabilities }) => liabilities)
  const book = openBook(matrices, external, { externalAssets, alpha, beta })
  const course = fictitiousDefault(book)
  const byClass = external.map((owedOutside, rank) => paymentsOf(book, course.payShare, rank, owedOutside))
  return { ...accountFor(book, course, external), byClass }
}

function checkedClasses(classes: readonly SeniorityClass[]): number {
  if (classes.length < 1 || classes.length > MAX_CLASSES)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'The number of seniority classes is out of range.',
      details: { got: classes.length, least: 1, most: MAX_CLASSES },
    })
  const sizes = classes.map(({ liabilities }) => checkedSquare('liabilities', liabilities))
  const n = sizes[0]!
  const other = sizes.findIndex((size) => size !== n)
  if (other !== -1)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'Every seniority class must have the same nodes.',
      details: { class: other, nodes: sizes[other]!, nodesOfFirst: n },
    })
  return n
}

function paymentsOf(
  { classes, nominal }: DebtBook,
  payShare: Float64Array,
  rank: number,
  owedOutside: Float64Array,
): ClassPayments {
  const inClass = (of: Float64Array) => owedOutside.map((_, node) => of[node * classes + rank]!)
  const owed = inClass(nominal)
  const share = inClass(payShare)
  return {
    nominal: owed,
    paid: owed.map((amount, node) => amount * share[node]!),
    recoveryRate: share.map((part, node) => (owed[node] === 0 ? Number.NaN : part)),
    externalCreditorsReceive: owedOutside.map((amount, node) => amount * share[node]!),
  }
}
