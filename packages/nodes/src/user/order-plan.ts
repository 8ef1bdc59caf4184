// All orders of a user, drawn once at its start: when, what, how much, how. Each order draws from a stream of its own,
// so that neither timing nor another order's outcome can change it.
import type { RandomStream, Rng } from '@solvent/ports'
import {
  type Address,
  type ChainId,
  exp,
  ln,
  MS_PER_HOUR,
  MS_PER_SECOND,
  mulDivFloor,
  type NodeId,
  SolventError,
  wholeUnit,
} from '@solvent/primitives'
import { type NetworkSpec, type PriceBook, priceOf, type TokenSpec, valueE8 } from '@solvent/protocol'
import {
  type AwardMode,
  awardModes,
  type ExplicitOrder,
  type OrderFlow,
  type OrderPair,
} from './order-flow.ts'

/** An order that will be signed; plain data, kept in the store so that a restart changes nothing. */
export interface PlannedOrder {
  /** Also its nonce. */
  readonly index: number
  /** Unix ms; all deadlines count from here. */
  readonly scheduledMs: number
  readonly origin: ChainId
  readonly inputToken: Address
  readonly inputAmount: bigint
  readonly destination: ChainId
  readonly outputToken: Address
  /** The input's value at the price book, in output base units, rounded down. */
  readonly fairAmount: bigint
  readonly minAmount: bigint
  readonly prover: Address
  /** Who receives, where it is not the user. */
  readonly recipient?: Address
  readonly award: AwardMode
  /** Solvers in the order in which this order would ask them for quotes. */
  readonly solvers: readonly NodeId[]
  /** Unix ms, or null. */
  readonly cancelAtMs: number | null
}

export interface PlanContext {
  readonly spec: NetworkSpec
  readonly prices: PriceBook
  readonly node: NodeId
  readonly rng: Rng
}

const BPS = 10_000n
const VALUE_SCALE = 1_000_000_000

/**
 * Draws a user's orders, ascending by index: the explicit ones, then the drawn ones by time.
 *
 * @throws E_FLOW when a pair names a symbol that its chain does not have
 */
export function planOrders(flow: OrderFlow, context: PlanContext): PlannedOrder[] {
  const explicit = flow.orders.map((order, index) => planExplicit(order, index, context))
  const moments = arrivalMoments(flow, context.rng.stream(`user/${context.node}/arrivals`))
  const drawn = moments.map((atMs, i) => planDrawn(flow, flow.orders.length + i, atMs, context))
  return [...explicit, ...drawn]
}

/** One explicit order; its moment counts from genesis. */
export function planExplicit(order: ExplicitOrder, index: number, context: PlanContext): PlannedOrder {
  const { atMs, cancelAfterSeconds, minOutputBps, award, inputAmount } = order
  const scheduledMs = context.spec.genesisMs + Math.floor(atMs)
  const stream = orderStream(context, index)
  return {
    ...terms(order, { index, inputAmount, minOutputBps }, context),
    scheduledMs,
    award,
    solvers: stream.shuffle(context.spec.solvers.map(({ node }) => node)),
    cancelAtMs: cancelAfterSeconds === null ? null : scheduledMs + cancelAfterSeconds * MS_PER_SECOND,
  }
}

function planDrawn(flow: OrderFlow, index: number, atMs: number, context: PlanContext): PlannedOrder {
  const stream = orderStream(context, index)
  const pair = byWeight(flow.pairs, ({ weight }) => weight, stream)
  const { value, minOutputBps } = drawTerms(flow, stream)
  const input = tokenOf(context.spec, pair.origin, pair.inputSymbol)
  const inputAmount = mulDivFloor(value, wholeUnit(input.decimals), priceOf(context.prices, pair.inputSymbol))
  const award = byWeight(awardModes, (mode) => flow.awards[mode], stream)
  const solvers = stream.shuffle(context.spec.solvers.map(({ node }) => node))
  const cancels = stream.bernoulli(flow.cancelProbability)
  const cancelAfterMs = Math.floor(stream.uniform() * flow.auctionSeconds * MS_PER_SECOND)
  const scheduledMs = context.spec.genesisMs + atMs
  return {
    ...terms(pair, { index, inputAmount, minOutputBps }, context),
    scheduledMs,
    award,
    solvers,
    cancelAtMs: cancels ? scheduledMs + cancelAfterMs : null,
  }
}

