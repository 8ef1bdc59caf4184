// The entry points of a clearing house: margin in and out, trades, funding and liquidations by the rules beside it. Whatever a refused
// command wrote the transaction takes back.
import { type Address, assertNever } from '@solvent/primitives'
import { marginAccount, type PerpetualCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { marginsOf, purseOf } from './clearing-house.ts'
import { depositMargin, withdrawMargin } from './margin.ts'
import type { PerpetualContract } from './perpetual-contract.ts'
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
  const { units, reward, toFund, deleveraged } = done
  if (reward > 0n && !pay(context, contract, { to: sender, amount: reward })) return 'pool-exhausted'
  events.push({
    kind: 'perpetual-liquidated',
    house: spec.address,
    ...{ market, account, liquidator: sender, units, reward, toFund },
    deleveraged: deleveraged.map(({ key, ...taken }) => ({ account: key, ...taken })),
    ...purseOf(house),
    indexE8: moment.indexE8(market),
  })
  return null
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
