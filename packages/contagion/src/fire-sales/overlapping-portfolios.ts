/**
 * Contagion through shared assets: a bank with negative equity liquidates everything, prices fall, others follow.
 *
 * Caccioli, Shrestha, Moore, Farmer 2014 (J Banking & Finance 46:233). Initial prices are 1.
 */
import { exp } from '@solvent/primitives'
import { checkedNumber, checkedVector, type Vector } from '../network/checked-vector.ts'
import { type SparseMatrix, transpose } from '../network/sparse-matrix.ts'

export interface OverlappingPortfoliosInput {
  /** n × k, entry (i, a): units of asset a that bank i holds. */
  readonly holdings: SparseMatrix
  /** Length n. */
  readonly cash: Vector
  /** Length n, ≥ 0. */
  readonly liabilities: Vector
  /** ≥ 0: price e^(−α·x) for the share x of all bank-held units that has been liquidated. */
  readonly alpha: number
  /** Length k, −1 or above: multiplies the price of an asset by 1 + shock first. */
  readonly priceShock: Vector
}

export interface OverlappingPortfolios {
  /** Length n: −1 never, 0 by the shock alone, k ≥ 1 the round. */
  readonly defaultRound: Int32Array
  readonly defaults: number
  /** Length k. */
  readonly prices: Float64Array
  /** Length n, marked to market at the final prices, also for banks that have liquidated. */
  readonly finalEquity: Float64Array
  /** Synchronous rounds in which equity was tested. */
  readonly rounds: number
  readonly certificate: {
    /** Smallest distance of any tested equity from 0; Infinity without banks: how far a tie was from deciding. */
    readonly smallestMargin: number
    /** Banks whose state contradicts their equity at the final prices: 0. */
    readonly contradictions: number
  }
}

/**
 * Runs liquidations to their end; at most n + 1 rounds.
 *
 * @throws SolventError E_RANGE for wrong lengths and values out of range
 * @example
 * overlappingPortfolios({ holdings: portfolioMatrix([[50], [50]], 1), cash: [0, 0], liabilities: [49, 20], alpha: 1,
 *   priceShock: [-0.1] }).defaultRound // Int32Array [0, -1]
 */
export function overlappingPortfolios(input: OverlappingPortfoliosInput): OverlappingPortfolios {
  const { rows: banks, columns: assets, offsets, columnOf, amounts } = input.holdings
  const cash = checkedVector('cash', input.cash, banks)
  const liabilities = checkedVector('liabilities', input.liabilities, banks, 0)
  const alpha = checkedNumber('alpha', input.alpha, 0, Number.MAX_VALUE)
  const shocked = checkedVector('priceShock', input.priceShock, assets, -1).map((shock) => 1 + shock)
  const defaultRound = new Int32Array(banks).fill(-1)
  const byAsset = transpose(input.holdings)
  const equityAt = (prices: Float64Array, bank: number) => {
    let value = cash[bank]!
    for (let at = offsets[bank]!; at < offsets[bank + 1]!; at++)
      value += amounts[at]! * prices[columnOf[at]!]!
    return value - liabilities[bank]!
  }

  let prices = shocked
  let smallestMargin = Number.POSITIVE_INFINITY
  let defaults = 0
  for (let round = 0; ; round++) {
    let failing = 0
    for (let bank = 0; bank < banks; bank++) {
      if (defaultRound[bank] !== -1) continue
      const equity = equityAt(prices, bank)
      smallestMargin = Math.min(smallestMargin, Math.abs(equity))
      if (equity < 0) {
        defaultRound[bank] = round
        failing++
      }
    }
    if (failing === 0) {
      const finalEquity = cash.map((_, bank) => equityAt(prices, bank))
      return {
        defaultRound,
        defaults,
        prices,
        finalEquity,
        rounds: round + 1,
        certificate: {
          smallestMargin,
          contradictions: defaultRound.filter((at, bank) => (at === -1) !== finalEquity[bank]! >= 0).length,
        },
      }
    }
    defaults += failing
    prices = shocked.map(
      (price, asset) => price * exp(-alpha * liquidatedShare(byAsset, defaultRound, asset)),
    )
  }
}

function liquidatedShare(byAsset: SparseMatrix, defaultRound: Int32Array, asset: number): number {
  let held = 0
  let sold = 0
  for (let at = byAsset.offsets[asset]!; at < byAsset.offsets[asset + 1]!; at++) {
    held += byAsset.amounts[at]!
    if (defaultRound[byAsset.columnOf[at]!] !== -1) sold += byAsset.amounts[at]!
  }
  return held === 0 ? 0 : sold / held
}
