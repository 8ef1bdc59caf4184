// The entry points of a clearing house: margin in and out, trades and orders, funding and liquidations by the rules beside it. Whatever a refused
// command wrote the transaction takes back.
import { type Address, assertNever } from '@solvent/primitives'
import { marginAccount, type PerpetualCall, type PerpetualFill, type RevertReason } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { Fill } from '../../market/order-book/order-book.ts'
import { marginsOf, purseOf } from './clearing-house.ts'
import { depositMargin, withdrawMargin } from './margin.ts'
import type { PerpetualContract } from './perpetual-contract.ts'
import { cancelOrders, type OrderRefusal } from './perpetual-order.ts'
import { momentOf } from './price-moment.ts'

type Ask<K extends PerpetualCall['kind']> = Extract<PerpetualCall, { kind: K }>

export function runPerpetualCall(
  context: CallContext,
  contract: PerpetualContract,
  call: PerpetualCall,
): CallResult {
  if (!contract.house.rules.has(call.perpetual)) return 'unknown-market'
  switch (call.kind) {
    case 'deposit-margin':
    case 'withdraw-margin':
      return moveMargin(context, contract, call)
    case 'trade-perpetual':
      return trade(context, contract, call)
    case 'order-perpetual':
      return order(context, contract, call)
    case 'cancel-perpetual-orders':
      return cancel(context, contract, call)
    case 'pay-funding':
      return endInterval(context, contract, call)
    case 'liquidate-perpetual':
      return liquidate(context, contract, call)
    default:
      return assertNever(call)
  }
}

function moveMargin(
  context: CallContext,
  contract: PerpetualContract,
  { kind, perpetual: market, margin, amount }: Ask<'deposit-margin' | 'withdraw-margin'>,
): CallResult {
  const { sender, events } = context
  const { house, spec } = contract
  const account = marginAccount(sender, market, margin)
  const moved =
    kind === 'deposit-margin'
      ? depositMargin(house, account, { owner: sender, amount })
      : withdrawMargin(house, account, amount, momentOf(context, contract))
  if (moved.status === 'refused') return moved.reason
  const signed = kind === 'deposit-margin' ? amount : -amount
  if (!pay(context, contract, { to: sender, amount: -signed }))
    return signed > 0n ? 'insufficient-balance' : 'pool-exhausted'
  events.push({ kind: 'margin-moved', house: spec.address, account, amount: signed })
  return null
}

function trade(
  context: CallContext,
  contract: PerpetualContract,
  { perpetual: market, margin, units, minCash }: Ask<'trade-perpetual'>,
): CallResult {
  const { sender, events, rules } = context
  const account = marginAccount(sender, market, margin)
  const moment = momentOf(context, contract)
  const traded = rules.tradePerpetual(contract.house, account, { market, units, minCash }, moment)
  if (traded.status === 'refused') return traded.reason
  const { cash } = traded.leg
  events.push({
    kind: 'perpetual-traded',
    house: contract.spec.address,
    ...{ market, account, units, cash, fee: traded.fee, indexE8: moment.indexE8(market) },
  })
  return null
}

function order(
  context: CallContext,
  contract: PerpetualContract,
  { perpetual: market, margin, side, priceTicks, lots, timeInForce }: Ask<'order-perpetual'>,
): CallResult {
  const { house, spec, nextOrder } = contract
  const account = marginAccount(context.sender, market, margin)
  const moment = momentOf(context, contract)
  const terms = { side, priceTicks, lots, timeInForce }
  const limitId = nextOrder.get()
  const placed = context.rules.placePerpetualOrder(house, account, { market, id: limitId, ...terms }, moment)
  if (placed.status === 'refused') return REFUSALS[placed.reason]
  nextOrder.set(limitId + 1)
  context.events.push({
    ...{ kind: 'perpetual-order-placed', house: spec.address, market, account, limitId, ...terms },
    ...{ fills: told(placed.fills), fee: placed.fee, indexE8: moment.indexE8(market) },
  })
  return null
}

function cancel(
  { sender, events }: CallContext,
  { house, spec }: PerpetualContract,
  { perpetual: market, margin }: Ask<'cancel-perpetual-orders'>,
): CallResult {
  const account = marginAccount(sender, market, margin)
  const cancelled = cancelOrders(house, account, market)
  if (cancelled.status === 'refused') return cancelled.reason
  events.push({
    kind: 'perpetual-orders-cancelled',
    ...{ house: spec.address, market, account, limitIds: cancelled.ids },
  })
  return null
}

function endInterval(
  context: CallContext,
  contract: PerpetualContract,
  { perpetual: market }: Ask<'pay-funding'>,
): CallResult {
  const { house, spec } = contract
  const moment = momentOf(context, contract)
  const paid = context.rules.payFunding(house, market, moment)
  if (paid.status === 'refused') return paid.reason
  const index = house.markets.get(market)!.funding.index
  context.events.push({
    kind: 'funding-paid',
    house: spec.address,
    ...{ market, rateE18: paid.rateE18, index, indexE8: moment.indexE8(market) as bigint },
    initialMarginBps: marginsOf(house, market).initialBps,
  })
  return null
}

function liquidate(
  context: CallContext,
  contract: PerpetualContract,
  { perpetual: market, margin, owner }: Ask<'liquidate-perpetual'>,
): CallResult {
  const { sender, events, rules } = context
  const { house, spec } = contract
  const account = marginAccount(owner, market, margin)
  const moment = momentOf(context, contract)
  const done = rules.liquidatePerpetual(house, account, market, moment)
  if (done.status === 'refused') return done.reason
  const { units, reward, toFund, deleveraged, fills, lateFills } = done
  if (reward > 0n && !pay(context, contract, { to: sender, amount: reward })) return 'pool-exhausted'
  events.push({
    kind: 'perpetual-liquidated',
    house: spec.address,
    ...{ market, account, liquidator: sender, units, reward, toFund },
    ...{ fills: told(fills), lateFills: told(lateFills) },
    deleveraged: deleveraged.map(({ key, ...taken }) => ({ account: key, ...taken })),
    ...purseOf(house),
    indexE8: moment.indexE8(market),
  })
  return null
}

function told(fills: readonly Fill[]): PerpetualFill[] {
  return fills.map(({ makerId, maker, priceTicks, lots }) => ({
    ...{ limitId: makerId, account: maker, priceTicks, lots },
  }))
}

/** Out of the vault (below 0: into it). */
function pay(
  { state }: CallContext,
  { spec }: PerpetualContract,
  { to, amount }: { readonly to: Address; readonly amount: bigint },
): boolean {
  const { token, address } = spec
  return state.ledger.post(amount > 0n ? 'margin-out' : 'margin-in', [
    { kind: 'POOL', owner: address, token, amount: -amount },
    holderLeg(state, to, token, amount),
  ])
}

const REFUSALS: Readonly<Record<OrderRefusal, RevertReason>> = {
  'unknown-account': 'unknown-account',
  'unknown-market': 'unknown-market',
  'wrong-venue': 'wrong-venue',
  'wrong-margin': 'wrong-margin',
  'too-many-orders': 'queue-full',
  'no-price': 'no-price',
  'margin-short': 'margin-short',
  'zero-lots': 'zero-amount',
  'price-out-of-range': 'out-of-bounds',
  'known-id': 'already-open',
  'would-take': 'would-take',
  'cannot-fill': 'no-liquidity',
}
