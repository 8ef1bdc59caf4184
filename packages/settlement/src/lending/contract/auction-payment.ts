// What an auction brings in: the debt's part goes to the reserve first and the penalty to the treasury. What the debt's part misses is
// bad debt from the moment at which the auction is over (C-6).
import type { Address } from '@solvent/primitives'
import type { ChainEvent, Leg, Rounding } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { recoverAuctioned } from '../liquidation/seize-lot.ts'
import type { CollateralAuction } from './collateral-auction.ts'
import { payBadDebt } from './insurance.ts'
import type { LendingContract } from './lending-contract.ts'
import { PoolRun } from './pool-run.ts'

interface Payment {
  readonly paid: bigint
  /** Of it, for the reserve. */
  readonly recovered: bigint
  readonly isOver: boolean
  readonly event: ChainEvent
  readonly legs: readonly Leg[]
  readonly rounding: readonly Rounding[]
}

/** Brings what was paid into the reserve, and books what is missing once the auction is over. */
export function receive(
  context: CallContext,
  contract: LendingContract,
  { debt, owed, borrower }: CollateralAuction,
  { paid, recovered, isOver, event, legs, rounding }: Payment,
): CallResult {
  const { state, sender, rules, events } = context
  const { address: pool, treasury } = contract.spec
  const run = new PoolRun(context, contract, [])
  const lost = isOver ? owed - recovered : 0n
  const booked = rules.auctionLoss(lost)
  recoverAuctioned(run.pool, { asset: debt, recovered, lost: booked }, run.moment)
  events.push(event)
  if (booked > 0n) events.push({ kind: 'bad-debt-booked', pool, token: debt, borrower, amount: booked })
  const covered = payBadDebt(context, contract, run, booked > 0n ? [{ asset: debt, amount: booked }] : [])
  return run.post(
    'lending-auction',
    [...rounding, ...covered.rounding],
    [
      ...legs,
      ...covered.legs,
      holderLeg(state, sender, debt, recovered),
      holderLeg(state, treasury, debt, paid - recovered),
    ],
  )
}

/** Lots and bids of running auctions lie with the pool. */
export function held({ spec }: LendingContract, token: Address, amount: bigint): Leg {
  return { kind: 'LIQ', owner: spec.address, token, amount }
}
