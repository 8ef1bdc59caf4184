// The entry points of a pool's auctions. Lots and bids lie with the pool as LIQ; a bid goes to the reserve when the auction is over: auction-payment.ts.
import { type Address, assertNever, divUp, minBig, RAY } from '@solvent/primitives'
import type { CollateralAuctionCall, Leg } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { clipStatus, kickClip, redo } from '../liquidation/clip-auction.ts'
import { deal, dent, kickFlip, tick } from '../liquidation/flip-auction.ts'
import { seizeLot } from '../liquidation/seize-lot.ts'
import type { Reserve } from '../reserve.ts'
import { held, receive } from './auction-payment.ts'
import { auctionRefusal } from './auction-refusal.ts'
import {
  type CollateralAuction,
  clipRulesOf,
  flipRulesOf,
  largestLot,
  targetOf,
} from './collateral-auction.ts'
import { EntryLegs } from './entry-legs.ts'
import { payBadDebt } from './insurance.ts'
import type { LendingContract } from './lending-contract.ts'
import { PoolRun } from './pool-run.ts'
import { revertReason } from './refusal-reason.ts'
import { floorRounding, upRounding } from './scaled-rounding.ts'

type CallOf<K extends CollateralAuctionCall['kind']> = Extract<CollateralAuctionCall, { kind: K }>

export function runAuctionCall(
  context: CallContext,
  contract: LendingContract,
  call: CollateralAuctionCall,
): CallResult {
  switch (call.kind) {
    case 'start-auction':
      return start(context, contract, call)
    case 'bid-in-auction':
      return bid(context, contract, call)
    case 'settle-auction':
      return settle(context, contract, call)
    case 'buy-in-auction':
      return buy(context, contract, call)
    case 'restart-auction':
      return restart(context, contract, call)
    default:
      return assertNever(call)
  }
}

