// The experiment of Calvano et al. (AER 110(10), 2020): firms with logit demand set prices by Q-learning.
// This file has its parameters, and the game and the first values that follow from them.

import { type StageGame, stageGame } from '../learning/stage-game.ts'
import { monopolyPrices, nashPrices } from '../pricing/equilibrium-prices.ts'
import { type LogitMarket, profits, symmetricLogitMarket } from '../pricing/logit-market.ts'
import { priceGrid } from '../pricing/price-grid.ts'

/** Values with which the learners begin. */
export type StartValues =
  /** The paper's: what an action yields forever against rivals that play all their actions alike often. */
  | { readonly kind: 'uniform-rivals' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'random'; readonly low: number; readonly high: number }

/** How the learners try what does not look best. */
export type Exploration =
  /** A random action with probability e^(−βt). */
  | { readonly kind: 'epsilon-greedy'; readonly decays: readonly number[] }
  /** An action with probability in proportion to e^(Q/T), T = 1000 λ^t. */
  | { readonly kind: 'boltzmann'; readonly temperature: number; readonly cooling: number }
  | { readonly kind: 'none' }

export interface PricingStudy {
  readonly market: LogitMarket
  readonly grid: { readonly points: number; readonly margin: number }
  readonly memory: 0 | 1 | 2
  /** δ */
  readonly discount: number
  /** α of each firm. */
  readonly learningRates: readonly number[]
  readonly exploration: Exploration
  readonly start: StartValues
  readonly window: number
  readonly mostPeriods: number
  /** Prices to measure against, when they are not to be computed; the authors' inputs have five decimals. */
  readonly benchmarks?: { readonly nash: readonly number[]; readonly monopoly: readonly number[] }
}

/** The paper's baseline, for two firms or more: α = 0.15, β = 4e-6 (its representative experiment). */
export function calvanoBaseline(firms = 2): PricingStudy {
  return {
    market: symmetricLogitMarket(firms),
    grid: { points: 15, margin: 0.1 },
    memory: 1,
    discount: 0.95,
    learningRates: Array<number>(firms).fill(0.15),
    exploration: { kind: 'epsilon-greedy', decays: Array<number>(firms).fill(4e-6) },
    start: { kind: 'uniform-rivals' },
    window: 100_000,
    mostPeriods: 1_000_000_000,
  }
}

/** The game that the firms of a study play, and what its outcomes are measured with. */
export interface PricingGame {
  readonly game: StageGame
  /** Prices of each firm. */
  readonly grids: readonly Float64Array[]
  /** Sums over firms. */
  readonly nashProfit: number
  readonly monopolyProfit: number
}

export function pricingGame(study: PricingStudy): PricingGame {
  const { market, grid } = study
  const nash = study.benchmarks?.nash ?? nashPrices(market)
  const monopoly = study.benchmarks?.monopoly ?? monopolyPrices(market)
  const grids = market.costs.map((_, firm) =>
    priceGrid({ ...grid, nashPrice: nash[firm] ?? 0, monopolyPrice: monopoly[firm] ?? 0 }),
  )
  return {
    game: stageGame(market.costs.length, grid.points, (chosen) =>
      profits(
        market,
        chosen.map((action, firm) => grids[firm]?.[action] ?? 0),
      ),
    ),
    grids,
    nashProfit: sum(profits(market, nash)),
    monopolyProfit: sum(profits(market, monopoly)),
  }
}

/** Q(s, a) = mean over the rivals' actions of π / (1 − δ), by firm and action; the same in every state. */
export function valuesAgainstUniformRivals(game: StageGame, discount: number): Float64Array[] {
  const { agents, actions, payoffs } = game
  const means = Array.from({ length: agents }, () => new Float64Array(actions))
  const profiles = payoffs.length / agents
  for (let profile = 0; profile < profiles; profile++) {
    for (let agent = agents - 1, rest = profile; agent >= 0; agent--) {
      const mean = means[agent] as Float64Array
      const action = rest % actions
      mean[action] = (mean[action] as number) + (payoffs[profile * agents + agent] as number)
      rest = Math.floor(rest / actions)
    }
  }
  const share = (profiles / actions) * (1 - discount)
  return means.map((mean) => mean.map((total) => total / share))
}

/** (π − π_N)/(π_M − π_N), of the sum of the firms' profits: 0 at Nash, 1 at monopoly. */
export function profitGain(game: PricingGame, profit: number): number {
  return (profit - game.nashProfit) / (game.monopolyProfit - game.nashProfit)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
