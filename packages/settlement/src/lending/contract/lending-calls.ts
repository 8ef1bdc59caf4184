// The entry points of lending pools: each runs its command of the machine, posts the entry and tells what happened.
import type { Address } from '@solvent/primitives'
import { assertNever, RAY } from '@solvent/primitives'
import { ALL_OF_IT, type LendingCall, type Rounding } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { positionIn } from '../account.ts'
import { borrow, repay } from '../borrow.ts'
import { coverDeficit, mintToTreasury, setCollateral, setEMode } from '../claims.ts'
import { accountOf, reserveNow } from '../pool.ts'
import { type Reserve, scaledSupplyUp } from '../reserve.ts'
import { supply, withdraw } from '../supply.ts'
import { runAuctionCall } from './auction-calls.ts'
import { collectPremium } from './insurance.ts'
import type { LendingContract } from './lending-contract.ts'
import { runLiquidation } from './liquidation-call.ts'
import { PoolRun } from './pool-run.ts'
import { revertReason } from './refusal-reason.ts'
import { floorRounding, upRounding } from './scaled-rounding.ts'

type CallOf<K extends LendingCall['kind']> = Extract<LendingCall, { kind: K }>

export function runLendingCall(context: CallContext, call: LendingCall): CallResult {
  const contract = context.state.lending.get(call.pool)
  if (contract === undefined) return 'unknown-pool'
  switch (call.kind) {
    case 'supply':
      return runSupply(context, contract, call)
    case 'withdraw':
      return runWithdraw(context, contract, call)
    case 'borrow':
      return runBorrow(context, contract, call)
    case 'repay':
      return runRepay(context, contract, call)
    case 'set-collateral':
      return runSetCollateral(context, contract, call)
    case 'set-e-mode':
      return runSetEMode(context, contract, call)
    case 'liquidate':
      return runLiquidation(context, contract, call)
    case 'start-auction':
    case 'bid-in-auction':
    case 'settle-auction':
    case 'buy-in-auction':
    case 'restart-auction':
      return runAuctionCall(context, contract, call)
    case 'mint-to-treasury':
      return runMintToTreasury(context, contract, call)
    case 'cover-deficit':
      return runCoverDeficit(context, contract, call)
    default:
      return assertNever(call)
  }
}