function start(
  context: CallContext,
  contract: LendingContract,
  { pool, borrower, collateral, debt }: CallOf<'start-auction'>,
): CallResult {
  const { sender, now, events, state } = context
  const { engine } = contract.spec
  const most = largestLot(engine, collateral)
  if (engine.kind === 'fixed-spread' || engine.kind === 'slow' || most === null) return 'wrong-engine'
  const run = new PoolRun(context, contract, [borrower])
  const seizure = { borrower, collateralAsset: collateral, debtAsset: debt, most }
  const done = seizeLot(run.pool, seizure, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  const { lot, owed, healthFactor, badDebt, price } = done
  const tab = targetOf(owed, engine)
  const of = { borrower, collateral, debt, owed }
  let opened: CollateralAuction
  if (engine.kind === 'english') {
    const flip = kickFlip({ usr: borrower, by: sender, tab, lot }, flipRulesOf(engine), now)
    opened = { ...of, kind: 'english', state: flip }
  } else {
    const priceRay = (price.numerator * RAY) / price.denominator
    const kicked = kickClip({ usr: borrower, tab: tab * RAY, lot, price: priceRay }, clipRulesOf(engine), now)
    if (kicked.status === 'refused') return auctionRefusal(kicked.reason)
    opened = { ...of, kind: 'dutch', state: kicked.sale }
  }
  const auction = contract.nextAuction.get()
  contract.nextAuction.set(auction + 1)
  contract.auctions.set(auction, opened)
  const topRay = opened.kind === 'dutch' ? opened.state.top : 0n
  events.push({
    ...{ kind: 'auction-started', pool, auction, borrower, collateral, debt },
    ...{ lot, owed, tab, topRay, healthFactor, prices: run.used },
  })
  for (const { asset, amount } of badDebt)
    events.push({ kind: 'bad-debt-booked', pool, token: asset as Address, borrower, amount })
  const paid = payBadDebt(context, contract, run, badDebt)
  const { borrowIndexRay } = contract.reserves.get(debt) as Reserve
  const { liquidityIndexRay } = contract.reserves.get(collateral) as Reserve
  return run.post(
    'lending-auction',
    [
      ...floorRounding(contract.debtOf(debt), owed * RAY, borrowIndexRay),
      ...upRounding(contract.receiptOf(collateral), lot * RAY, liquidityIndexRay),
      ...paid.rounding,
    ],
    [holderLeg(state, sender, collateral, -lot), held(contract, collateral, lot), ...paid.legs],
  )
}

function bid(
  context: CallContext,
  contract: LendingContract,
  { pool, auction, lot, bid: offered }: CallOf<'bid-in-auction'>,
): CallResult {
  const { sender: bidder, now, events, state, rules } = context
  const { engine } = contract.spec
  const open = contract.auctions.get(auction)
  if (open === undefined) return 'unknown-auction'
  if (open.kind !== 'english' || engine.kind !== 'english') return 'wrong-engine'
  const { collateral, debt, borrower, state: last } = open
  const isRaise = lot === last.lot
  const flip = flipRulesOf(engine)
  const done = isRaise
    ? rules.tend(last, { bidder, bid: offered }, flip, now)
    : dent(last, { bidder, lot }, flip, now)
  if (done.status === 'refused') return auctionRefusal(done.reason)
  if (!isRaise && offered !== last.bid) return 'bid-too-low'
  const next = done.auction
  contract.auctions.set(auction, { ...open, state: next })
  events.push({
    ...{ kind: 'auction-bid', pool, auction, bidder },
    ...{ step: isRaise ? 'raised' : 'shrunk', lot: next.lot, bid: next.bid },
  })
  const freed = last.lot - next.lot
  return postLegs(context, [
    holderLeg(state, bidder, debt, -next.bid),
    holderLeg(state, done.refund.to as Address, debt, done.refund.amount),
    held(contract, debt, next.bid - last.bid),
    held(contract, collateral, -freed),
    holderLeg(state, borrower, collateral, freed),
  ])
}

function settle(
  context: CallContext,
  contract: LendingContract,
  { pool, auction }: CallOf<'settle-auction'>,
): CallResult {
  const { now, state } = context
  const open = contract.auctions.get(auction)
  if (open === undefined) return 'unknown-auction'
  if (open.kind !== 'english') return 'wrong-engine'
  const done = deal(open.state, now)
  if (done.status === 'refused') return auctionRefusal(done.reason)
  const winner = done.winner as Address
  const { collateral, debt, owed } = open
  const paid = open.state.bid
  const recovered = minBig(paid, owed)
  contract.auctions.delete(auction)
  return receive(context, contract, open, {
    ...{ paid, recovered, isOver: true, rounding: [] },
    event: { kind: 'auction-settled', pool, auction, winner, lot: done.lot, paid, recovered },
    legs: [
      held(contract, debt, -paid),
      held(contract, collateral, -done.lot),
      holderLeg(state, winner, collateral, done.lot),
    ],
  })
}

function buy(
  context: CallContext,
  contract: LendingContract,
  { pool, auction, amount, maxPriceRay }: CallOf<'buy-in-auction'>,
): CallResult {
  const { sender: buyer, now, state, rules } = context
  const { engine } = contract.spec
  const open = contract.auctions.get(auction)
  if (open === undefined) return 'unknown-auction'
  if (open.kind !== 'dutch' || engine.kind !== 'dutch') return 'wrong-engine'
  const clip = clipRulesOf(engine)
  const done = rules.takeFromSale(open.state, { amount, maxPrice: maxPriceRay }, clip, now)
  if (done.status === 'refused') return auctionRefusal(done.reason)
  const { collateral, debt, borrower, owed } = open
  const { slice, owe, returned, sale } = done
  const { price } = clipStatus(open.state, clip, now)
  const paid = divUp(owe, RAY)
  const recovered = minBig(paid, owed)
  if (slice === 0n) return 'invalid-amount'
  const isOver = sale === null
  if (isOver) contract.auctions.delete(auction)
  else contract.auctions.set(auction, { ...open, owed: owed - recovered, state: sale })
  return receive(context, contract, open, {
    ...{ paid, recovered, isOver },
    event: {
      ...{ kind: 'auction-sold', pool, auction, buyer, lot: slice },
      ...{ priceRay: price, paid, recovered, returned },
      ...{ leftRay: sale?.tab ?? 0n, isOver },
    },
    legs: [
      holderLeg(state, buyer, debt, -paid),
      held(contract, collateral, -slice - returned),
      holderLeg(state, buyer, collateral, slice),
      holderLeg(state, borrower, collateral, returned),
    ],
    rounding: upRounding(debt, owe, RAY),
  })
}

function restart(
  context: CallContext,
  contract: LendingContract,
  { pool, auction }: CallOf<'restart-auction'>,
): CallResult {
  const { now, events } = context
  const { engine } = contract.spec
  const open = contract.auctions.get(auction)
  if (open === undefined) return 'unknown-auction'
  const run = new PoolRun(context, contract, [])
  if (open.kind === 'english' && engine.kind === 'english') {
    const done = tick(open.state, flipRulesOf(engine), now)
    if (done.status === 'refused') return auctionRefusal(done.reason)
    contract.auctions.set(auction, { ...open, state: done.auction })
    events.push({ kind: 'auction-restarted', pool, auction, topRay: 0n, prices: [] })
    return null
  }
  if (open.kind !== 'dutch' || engine.kind !== 'dutch') return 'wrong-engine'
  const priceRay = run.pairPriceRay(open)
  if (priceRay === null) return 'no-price'
  const done = redo(open.state, priceRay, clipRulesOf(engine), now)
  if (done.status === 'refused') return auctionRefusal(done.reason)
  contract.auctions.set(auction, { ...open, state: done.sale })
  events.push({ kind: 'auction-restarted', pool, auction, topRay: done.sale.top, prices: run.used })
  return null
}

function postLegs({ state }: CallContext, legs: readonly Leg[]): CallResult {
  const entry = new EntryLegs()
  for (const leg of legs) entry.add(leg)
  return state.ledger.post('lending-auction', entry.debitsFirst()) ? null : 'insufficient-balance'
}
