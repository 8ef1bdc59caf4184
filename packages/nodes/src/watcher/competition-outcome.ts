// How competitive the auctions of a run were: shares and their concentration, how many auctions had rivals, and what users paid against
// what independent bidders would have asked for the same orders. docs/models/misconduct.md. Values in the numeraire times 10^8; prices in
// basis points of the order's value; ratios are cut to 12 decimals.
import type { NodeId } from '@solvent/primitives'
import type { Award, NetworkSpec, PriceBook } from '@solvent/protocol'
import { competitivePrice, partOf } from '@solvent/strategies'
import { createNetworkFacts } from '../solver/network-facts.ts'
import type { OrderFacts } from './outcome-book.ts'

export interface CompetitionOutcome {
  /** Auctions that were awarded to somebody. */
  readonly awarded: number
  /** Auctions that closed without an award. */
  readonly unawarded: number
  /** Of both, those that another member of the committee closed in place of the auctioneer that the order names. */
  readonly takenOver: number
  /** Awarded auctions with at least two bids. */
  readonly contested: number
  /** In the order of the network's solvers; shares of the value awarded; awards that were not filled while the winner alone could. */
  readonly shares: readonly {
    readonly node: NodeId
    readonly awards: number
    readonly share: number
    readonly fades: number
  }[]
  /** Sum of squared shares; 0 without an award. */
  readonly hhi: number
  /** Means over awarded auctions, weighted by value. */
  readonly paidBps: number
  /** What independent bidders would have been paid: the same orders, costs and reserves, every solver for itself. */
  readonly competitiveBps: number
  readonly overchargeBps: number
  readonly fills: FillsOutcome
}

/** Of all orders that were filled, whoever awarded them: auctioneers, users or chains. */
export interface FillsOutcome {
  readonly count: number
  /** Of the value filled. */
  readonly hhi: number
  /** What was kept of the value, weighted. */
  readonly paidBps: number
}

const DECIMALS = 1_000_000_000_000
const BPS = 10_000

/** Sums up the auctions among these orders. */
export function competitionOutcome(
  spec: NetworkSpec,
  prices: PriceBook,
  orders: Iterable<OrderFacts>,
  nowSeconds: number,
): CompetitionOutcome {
  const facts = createNetworkFacts(spec, prices)
  const awards = new Map(
    spec.solvers.map(({ address, node }) => [address, { node, awards: 0, won: 0, fades: 0 }]),
  )
  let unawarded = 0
  let takenOver = 0
  let contested = 0
  let total = 0
  let paid = 0
  let competitive = 0
  const filled = new Map<string, { value: number; count: number; kept: number }>()
  for (const { order, award, fill } of orders) {
    if (fill !== null) {
      const { input, output, originChainId } = order
      const value = Number(facts.valueE8(originChainId, input.token, input.amount))
      const got = Number(facts.valueE8(output.chainId, output.token, fill.outputAmount))
      const known = filled.get(fill.solver) ?? { value: 0, count: 0, kept: 0 }
      filled.set(fill.solver, {
        value: known.value + value,
        count: known.count + 1,
        kept: known.kept + value - got,
      })
    }
    if (award === null || order.award.by !== 'auctioneer') continue
    if (award.auctioneer !== order.award.auctioneer) takenOver += 1
    const winner = awards.get(award.winner)
    if (winner === undefined) {
      unawarded += 1
      continue
    }
    const { input, output, originChainId } = order
    const value = facts.valueE8(originChainId, input.token, input.amount)
    const price = (amount: bigint) =>
      partOf(value - facts.valueE8(output.chainId, output.token, amount), value)
    const cost = partOf(facts.gasCostE8(originChainId, output.chainId), value)
    const reserve = price(output.minAmount)
    const fair = competitivePrice({ rule: order.award.rule, cost, reserve }, spec.solvers.length) ?? reserve
    const weight = Number(value)
    winner.awards += 1
    if (isFaded(award, fill, nowSeconds)) winner.fades += 1
    winner.won += weight
    total += weight
    paid += weight * price(award.outputAmount)
    competitive += weight * fair
    if (award.bids.length > 1) contested += 1
  }
  const shares = [...awards.values()].map(({ node, awards: count, won, fades }) => ({
    node,
    awards: count,
    fades,
    share: cut(total === 0 ? 0 : won / total),
  }))
  const bps = (sum: number) => cut(total === 0 ? 0 : (BPS * sum) / total)
  return {
    awarded: shares.reduce((sum, share) => sum + share.awards, 0),
    unawarded,
    takenOver,
    contested,
    shares,
    hhi: cut(shares.reduce((sum, { share }) => sum + share * share, 0)),
    paidBps: bps(paid),
    competitiveBps: bps(competitive),
    overchargeBps: bps(paid - competitive),
    fills: fillsOutcome([...filled.values()]),
  }
}

function fillsOutcome(
  bySolver: readonly { readonly value: number; readonly count: number; readonly kept: number }[],
): FillsOutcome {
  const total = bySolver.reduce((sum, { value }) => sum + value, 0)
  const kept = bySolver.reduce((sum, each) => sum + each.kept, 0)
  return {
    count: bySolver.reduce((sum, { count }) => sum + count, 0),
    hhi: cut(
      total === 0 ? 0 : bySolver.reduce((sum, { value }) => sum + (value / total) * (value / total), 0),
    ),
    paidBps: cut(total === 0 ? 0 : (BPS * kept) / total),
  }
}

function isFaded({ winner, exclusiveUntil }: Award, fill: OrderFacts['fill'], nowSeconds: number): boolean {
  if (fill?.solver === winner && fill.atSeconds <= exclusiveUntil) return false
  return nowSeconds > exclusiveUntil
}

function cut(x: number): number {
  return Math.round(x * DECIMALS) / DECIMALS
}
