// Finality of an L1 as its validators vote it, after Casper FFG (Buterin and Griffith 2017, arXiv 1710.09437) in
// Ethereum's form: two thirds of the stake justify an epoch, and an epoch is final with `finalityEpochs` justified ones in
// a row, itself the first. Votes for an epoch stand in the blocks of the next one. A value, folded from block to block.
import {
  type ChainEvent,
  type ChainSpec,
  type Receipt,
  type ValidatorSet,
  validatorsOf,
} from '@solvent/protocol'
import {
  chargeEpoch,
  everyGroup,
  FULL_STAKE,
  MIN_EPOCHS_TO_LEAK,
  type Stake,
  weightOf,
} from './validator-stake.ts'

/** What finality follows from, fixed for a chain. */
export interface FinalityRules {
  readonly epochSlots: number
  readonly finalityEpochs: number
  readonly validators: ValidatorSet
}

export interface FinalityState {
  /** Of the newest block. */
  readonly epoch: number
  /** Groups whose votes for the epoch before are in this epoch's blocks so far. */
  readonly votes: number
  /** -1 before the first. */
  readonly justifiedEpoch: number
  readonly finalizedEpoch: number
  /** Justified epochs in a row up to the newest. */
  readonly streak: number
  readonly stakes: readonly Stake[]
  readonly missedGwei: bigint
  readonly leakedGwei: bigint
}

/** What a block says about its chain's finality. */
export interface FinalityNews {
  readonly number: number
  readonly votes: number
  /** Bits of the groups that the block slashes. */
  readonly slashed: number
}

/** Bits of the groups that receipts slash. */
export function slashedIn(receipts: readonly Receipt[]): number {
  let slashed = 0
  for (const { events } of receipts) {
    // By index: the iterator of a frozen list is an object for each of its items.
    for (let i = 0; i < events.length; i++) {
      const event = events[i] as ChainEvent
      if (event.kind === 'validators-slashed') slashed |= 1 << event.group
    }
  }
  return slashed
}

/** The rules of an L1; null for a rollup, whose finality its L1 decides. */
export function finalityRulesOf(chain: ChainSpec): FinalityRules | null {
  const { consensus } = chain
  if (consensus.kind !== 'l1') return null
  const { epochSlots, finalityEpochs } = consensus
  return { epochSlots, finalityEpochs, validators: validatorsOf(chain, consensus) }
}

export function finalityAtGenesis({ validators }: Pick<FinalityRules, 'validators'>): FinalityState {
  return {
    epoch: 0,
    votes: 0,
    justifiedEpoch: -1,
    finalizedEpoch: -1,
    streak: 0,
    stakes: validators.groups.map(() => FULL_STAKE),
    missedGwei: 0n,
    leakedGwei: 0n,
  }
}

/** The state after a block on the state of its parent. */
export function nextFinality(rules: FinalityRules, parent: FinalityState, news: FinalityNews): FinalityState {
  const epoch = Math.floor(news.number / rules.epochSlots)
  let state = parent
  while (state.epoch < epoch) state = endEpoch(rules, state)
  const votes = state.votes | news.votes
  if (votes !== state.votes) state = justify(rules, { ...state, votes })
  return news.slashed === 0 ? state : withSlashed(state, news.slashed)
}

/** The last block number of the newest justified epoch; 0 (genesis) before. */
export function justifiedNumber(
  { epochSlots }: Pick<FinalityRules, 'epochSlots'>,
  state: FinalityState,
): number {
  return Math.max(0, (state.justifiedEpoch + 1) * epochSlots - 1)
}

/** The last block number of the newest final epoch; 0 (genesis) before. */
export function finalizedNumber(
  { epochSlots }: Pick<FinalityRules, 'epochSlots'>,
  state: FinalityState,
): number {
  return Math.max(0, (state.finalizedEpoch + 1) * epochSlots - 1)
}

/** Epochs since the newest final one, less those that finality takes at best. */
export function epochsWithoutFinality({ finalityEpochs }: FinalityRules, state: FinalityState): number {
  return Math.max(0, state.epoch - state.finalizedEpoch - finalityEpochs)
}

/** Whether the votes in this epoch's blocks justify the epoch before, and what that finalises. */
function justify(rules: FinalityRules, state: FinalityState): FinalityState {
  const { validators, finalityEpochs } = rules
  const target = state.epoch - 1
  if (target < 0 || target <= state.justifiedEpoch) return state
  const voted = weightOf(validators, state.stakes, state.votes)
  if (3 * voted < 2 * weightOf(validators, state.stakes, everyGroup(validators)) || voted === 0) return state
  const streak = state.justifiedEpoch === target - 1 ? state.streak + 1 : 1
  const finalizedEpoch =
    streak >= finalityEpochs
      ? Math.max(state.finalizedEpoch, target - finalityEpochs + 1)
      : state.finalizedEpoch
  return { ...state, justifiedEpoch: target, streak, finalizedEpoch }
}

/** No more votes for the epoch before can come: who did not vote pays. */
function endEpoch(rules: FinalityRules, state: FinalityState): FinalityState {
  const epoch = state.epoch + 1
  if (state.epoch === 0) return { ...state, epoch, votes: 0 }
  const leaks = epochsWithoutFinality(rules, state) > MIN_EPOCHS_TO_LEAK
  const charged = chargeEpoch(rules.validators, state.stakes, { votes: state.votes, leaks })
  return {
    ...state,
    epoch,
    votes: 0,
    stakes: charged.stakes,
    missedGwei: state.missedGwei + charged.missedGwei,
    leakedGwei: state.leakedGwei + charged.leakedGwei,
  }
}

function withSlashed(state: FinalityState, slashed: number): FinalityState {
  const stakes = state.stakes.map(
    (stake, i): Stake => (((slashed >>> i) & 1) === 1 ? { ...stake, isActive: false } : stake),
  )
  return { ...state, stakes }
}
