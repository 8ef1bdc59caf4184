// What a run must have in it before an invariant can be asked of it: a network without orders says nothing of orders.
// Judged before the run, from the network and from what its participants are going to send.
import type { MarketDesign, NetworkSpec } from '@solvent/protocol'

/** What is going to happen in a run, as far as it is known beforehand. */
export interface RunTraffic {
  readonly spec: NetworkSpec
  /** Orders that users are going to sign. */
  readonly orders: number
  /** Those of them that an auctioneer may award. */
  readonly auctioned: number
  /** Those of them that solvers may take in parts. */
  readonly divisible: number
  /** Transactions that actors are going to send. */
  readonly scripted: number
  /** Ways in which an asset moves over its bridge: by an actor, a solver that rebalances, or a message that is forged. */
  readonly crossings: number
  /** Steps and nodes that are going to trade on a market or provide for it. */
  readonly trades: number
  /** Loans that actors are going to ask for. */
  readonly loans: number
  /** Steps that exchange an algorithmic stablecoin. */
  readonly exchanges: number
  /** Steps that rotate the key of an account. */
  readonly rotations: number
  /** Measures that authorities are asked for. */
  readonly measures: number
  /** Of them: freezes and halts. */
  readonly holds: number
  /** Steps that draw on discount windows. */
  readonly draws: number
  /** Declared outages of sequencers. */
  readonly outages: number
}

interface RunNeedRule {
  /** For documents and messages: what there must be. */
  readonly statement: string
  readonly isMet: (traffic: RunTraffic) => boolean
}

