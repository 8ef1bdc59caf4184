/**
 * Fire sales of one illiquid asset by banks that must keep a capital ratio, with clearing of their debts.
 *
 * Cifuentes, Ferrucci, Shin 2005 (J European Economic Association 3:556). Amounts in one unit at the initial price
 * of 1.
 */
import { exp, SolventError } from '@solvent/primitives'
import { eisenbergNoe } from '../clearing/clearing.ts'
import type { Clearing } from '../clearing/clearing-account.ts'
import { checkedNumber, checkedSquare, checkedVector, total, type Vector } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface CapitalRatioInput {
  /** n × n, entry (i, j): what i owes j. */
  readonly liabilities: SparseMatrix
  /** Length n, ≥ 0: used first, risk weight 0. */
  readonly cash: Vector
  /** Length n, ≥ 0: units of the illiquid asset. */
  readonly illiquid: Vector
  /** Length n, ≥ 0. */
  readonly externalLiabilities: Vector
  /** Above 0, at most 1: equity over assets other than cash. */
  readonly minCapitalRatio: number
  /** ≥ 0: the price is e^(−α·units sold). */
  readonly alpha: number
}

export interface CapitalRatioSales {
  /** The greatest equilibrium price, above 0 and at most 1. */
  readonly price: number
  /** Length n: units sold. */
  readonly sales: Float64Array
  /** At that price; its outside assets are cash and the illiquid asset at market. */
  readonly clearing: Clearing
  /** Prices of the iteration from 1, the last one is the price. */
  readonly priceIterates: readonly number[]
  readonly rounds: number
  /** |price − e^(−α·Σ sales)|. */
  readonly certificate: { readonly residual: number }
}

const STEP = 1e-15
const MAX_ROUNDS = 100_000
/** Debts and banks visited in all: what a call may cost, some seconds. */
const MAX_VISITS = 200_000_000

/**
 * The greatest equilibrium of price, sales and payments, by iteration from a price of 1, which only falls.
 *
 * An insolvent bank cannot reach its ratio and sells everything.
 *
 * @throws SolventError E_RANGE for bad amounts and rates; E_NO_CONVERGENCE after 100,000 rounds or visits to
 *   2·10⁸ debts and banks
 * @example
 * capitalRatioSales({ liabilities: claimsNetwork(1, []), cash: [5], illiquid: [100], externalLiabilities: [98],
 *   minCapitalRatio: 0.08, alpha: 0 }).sales // Float64Array [12.5]
 */
export function capitalRatioSales(input: CapitalRatioInput): CapitalRatioSales {
  const n = checkedSquare('liabilities', input.liabilities)
  const cash = checkedVector('cash', input.cash, n, 0)
  const illiquid = checkedVector('illiquid', input.illiquid, n, 0)
  const ratio = checkedNumber('minCapitalRatio', input.minCapitalRatio, Number.MIN_VALUE, 1)
  const alpha = checkedNumber('alpha', input.alpha, 0, Number.MAX_VALUE)

  const responseTo = (price: number) => {
    const clearing = eisenbergNoe({
      liabilities: input.liabilities,
      externalAssets: cash.map((own, bank) => own + price * illiquid[bank]!),
      externalLiabilities: input.externalLiabilities,
    })
    const sales = illiquid.map((units, bank) => {
      const value = price * units
      const receipts = clearing.assetsReceivedPlusExternal[bank]! - cash[bank]! - value
      const gap = clearing.totalNominal[bank]! - cash[bank]! - (1 - ratio) * (value + receipts)
      return gap <= 0 ? 0 : Math.min(units, gap / (ratio * price))
    })
    return { clearing, sales, implied: exp(-alpha * total(sales)) }
  }

  let price = 1
  const priceIterates = [price]
  const most = Math.min(MAX_ROUNDS, Math.ceil(MAX_VISITS / (n + input.liabilities.amounts.length + 1)))
  for (let rounds = 1; rounds <= most; rounds++) {
    const { clearing, sales, implied } = responseTo(price)
    // Rounding must not let the price climb again, nor a price of zero divide.
    const next = Math.max(Number.MIN_VALUE, Math.min(price, implied))
    priceIterates.push(next)
    if (price - next <= STEP * price)
      return {
        price: next,
        sales,
        clearing,
        priceIterates,
        rounds,
        certificate: { residual: Math.abs(price - implied) },
      }
    price = next
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The price of the illiquid asset did not settle.',
    details: { rounds: most, price },
  })
}
