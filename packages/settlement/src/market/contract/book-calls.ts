// The entry points of limit order books: orders are taken back and placed, and an exact amount is sold to whoever waits. One journal
// entry a call, in which what meets is set off.
import type { Address } from '@solvent/primitives'
import type { BookCall, EntryCause, Leg, MarketCall, RevertReason } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { SwapSide } from '../constant-product/sell.ts'
import type { Fill, PlaceRefusal } from '../order-book/order-book.ts'
import type { BookContract } from './book-contract.ts'
import { poolLeg, synced } from './market-entry.ts'

export function placeOrders(context: CallContext, market: BookContract, call: BookCall): CallResult {
  const { sender, events, rules } = context
  const { address, token0, token1 } = market.spec
  const { lotSize } = market.design
  const moved = new Movements(context, address)
  for (const limitId of call.cancels) {
    const order = market.withdraw(limitId, sender)
    if (order === null) continue
    if (order.side === 'sell') moved.release(sender, token0, order.lots * lotSize)
    else moved.release(sender, token1, market.valueOf(order))
    events.push({ kind: 'limit-order-withdrawn', market: address, limitId, owner: sender, lots: order.lots })
  }
  for (const order of call.orders) {
    const placed = market.place(sender, order, rules)
    if (placed.status === 'refused') {
      if (placed.reason === 'would-take') continue
      return REFUSALS[placed.reason]
    }
    const { limitId, fills, restingLots } = placed
    const { side, priceTicks, lots, timeInForce } = order
    const terms = { side, priceTicks, lots, timeInForce }
    events.push({ kind: 'limit-order-placed', market: address, limitId, owner: sender, ...terms })
    for (const fill of fills) settle(context, market, { fill, side: sideOf(side), recipient: sender }, moved)
    if (side === 'sell') moved.release(sender, token0, -restingLots * lotSize)
    else moved.release(sender, token1, -market.valueOf({ lots: restingLots, priceTicks }))
  }
  return moved.post('place-orders') ? synced(context, market) : 'insufficient-balance'
}

/** A swap on a book: what was brought, less than a lot apart, meets who waits. */
export function sweepBook(
  context: CallContext,
  market: BookContract,
  call: Extract<MarketCall, { kind: 'swap' }>,
): CallResult {
  const { sender, events, rules } = context
  const { address } = market.spec
  const { tokenIn, recipient } = call
  const side: SwapSide = tokenIn === market.spec.token0 ? 'sell-0' : 'sell-1'
  const swept = market.sweep(side, call.amountIn, rules)
  if (swept.status === 'refused') return swept.reason
  const { fills, amountIn } = swept
  const moved = new Movements(context, address)
  const fees = fills.reduce(
    (sum, fill) => sum + settle(context, market, { fill, side, recipient }, moved),
    0n,
  )
  const amountOut = swept.amountOut - fees
  if (amountOut < call.minAmountOut) return 'below-minimum'
  if (!moved.post('swap')) return 'insufficient-balance'
  events.push({ kind: 'swapped', market: address, sender, recipient, tokenIn, amountIn, amountOut })
  return synced(context, market)
}

interface Trade {
  readonly fill: Fill
  /** What the taker sells. */
  readonly side: SwapSide
  readonly recipient: Address
}

/** Moves what a fill moves, and tells of it; the fee. */
function settle(
  { sender, events }: CallContext,
  market: BookContract,
  { fill, side, recipient }: Trade,
  moved: Movements,
): bigint {
  const { address, token0, token1 } = market.spec
  const { lotSize, operator } = market.design
  const { makerId: limitId, priceTicks, lots } = fill
  const maker = fill.maker as Address
  const { fee, rebate } = market.feesOf(side, fill)
  const [base, value] = [lots * lotSize, market.valueOf(fill)]
  if (side === 'sell-0') {
    moved.add(sender, token0, -base)
    moved.add(maker, token0, base)
    moved.release(recipient, token1, value)
    moved.share(token1, { recipient, maker, operator, fee, rebate })
  } else {
    moved.add(sender, token1, -value)
    moved.add(maker, token1, value)
    moved.release(recipient, token0, base)
    moved.share(token0, { recipient, maker, operator, fee, rebate })
  }
  events.push({
    ...{ kind: 'limit-order-filled', market: address, limitId, maker, taker: sender },
    ...{ priceTicks, lots, fee, rebate },
  })
  return fee
}

/** What one call moves, by account and token. */
class Movements {
  readonly #context: CallContext
  readonly #market: Address
  readonly #legs = new Map<string, Leg>()

  constructor(context: CallContext, market: Address) {
    this.#context = context
    this.#market = market
  }

  add(owner: Address, token: Address, amount: bigint): void {
    this.#merge(holderLeg(this.#context.state, owner, token, amount))
  }

  /** Out of what the book holds; into it below 0. */
  release(owner: Address, token: Address, amount: bigint): void {
    this.#merge(poolLeg(this.#market, token, -amount))
    this.add(owner, token, amount)
  }

  share(
    token: Address,
    fees: {
      readonly recipient: Address
      readonly maker: Address
      readonly operator: Address
      readonly fee: bigint
      readonly rebate: bigint
    },
  ): void {
    this.add(fees.recipient, token, -fees.fee)
    this.add(fees.maker, token, fees.rebate)
    this.add(fees.operator, token, fees.fee - fees.rebate)
  }

  post(cause: EntryCause): boolean {
    const legs = [...this.#legs.values()].filter(({ amount }) => amount !== 0n)
    return legs.length === 0 || this.#context.state.ledger.post(cause, legs, [])
  }

  #merge(leg: Leg): void {
    const key = `${leg.kind}/${leg.owner}/${leg.token}`
    this.#legs.set(key, { ...leg, amount: leg.amount + (this.#legs.get(key)?.amount ?? 0n) })
  }
}

const sideOf = (side: 'buy' | 'sell'): SwapSide => (side === 'sell' ? 'sell-0' : 'sell-1')

const REFUSALS: Readonly<Record<Exclude<PlaceRefusal, 'would-take'>, RevertReason>> = {
  'zero-lots': 'zero-amount',
  'price-out-of-range': 'out-of-bounds',
  'known-id': 'already-open',
  'cannot-fill': 'no-liquidity',
}
