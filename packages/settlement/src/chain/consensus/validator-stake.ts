// What absence costs validators: the penalties of Ethereum's consensus since Bellatrix, in exact integers of Gwei for one
// validator of a group. Source: ethereum/consensus-specs, specs/altair/beacon-chain.md (inactivity scores, flag penalties)
// and specs/bellatrix/beacon-chain.md (INACTIVITY_PENALTY_QUOTIENT). Rewards are not modelled: stakes only fall.
import { isqrtFloor } from '@solvent/primitives'
import { VALIDATOR_STAKE_GWEI, type ValidatorSet } from '@solvent/protocol'

/** Epochs without finality, beyond those that it always takes, after which the leak begins: at the fifth. */
export const MIN_EPOCHS_TO_LEAK = 4
const SCORE_BIAS = 4
const SCORE_RECOVERY = 16
const INCREMENT_GWEI = 1_000_000_000
const BASE_REWARD_FACTOR = 64n
/** Of the votes for source and target, 14 + 26; a missed vote for the head costs nothing. */
const MISSED_WEIGHT = 40n
const WEIGHT_DENOMINATOR = 64n
const HYSTERESIS_GWEI = INCREMENT_GWEI / 4
const EJECTION_GWEI = 16 * INCREMENT_GWEI

/** One validator of a group; the others of the group are like it. */
export interface Stake {
  readonly balanceGwei: number
  /** What counts for votes and penalties: whole ETH, follows the balance with a lag. */
  readonly effectiveGwei: number
  readonly score: number
  /** Votes and proposes. Slashed validators, and those whose stake has leaked to 16 ETH, do not. */
  readonly isActive: boolean
}

/** Paid by all groups, Gwei. */
export interface Penalties {
  /** For votes that were missed, at any time. */
  readonly missedGwei: bigint
  /** By the inactivity leak. */
  readonly leakedGwei: bigint
}

export const FULL_STAKE: Stake = Object.freeze({
  balanceGwei: VALIDATOR_STAKE_GWEI,
  effectiveGwei: VALIDATOR_STAKE_GWEI,
  score: 0,
  isActive: true,
})

/** Active stake of the groups whose bits are set, in whole ETH. */
export function weightOf({ groups }: ValidatorSet, stakes: readonly Stake[], votes: number): number {
  let weight = 0
  for (let i = 0; i < groups.length; i++) {
    const stake = stakes[i] as Stake
    if (stake.isActive && ((votes >>> i) & 1) === 1)
      weight +=
        (groups[i] as ValidatorSet['groups'][number]).validators * (stake.effectiveGwei / INCREMENT_GWEI)
  }
  return weight
}

/** All bits. */
export function everyGroup({ groups }: ValidatorSet): number {
  return (1 << groups.length) - 1
}

/** Charges one epoch: `votes` are the groups that voted in it, `leaks` whether finality has been away too long. */
export function chargeEpoch(
  set: ValidatorSet,
  stakes: readonly Stake[],
  { votes, leaks }: { readonly votes: number; readonly leaks: boolean },
): { readonly stakes: readonly Stake[] } & Penalties {
  const isQuiet = stakes.every(
    ({ score, isActive }, i) => !isActive || (score === 0 && ((votes >>> i) & 1) === 1),
  )
  if (isQuiet) return { stakes, missedGwei: 0n, leakedGwei: 0n }
  const totalGwei = BigInt(weightOf(set, stakes, everyGroup(set))) * BigInt(INCREMENT_GWEI)
  // Someone active is not quiet, so that the total is not zero.
  const rewardPerEth = (BigInt(INCREMENT_GWEI) * BASE_REWARD_FACTOR) / isqrtFloor(totalGwei)
  let missedGwei = 0n
  let leakedGwei = 0n
  const charged = stakes.map((stake, i): Stake => {
    if (!stake.isActive) return stake
    const voted = ((votes >>> i) & 1) === 1
    const score = nextScore(stake.score, voted, leaks)
    if (voted) return { ...stake, score }
    const eth = BigInt(stake.effectiveGwei / INCREMENT_GWEI)
    const missed = (eth * rewardPerEth * MISSED_WEIGHT) / WEIGHT_DENOMINATOR
    const leaked = (BigInt(stake.effectiveGwei) * BigInt(score)) / BigInt(SCORE_BIAS * set.inactivityQuotient)
    const count = BigInt(set.groups[i]?.validators ?? 0)
    missedGwei += missed * count
    leakedGwei += leaked * count
    return reduced({ ...stake, score }, Number(missed + leaked))
  })
  return { stakes: charged, missedGwei, leakedGwei }
}

/** Rises while absent, falls by one an epoch when present and by 16 while there is no leak. */
function nextScore(score: number, voted: boolean, leaks: boolean): number {
  const next = voted ? score - Math.min(1, score) : score + SCORE_BIAS
  return leaks ? next : next - Math.min(SCORE_RECOVERY, next)
}

/** The balance after a penalty; the effective balance follows once it is a quarter of an ETH too high. */
function reduced(stake: Stake, penaltyGwei: number): Stake {
  const balanceGwei = Math.max(0, stake.balanceGwei - penaltyGwei)
  const effectiveGwei =
    balanceGwei + HYSTERESIS_GWEI < stake.effectiveGwei
      ? balanceGwei - (balanceGwei % INCREMENT_GWEI)
      : stake.effectiveGwei
  return { ...stake, balanceGwei, effectiveGwei, isActive: effectiveGwei > EJECTION_GWEI }
}
