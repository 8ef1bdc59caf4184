// The entry point of a fixed-spread liquidation.
import type { Address } from '@solvent/primitives'
import { RAY } from '@solvent/primitives'
import type { LendingCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { liquidate } from '../liquidation/liquidate.ts'
import type { Reserve } from '../reserve.ts'
import { payBadDebt } from './insurance.ts'
import type { LendingContract } from './lending-contract.ts'
import { PoolRun } from './pool-run.ts'
import { revertReason } from './refusal-reason.ts'
import { floorRounding, upRounding } from './scaled-rounding.ts'
import { isTooSoon } from './slow-engine.ts'

/** Liquidates, and books what debt is left when the last collateral has gone (C-6). */
export function runLiquidation(
  context: CallContext,
  contract: LendingContract,
  call: Extract<LendingCall, { kind: 'liquidate' }>,
): CallResult {
  const { pool, borrower, collateral, debt, receive } = call
  const { sender: liquidator, events, rules } = context
  const { engine } = contract.spec
  if (engine.kind !== 'fixed-spread' && engine.kind !== 'slow') return 'wrong-engine'
  if (isTooSoon(contract, borrower, context.now)) return 'too-early'
  const run = new PoolRun(context, contract, [liquidator, borrower])
  const done = liquidate(
    run.pool,
    {
      liquidator,
      borrower,
      collateralAsset: collateral,
      debtAsset: debt,
      debtToCover: call.debtToCover,
      receive,
    },
    run.moment,
  )
  if (done.status === 'refused') return revertReason(done.reason)
  if (engine.kind === 'slow') contract.liquidatedAt.set(borrower, context.now)
  const seized = rules.collateralPaid(done.collateralToLiquidator)
  const extra = seized - done.collateralToLiquidator
  const reserve = contract.reserves.get(collateral) as Reserve
  if (extra !== 0n) contract.reserves.set(collateral, { ...reserve, cash: reserve.cash - extra })
  const { debtRepaid, protocolFeeCollateral: fee, healthFactor, badDebt } = done
  events.push({
    kind: 'liquidated',
    pool,
    borrower,
    liquidator,
    collateral,
    debt,
    debtRepaid,
    seized,
    fee,
    receive,
    healthFactor,
    prices: run.used,
  })
  for (const { asset, amount } of badDebt)
    events.push({ kind: 'bad-debt-booked', pool, token: asset as Address, borrower, amount })
  const paid = payBadDebt(context, contract, run, badDebt)
  const { borrowIndexRay } = contract.reserves.get(debt) as Reserve
  const rounding = [
    ...floorRounding(contract.debtOf(debt), debtRepaid * RAY, borrowIndexRay),
    ...upRounding(
      contract.receiptOf(collateral),
      done.collateralToLiquidator * RAY,
      reserve.liquidityIndexRay,
    ),
    ...paid.rounding,
  ]
  return run.post('lending-liquidate', rounding, paid.legs)
}
