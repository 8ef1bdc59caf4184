// The entry points of isolated markets: the calls of a lending pool, at a market's address. What is supplied of the collateral is pledged.
import type { Address } from '@solvent/primitives'
import { ALL_OF_IT, type LendingCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../../execution/call-context.ts'
import { revertReason } from '../../contract/refusal-reason.ts'
import {
  borrowIsolated,
  releaseIsolated,
  repayIsolated,
  supplyIsolated,
  withdrawIsolated,
} from '../isolated-commands.ts'
import { liquidateIsolated } from '../isolated-liquidation.ts'
import type { IsolatedContract } from './isolated-contract.ts'
import { IsolatedRun } from './isolated-run.ts'

type CallOf<K extends LendingCall['kind']> = Extract<LendingCall, { kind: K }>

export function runIsolatedCall(
  context: CallContext,
  contract: IsolatedContract,
  call: LendingCall,
): CallResult {
  const { loan, collateral } = contract.spec
  switch (call.kind) {
    case 'supply':
      if (call.token === collateral.token) return pledge(context, contract, call.amount)
      return call.token === loan.token ? supply(context, contract, call.amount) : 'unknown-token'
    case 'withdraw':
      if (call.token === collateral.token) return release(context, contract, wanted(call.amount))
      return call.token === loan.token ? withdraw(context, contract, wanted(call.amount)) : 'unknown-token'
    case 'borrow':
      return call.token === loan.token ? borrow(context, contract, call.amount) : 'borrowing-not-enabled'
    case 'repay':
      return call.token === loan.token ? repay(context, contract, call) : 'unknown-token'
    case 'liquidate':
      if (call.collateral !== collateral.token || call.debt !== loan.token) return 'unknown-token'
      return liquidate(context, contract, call)
    default:
      return 'wrong-engine'
  }
}

const wanted = (amount: bigint): bigint | 'all' => (amount === ALL_OF_IT ? 'all' : amount)

function supply(context: CallContext, contract: IsolatedContract, given: bigint): CallResult {
  const run = new IsolatedRun(context, contract)
  const done = supplyIsolated(run.totals, given)
  if (done.status === 'refused') return revertReason(done.reason)
  const { amount, shares } = done
  run.pay(contract.spec.loan.token, amount)
  run.issueTo(run.holder(contract.shareToken, shares))
  context.events.push({ kind: 'isolated-supplied', ...run.user, amount, shares })
  return run.post(
    'isolated-supply',
    done.totals,
    run.rounding('floor', contract.shareToken, 'supply', amount),
  )
}

function withdraw(context: CallContext, contract: IsolatedContract, asked: bigint | 'all'): CallResult {
  const run = new IsolatedRun(context, contract)
  const { state, sender } = context
  const held = state.ledger.balance(state.kindOf(sender), sender, contract.shareToken)
  const done = withdrawIsolated(run.totals, held, asked)
  if (done.status === 'refused') return revertReason(done.reason)
  const { amount, shares } = done
  run.issueTo(run.holder(contract.shareToken, -shares))
  run.pay(contract.spec.loan.token, -amount)
  context.events.push({ kind: 'isolated-withdrawn', ...run.user, amount, shares })
  const rounding = asked === 'all' ? [] : run.rounding('up', contract.shareToken, 'supply', amount)
  return run.post('isolated-withdraw', done.totals, rounding)
}

function pledge(context: CallContext, contract: IsolatedContract, amount: bigint): CallResult {
  if (amount <= 0n) return 'invalid-amount'
  const run = new IsolatedRun(context, contract, 'as-it-was')
  const position = run.positionOf(context.sender)
  run.pay(contract.spec.collateral.token, amount)
  run.write(context.sender, { ...position, collateral: position.collateral + amount })
  context.events.push({ kind: 'isolated-pledged', ...run.user, amount })
  return run.post('isolated-pledge', run.totals)
}

function release(context: CallContext, contract: IsolatedContract, asked: bigint | 'all'): CallResult {
  const run = new IsolatedRun(context, contract)
  const position = run.positionOf(context.sender)
  const done = releaseIsolated(run.totals, position, asked, {
    lltvWad: contract.spec.lltvWad,
    price: position.borrowShares === 0n ? null : run.price(),
  })
  if (done.status === 'refused') return revertReason(done.reason)
  run.pay(contract.spec.collateral.token, -done.amount)
  run.write(context.sender, done.position)
  context.events.push({ kind: 'isolated-released', ...run.user, amount: done.amount, prices: run.used })
  return run.post('isolated-release', run.totals)
}

function borrow(context: CallContext, contract: IsolatedContract, asked: bigint): CallResult {
  const run = new IsolatedRun(context, contract)
  const { lltvWad, loan } = contract.spec
  const terms = { lltvWad, price: run.price() }
  const done = borrowIsolated(run.totals, run.positionOf(context.sender), asked, terms)
  if (done.status === 'refused') return revertReason(done.reason)
  const { amount, shares } = done
  run.pay(loan.token, -amount)
  run.write(context.sender, done.position)
  context.events.push({ kind: 'isolated-borrowed', ...run.user, amount, shares, prices: run.used })
  return run.post('isolated-borrow', done.totals, run.rounding('up', contract.debtToken, 'borrow', amount))
}

function repay(
  context: CallContext,
  contract: IsolatedContract,
  { amount: asked, onBehalfOf }: CallOf<'repay'>,
): CallResult {
  const run = new IsolatedRun(context, contract)
  const done = repayIsolated(run.totals, run.positionOf(onBehalfOf), wanted(asked))
  if (done.status === 'refused') return revertReason(done.reason)
  const { amount, shares } = done
  run.pay(contract.spec.loan.token, amount)
  run.write(onBehalfOf, done.position)
  const { pool, user: payer } = run.user
  context.events.push({ kind: 'isolated-repaid', pool, user: onBehalfOf, payer, amount, shares })
  const rounding =
    done.position.borrowShares === 0n ? [] : run.rounding('floor', contract.debtToken, 'borrow', amount)
  return run.post('isolated-repay', done.totals, rounding)
}

function liquidate(
  context: CallContext,
  contract: IsolatedContract,
  { borrower, debtToCover }: CallOf<'liquidate'>,
): CallResult {
  const { rules, sender: liquidator } = context
  const { lltvWad, loan, collateral, address: pool } = contract.spec
  if (borrower === liquidator) return 'self-liquidation'
  const run = new IsolatedRun(context, contract)
  const terms = { lltvWad, price: run.price(), lossOf: rules.isolatedLoss }
  const done = liquidateIsolated(run.totals, run.positionOf(borrower), wanted(debtToCover), terms)
  if (done.status === 'refused') return revertReason(done.reason)
  const { repaid, repaidShares, badDebt, badDebtShares } = done
  const seized = rules.collateralPaid(done.seized)
  run.pay(loan.token, repaid)
  run.pay(collateral.token, -seized)
  run.write(borrower as Address, done.position)
  context.events.push({
    kind: 'isolated-liquidated',
    ...{ pool, borrower, liquidator, repaid, repaidShares, seized, badDebt, badDebtShares },
    prices: run.used,
  })
  return run.post('isolated-liquidate', done.totals)
}