const rules = {
  transactions: {
    statement: 'a transaction: an order, a scripted step, or a rollup, which posts batches',
    isMet: ({ orders, scripted, spec }) =>
      orders + scripted > 0 || spec.chains.some(({ consensus }) => consensus.kind !== 'l1'),
  },
  solvers: { statement: 'solvers', isMet: ({ spec }) => spec.solvers.length > 0 },
  orders: { statement: 'orders', isMet: ({ orders }) => orders > 0 },
  auctions: { statement: 'orders that an auctioneer may award', isMet: ({ auctioned }) => auctioned > 0 },
  divisible: { statement: 'orders that solvers may take in parts', isMet: ({ divisible }) => divisible > 0 },
  messages: {
    statement: 'bridge messages: proofs of fills, or an asset that moves',
    isMet: ({ orders, crossings }) => orders + crossings > 0,
  },
  wrapped: {
    statement: 'an asset that a bridge locks and wraps',
    isMet: ({ spec }) =>
      spec.bridges.some(({ custody, routes }) => custody.kind === 'lock-mint' && routes.length > 0),
  },
  issued: {
    statement: 'an asset that a bridge burns and mints',
    isMet: ({ spec }) =>
      spec.bridges.some(({ custody, routes }) => custody.kind === 'burn-mint' && routes.length > 0),
  },
  limited: {
    statement:
      'a bridge with a limiter, a governor, a cap or a departure limit, and an asset that moves over it',
    isMet: ({ crossings, spec }) =>
      crossings > 0 &&
      spec.bridges.some(
        ({ limiter, governor, withdrawalCaps, departureLimits }) =>
          (limiter ?? governor ?? withdrawalCaps ?? departureLimits) !== undefined,
      ),
  },
  pooled: {
    statement: 'an asset that a bridge carries by liquidity pools',
    isMet: ({ spec }) =>
      spec.bridges.some(({ custody, routes }) => custody.kind === 'pool' && routes.length > 0),
  },
  swapped: {
    statement: 'an asset that a bridge swaps under hash locks',
    isMet: ({ spec }) =>
      spec.bridges.some(({ custody, routes }) => custody.kind === 'hash-lock' && routes.length > 0),
  },
  traded: {
    statement: 'a market with shares, and somebody who trades on it or provides for it',
    isMet: tradesOn('constant-product', 'stable-swap'),
  },
  ranged: {
    statement: 'a pool of concentrated liquidity, and somebody who trades on it or provides for it',
    isMet: tradesOn('concentrated'),
  },
  booked: {
    statement: 'a limit order book, and somebody who trades on it',
    isMet: tradesOn('order-book'),
  },
  pegged: {
    statement: 'an algorithmic stablecoin, and an actor that exchanges it',
    isMet: ({ spec, exchanges }) => spec.stablecoins.length > 0 && exchanges > 0,
  },
  breakers: {
    statement: 'a circuit breaker that watches an oracle, or a market on which somebody trades',
    isMet: ({ spec, trades }) =>
      spec.controls.breakers.some(
        ({ watched }) => trades > 0 || spec.oracles.some(({ address }) => address === watched),
      ),
  },
  measures: {
    statement: 'an authority, and a measure that is proposed at a time of the scenario',
    isMet: ({ spec, measures }) => spec.controls.authorities.length > 0 && measures > 0,
  },
  holds: {
    statement: 'an authority that is asked to freeze an account or to halt a token',
    isMet: ({ spec, holds }) => spec.controls.authorities.length > 0 && holds > 0,
  },
  rekeyed: {
    statement: 'a step that rotates the key of an account',
    isMet: ({ rotations }) => rotations > 0,
  },
  checks: {
    statement: 'a collateral check, and a step that borrows',
    isMet: ({ spec, loans }) => spec.controls.collateralChecks.length > 0 && loans > 0,
  },
  outflows: {
    statement: 'an outflow limit, and somebody who trades or borrows',
    isMet: ({ spec, trades, loans }) => spec.controls.outflowLimits.length > 0 && trades + loans > 0,
  },
  windows: {
    statement: 'a discount window, and a step that draws on it',
    isMet: ({ spec, draws }) => draws > 0 && spec.derivatives.some(({ kind }) => kind === 'discount-window'),
  },
  custody: {
    statement: 'a custodian',
    isMet: ({ spec }) => spec.derivatives.some(({ kind }) => kind === 'custodian'),
  },
  covered: {
    statement: 'a cover fund',
    isMet: ({ spec }) => spec.derivatives.some(({ kind }) => kind === 'cover'),
  },
  optioned: {
    statement: 'an option desk',
    isMet: ({ spec }) => spec.derivatives.some(({ kind }) => kind === 'option-desk'),
  },
  marked: {
    statement: 'a fund of assets outside the chain',
    isMet: ({ spec }) => spec.derivatives.some(({ kind }) => kind === 'nav-fund'),
  },
  purchases: {
    statement: 'an order that buys a derivative',
    isMet: ({ spec }) => (spec.purchases ?? []).length > 0,
  },
  futures: {
    statement: 'a clearing house of perpetual futures',
    isMet: ({ spec }) => spec.derivatives.some(({ kind }) => kind === 'perpetual'),
  },
  promised: {
    statement: 'a chain whose producers promise inclusion',
    isMet: ({ spec }) => spec.chains.some(({ preconfirmations }) => preconfirmations !== undefined),
  },
  crossings: {
    statement:
      'an asset that moves over a bridge: by a step of an actor, a solver that rebalances, or a forged message',
    isMet: ({ crossings }) => crossings > 0,
  },
  lending: {
    statement: 'a lending pool or an isolated market',
    isMet: ({ spec }) => spec.lendingPools.length + spec.isolatedMarkets.length > 0,
  },
  loans: { statement: 'a step that borrows', isMet: ({ loans }) => loans > 0 },
  outages: { statement: 'a declared outage of a sequencer', isMet: ({ outages }) => outages > 0 },
} as const satisfies Record<string, RunNeedRule>

export type RunNeed = keyof typeof rules

export const runNeeds = Object.keys(rules) as readonly RunNeed[]

/** What there must be, in words. */
export function needStatement(need: RunNeed): string {
  return rules[need].statement
}

/** The needs that a run meets. */
export function needsMet(traffic: RunTraffic): ReadonlySet<RunNeed> {
  return new Set(runNeeds.filter((need) => rules[need].isMet(traffic)))
}

function tradesOn(...kinds: readonly MarketDesign['kind'][]): (traffic: RunTraffic) => boolean {
  return ({ spec, trades }) => trades > 0 && spec.markets.some(({ design }) => kinds.includes(design.kind))
}
