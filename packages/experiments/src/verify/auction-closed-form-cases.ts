// Kind `auction-closed-form`: equilibrium bids, revenue, reserves and rings with uniform costs.
import {
  cartelRent,
  equilibriumPrice,
  expectedPrice,
  priceVariance,
  rentPerSolver,
  ringGain,
  ringOvercharge,
  ringPrice,
  underReserve,
} from '@solvent/mechanisms'
import type { FixtureCase, FixtureKind } from './fixture-kind.ts'

interface Content {
  readonly tolerance: number
  readonly symmetric: readonly Row[]
  readonly reserve: readonly Row[]
  readonly ring_spa: readonly Row[]
}

/** A row has its inputs among what is expected. */
interface Row {
  readonly n: number
  readonly reserve?: number
  readonly k?: number
  readonly fpa_bid?: string
  readonly fpa_bid_at?: Readonly<Record<string, number>>
  readonly fpa_bids?: Readonly<Record<string, number>>
  readonly mc_check?: number
}

interface Input {
  readonly n: number
  readonly reserve: number
  readonly k: number
  readonly costs: readonly string[]
  readonly of: 'symmetric' | 'reserve' | 'ring' | 'simulated ring'
}

/** Their simulated prices of rings are within this of the formula. */
const SIMULATION = { relative: 0, absolute: 1e-3 }

export const auctionClosedFormKind: FixtureKind<Input> = {
  kind: 'auction-closed-form',
  split(content) {
    const { tolerance: within, symmetric, reserve, ring_spa } = content as unknown as Content
    const tolerance = { relative: 0, absolute: within }
    const input = ({ n, reserve: limit = 1, k = 1, fpa_bid_at, fpa_bids }: Row, of: Input['of']): Input => ({
      n,
      reserve: limit,
      k,
      costs: Object.keys(fpa_bid_at ?? fpa_bids ?? {}),
      of,
    })
    const cases: FixtureCase<Input>[] = []
    for (const row of symmetric) {
      const { fpa_bid: _formula, ...want } = row
      cases.push({ name: `symmetric n=${row.n}`, input: input(row, 'symmetric'), want, tolerance })
    }
    for (const row of reserve) {
      const name = `reserve n=${row.n} r=${row.reserve}`
      cases.push({ name, input: input(row, 'reserve'), want: row, tolerance })
    }
    for (const { mc_check: simulated, ...want } of ring_spa) {
      const name = `ring n=${want.n} k=${want.k}`
      // A percentage is a hundred times less exact than what it is of.
      const ofPercent = { relative: within, absolute: within }
      cases.push({ name, input: input(want, 'ring'), want, tolerance: ofPercent })
      if (simulated !== undefined)
        cases.push({
          name: `${name} simulated`,
          input: input(want, 'simulated ring'),
          want: simulated,
          tolerance: SIMULATION,
        })
    }
    return cases
  },
  compute(input) {
    if (input.of === 'symmetric') return symmetricRow(input)
    if (input.of === 'reserve') return reserveRow(input)
    return input.of === 'ring' ? ringRow(input) : ringPrice(input.n, input.k)
  },
}

function bidsAt({ n, reserve, costs }: Input) {
  return Object.fromEntries(
    costs.map((cost) => [cost, equilibriumPrice({ cost: Number(cost), bidders: n, reserve })]),
  )
}

function symmetricRow(input: Input) {
  const { n } = input
  return {
    n,
    fpa_bid_at: bidsAt(input),
    expected_price: expectedPrice(n),
    expected_winner_rent: n * rentPerSolver(n),
    rent_per_solver: rentPerSolver(n),
    price_variance_fpa: priceVariance('first-price', n),
    price_variance_spa: priceVariance('second-price', n),
    weak_cartel_rent_per_solver_random_at_reserve1: cartelRent('weak', n),
    strong_cartel_rent_per_solver_at_reserve1: cartelRent('strong', n),
  }
}

function reserveRow(input: Input) {
  const { n, reserve } = input
  const outcome = underReserve(n, reserve)
  return {
    n,
    reserve,
    prob_trade: outcome.probabilityOfTrade,
    fpa_expected_payment: outcome.expectedPayment,
    spa_expected_payment: outcome.expectedPayment,
    expected_winner_cost: outcome.expectedWinnerCost,
    solver_rent_total: outcome.rentOfAll,
    user_surplus_value1: outcome.userSurplus,
    fpa_bids: bidsAt(input),
  }
}

function ringRow({ n, k }: Input) {
  const { amount, percent } = ringOvercharge(n, k)
  return {
    n,
    k,
    expected_price: ringPrice(n, k),
    competitive_price: expectedPrice(n),
    overcharge: amount,
    overcharge_pct: percent,
    ring_rent_gain: ringGain(n, k),
  }
}