function runSupply(
  context: CallContext,
  contract: LendingContract,
  { pool, token, amount }: CallOf<'supply'>,
): CallResult {
  const { sender: user } = context
  const run = new PoolRun(context, contract, [user])
  const done = supply(run.pool, { owner: user, asset: token, amount }, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  const { scaled } = done
  context.events.push({ kind: 'supplied', pool, token, user, amount, scaled })
  const { liquidityIndexRay } = reserveOf(contract, token)
  return run.post('lending-supply', floorRounding(contract.receiptOf(token), amount * RAY, liquidityIndexRay))
}

function runWithdraw(
  context: CallContext,
  contract: LendingContract,
  { pool, token, amount }: CallOf<'withdraw'>,
): CallResult {
  const { sender: user } = context
  const run = new PoolRun(context, contract, [user])
  const before = reserveNow(run.pool, token, run.moment)
  if (before === undefined) return 'unknown-token'
  const wanted = amount === ALL_OF_IT ? ('all' as const) : amount
  const pledged = positionIn(accountOf(run.pool, user), token).scaledSupply
  const isFree = wanted === 'all' ? pledged === 0n : scaledSupplyUp(wanted, before) <= run.freeOf(user, token)
  const take = (owner: string) => withdraw(run.pool, { owner, asset: token, amount: wanted }, run.moment)
  if (!isFree) run.adopt(user, token)
  const done = isFree ? run.onFree(user, token, take) : take(user)
  if (done.status === 'refused') return revertReason(done.reason)
  const scaled = before.scaledSupply - reserveOf(contract, token).scaledSupply
  const { amount: paid } = done
  context.events.push({ kind: 'withdrawn', pool, token, user, amount: paid, scaled, prices: run.used })
  const index = before.liquidityIndexRay
  return run.post(
    'lending-withdraw',
    wanted === 'all'
      ? floorRounding(token, scaled * index, RAY)
      : upRounding(contract.receiptOf(token), paid * RAY, index),
  )
}

function runBorrow(
  context: CallContext,
  contract: LendingContract,
  { pool, token, amount }: CallOf<'borrow'>,
): CallResult {
  const { sender: user } = context
  const run = new PoolRun(context, contract, [user])
  const done = borrow(run.pool, { owner: user, asset: token, amount }, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  const { scaled } = done
  context.events.push({ kind: 'borrowed', pool, token, user, amount, scaled, prices: run.used })
  return run.post('lending-borrow', debtRounding(contract, token, 'up', amount))
}

function runRepay(
  context: CallContext,
  contract: LendingContract,
  { pool, token, amount, onBehalfOf: user }: CallOf<'repay'>,
): CallResult {
  const { sender: payer, rules } = context
  const run = new PoolRun(context, contract, [payer, user])
  const given = { owner: user, asset: token, amount: amount === ALL_OF_IT ? ('all' as const) : amount }
  const owed = positionIn(accountOf(run.pool, user), token).scaledDebt
  const done = repay(run.pool, given, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  const scaled = owed - positionIn(accountOf(run.pool, user), token).scaledDebt
  contract.reserves.set(token, rules.reserveAfterRepay(reserveOf(contract, token)))
  context.events.push({ kind: 'repaid', pool, token, user, payer, amount: done.amount, scaled })
  return run.post('lending-repay', debtRounding(contract, token, 'floor', done.amount))
}

function runSetCollateral(
  context: CallContext,
  contract: LendingContract,
  { pool, token, use }: CallOf<'set-collateral'>,
): CallResult {
  const { sender: user } = context
  const run = new PoolRun(context, contract, [user])
  if (reserveNow(run.pool, token, run.moment) === undefined) return 'unknown-token'
  if (use === 'as-collateral') run.adopt(user, token)
  const done = setCollateral(run.pool, { owner: user, asset: token, use }, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  context.events.push({ kind: 'collateral-set', pool, token, user, use, prices: run.used })
  return run.post('lending-collateral')
}

function runSetEMode(
  context: CallContext,
  contract: LendingContract,
  { pool, eMode }: CallOf<'set-e-mode'>,
): CallResult {
  const { sender: user } = context
  const run = new PoolRun(context, contract, [user])
  const done = setEMode(run.pool, { owner: user, eMode }, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  context.events.push({ kind: 'e-mode-set', pool, user, eMode, prices: run.used })
  return run.post('lending-collateral')
}

function runMintToTreasury(
  context: CallContext,
  contract: LendingContract,
  { pool, token }: CallOf<'mint-to-treasury'>,
): CallResult {
  const run = new PoolRun(context, contract, [])
  if (contract.spec.insurance !== null) {
    const collected = collectPremium(context, contract, run, token)
    return typeof collected === 'string'
      ? revertReason(collected)
      : run.post('lending-treasury', collected.rounding)
  }
  const done = mintToTreasury(run.pool, token, run.moment)
  if (done.status === 'refused') return revertReason(done.reason)
  context.events.push({ kind: 'treasury-minted', pool, token, scaled: done.scaled })
  return run.post('lending-treasury')
}

function runCoverDeficit(
  context: CallContext,
  contract: LendingContract,
  { pool, token, amount }: CallOf<'cover-deficit'>,
): CallResult {
  const { sender: from } = context
  const run = new PoolRun(context, contract, [from])
  if (reserveNow(run.pool, token, run.moment) === undefined) return 'unknown-token'
  const cover = (owner: string) => coverDeficit(run.pool, { owner, asset: token, amount }, run.moment)
  const done = run.onFree(from, token, cover)
  if (done.status === 'refused') return revertReason(done.reason)
  context.events.push({ kind: 'deficit-covered', pool, token, from, amount: done.covered })
  const { liquidityIndexRay } = reserveOf(contract, token)
  return run.post(
    'lending-cover',
    upRounding(contract.receiptOf(token), done.covered * RAY, liquidityIndexRay),
  )
}

function reserveOf({ reserves }: LendingContract, token: Address): Reserve {
  return reserves.get(token) as Reserve
}

function debtRounding(
  contract: LendingContract,
  token: Address,
  direction: Rounding['direction'],
  amount: bigint,
): Rounding[] {
  const round = direction === 'up' ? upRounding : floorRounding
  return round(contract.debtOf(token), amount * RAY, reserveOf(contract, token).borrowIndexRay)
}
