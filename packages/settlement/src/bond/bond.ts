// Bonds: put up for a claim, given back when it stands, forfeited when it falls. The contract holds them in the gas token
// of its chain (BOND). Half of a forfeited bond goes to whoever showed the claim to be wrong and the rest is burned, so
// that nobody gains by disproving himself. Source: UMA Optimistic Oracle V2 (burnedBondFraction 0.5).
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import type { EntryCause, Leg } from '@solvent/protocol'
import { type CallContext, holderLeg } from '../execution/call-context.ts'

const BURN_DIVISOR = 2n

/** Takes the sender's bond into a contract; false when the sender has too little. */
export function takeBond(context: CallContext, contract: Address, amount: bigint): boolean {
  return move(context, 'bond-post', [
    holderLeg(context.state, context.sender, ZERO_ADDRESS, -amount),
    held(contract, amount),
  ])
}

/** Gives a bond back. */
export function returnBond(context: CallContext, contract: Address, to: Address, amount: bigint): void {
  move(context, 'bond-return', [held(contract, -amount), holderLeg(context.state, to, ZERO_ADDRESS, amount)])
}

/** Half of a bond, rounded down, to the one who was right, the rest to BURN. */
export function forfeitBond(context: CallContext, contract: Address, to: Address, amount: bigint): void {
  const residue = amount % BURN_DIVISOR
  const reward = (amount - residue) / BURN_DIVISOR
  const legs: Leg[] = [
    held(contract, -amount),
    holderLeg(context.state, to, ZERO_ADDRESS, reward),
    { kind: 'BURN', owner: '', token: ZERO_ADDRESS, amount: amount - reward },
  ]
  const moved = legs.filter((leg) => leg.amount !== 0n)
  if (moved.length === 0) return
  const rounding = { token: ZERO_ADDRESS, direction: 'floor', residue, divisor: BURN_DIVISOR } as const
  context.state.ledger.post('bond-forfeit', moved, residue === 0n ? [] : [rounding])
}

function held(contract: Address, amount: bigint): Leg {
  return { kind: 'BOND', owner: contract, token: ZERO_ADDRESS, amount }
}

/** Posts nothing where there is no bond. */
function move({ state }: CallContext, cause: EntryCause, legs: readonly Leg[]): boolean {
  return legs.every(({ amount }) => amount === 0n) || state.ledger.post(cause, legs)
}