function orderStream({ node, rng }: PlanContext, index: number): RandomStream {
  return rng.stream(`user/${node}/order/${index}`)
}

/** Whole ms after genesis, ascending, in [startMs, endMs). */
function arrivalMoments({ arrivals, startMs, endMs }: OrderFlow, stream: RandomStream): number[] {
  const moments: number[] = []
  const spanMs = endMs - startMs
  if (spanMs <= 0) return moments
  if (arrivals.kind === 'rate') {
    if (arrivals.perHour <= 0) return moments
    const meanMs = MS_PER_HOUR / arrivals.perHour
    for (let atMs = stream.exponential(meanMs); atMs < spanMs; atMs += stream.exponential(meanMs)) {
      moments.push(Math.floor(startMs + atMs))
    }
    return moments
  }
  // Arrivals of a Poisson process given their count: partial sums of exponentials over the sum of count + 1 of them.
  const sums: number[] = []
  let sum = 0
  for (let i = 0; i <= arrivals.count; i++) {
    sum += stream.exponential(1)
    sums.push(sum)
  }
  for (const each of sums.slice(0, arrivals.count)) moments.push(Math.floor(startMs + (spanMs * each) / sum))
  return moments
}

function drawTerms(
  { valueE8: value, minOutputBps }: OrderFlow,
  stream: RandomStream,
): { value: bigint; minOutputBps: number } {
  const factor = exp(stream.uniform() * ln(Number(value.to) / Number(value.from)))
  return {
    value: (value.from * BigInt(Math.floor(factor * VALUE_SCALE))) / BigInt(VALUE_SCALE),
    minOutputBps: minOutputBps.from + stream.int(minOutputBps.to - minOutputBps.from + 1),
  }
}

function terms(
  { origin, inputSymbol, destination, outputSymbol, prover, recipient }: Omit<OrderPair, 'weight'>,
  { index, inputAmount, minOutputBps }: { index: number; inputAmount: bigint; minOutputBps: number },
  { spec, prices }: PlanContext,
): Omit<PlannedOrder, 'scheduledMs' | 'award' | 'solvers' | 'cancelAtMs'> {
  const input = tokenOf(spec, origin, inputSymbol)
  const output = tokenOf(spec, destination, outputSymbol)
  const value = valueE8(inputAmount, input.decimals, priceOf(prices, inputSymbol))
  const fairAmount = mulDivFloor(value, wholeUnit(output.decimals), priceOf(prices, outputSymbol))
  const minAmount = mulDivFloor(fairAmount, BigInt(minOutputBps), BPS)
  return {
    index,
    origin,
    inputToken: input.address,
    inputAmount,
    destination,
    outputToken: output.address,
    fairAmount,
    minAmount,
    prover,
    ...(recipient === undefined ? {} : { recipient }),
  }
}

/** The token of a symbol on a chain. */
export function tokenOf(spec: NetworkSpec, chainId: ChainId, symbol: string): TokenSpec {
  const token = spec.tokens.find((each) => each.chainId === chainId && each.symbol === symbol)
  if (token !== undefined) return token
  throw new SolventError({
    code: 'E_FLOW',
    message: 'This chain has no token of this symbol.',
    details: {
      chainId,
      symbol,
      allowed: spec.tokens.filter((each) => each.chainId === chainId).map((each) => each.symbol),
    },
  })
}

function byWeight<T>(items: readonly T[], weightOf: (item: T) => number, stream: RandomStream): T {
  let total = 0
  for (const item of items) total += weightOf(item)
  let left = stream.uniform() * total
  for (const item of items) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  const last = items.findLast((item) => weightOf(item) > 0)
  if (last !== undefined) return last
  throw new SolventError({ code: 'E_FLOW', message: 'Nothing can be drawn: all weights are zero.' })
}
