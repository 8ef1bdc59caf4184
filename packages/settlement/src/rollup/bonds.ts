// The bonds of proposed roots: put up, given back, forfeited. The contract holds them in the gas token.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type ChainSpec,
  type EntryCause,
  type Leg,
  type OptimisticConsensus,
  rollupContract,
} from '@solvent/protocol'
import { type CallContext, holderLeg } from '../execution/call-context.ts'
import type { Rollup } from './posting.ts'
import type { Proposal } from './proposal-series.ts'

type Optimistic = Rollup<OptimisticConsensus>

/** The share of a forfeited bond that is burned, so that nobody gains by disproving himself. */
const BURN_DIVISOR = 2n

/** Takes the sender's bond; false when it has too little. */
export function takeBond(context: CallContext, { chain, consensus }: Optimistic): boolean {
  const { rootBond } = consensus
  return move(context, 'bond-post', [
    holderLeg(context.state, context.sender, ZERO_ADDRESS, -rootBond),
    held(chain, rootBond),
  ])
}

/** Gives a bond back to its proposer. */
export function returnBond(context: CallContext, { chain }: Optimistic, proposal: Proposal): void {
  const { bond, proposer } = proposal
  move(context, 'bond-return', [held(chain, -bond), holderLeg(context.state, proposer, ZERO_ADDRESS, bond)])
}

/** Half of a bond to the sender, who has disproved its root, the rest to BURN. */
export function forfeitBond(context: CallContext, { chain }: Optimistic, { bond }: Proposal): void {
  const residue = bond % BURN_DIVISOR
  const reward = (bond - residue) / BURN_DIVISOR
  const legs: Leg[] = [
    held(chain, -bond),
    holderLeg(context.state, context.sender, ZERO_ADDRESS, reward),
    { kind: 'BURN', owner: '', token: ZERO_ADDRESS, amount: bond - reward },
  ]
  const sound = legs.filter(({ amount }) => amount !== 0n)
  if (sound.length === 0) return
  const rounding = { token: ZERO_ADDRESS, direction: 'floor', residue, divisor: BURN_DIVISOR } as const
  context.state.ledger.post('bond-forfeit', sound, residue === 0n ? [] : [rounding])
}

function held(chain: ChainSpec, amount: bigint): Leg {
  return { kind: 'BOND', owner: rollupContract(chain), token: ZERO_ADDRESS, amount }
}

/** Posts nothing where there is no bond. */
function move({ state }: CallContext, cause: EntryCause, legs: readonly Leg[]): boolean {
  return legs.every(({ amount }) => amount === 0n) || state.ledger.post(cause, legs)
}
