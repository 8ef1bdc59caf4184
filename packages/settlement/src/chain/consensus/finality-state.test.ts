import { asChainId } from '@solvent/primitives'
import { addressOf, INACTIVITY_QUOTIENT, privateKeyOf, type ValidatorSet } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  epochsWithoutFinality,
  type FinalityRules,
  type FinalityState,
  finalityAtGenesis,
  finalizedNumber,
  justifiedNumber,
  nextFinality,
} from './finality-state.ts'
import { proposerGroup } from './proposer.ts'

const producer = addressOf(privateKeyOf('consensus', 'producer' as never))

/** Groups of these sizes at one producer. */
function setOf(sizes: readonly number[], inactivityQuotient = INACTIVITY_QUOTIENT): ValidatorSet {
  return {
    groups: sizes.map((validators, i) => ({ name: `group-${i}`, validators, producer })),
    stakedOn: asChainId(1),
    inactivityQuotient,
  }
}

const ethereum = (sizes: readonly number[], quotient?: number): FinalityRules => ({
  epochSlots: 32,
  finalityEpochs: 2,
  validators: setOf(sizes, quotient),
})

/** One block at the start of each epoch from 1 on, with these votes for the epoch before. */
function heartbeats(
  rules: FinalityRules,
  votes: readonly number[],
  from = finalityAtGenesis(rules),
): FinalityState[] {
  const states: FinalityState[] = []
  let state = from
  for (const bits of votes) {
    state = nextFinality(rules, state, {
      number: (state.epoch + 1) * rules.epochSlots,
      votes: bits,
      slashed: 0,
    })
    states.push(state)
  }
  return states
}

const every = (count: number, votes: number): number[] => Array.from({ length: count }, () => votes)

describe('finality', () => {
  // Ethereum: at most 2 epochs of 32 slots from an epoch's start, so that slot 31 is final at slot 64.
  test('justifies an epoch one epoch on and finalises it two epochs on, when everybody votes', () => {
    const rules = ethereum([1_000])
    const states = heartbeats(rules, every(3, 1))
    expect(states.map((state) => justifiedNumber(rules, state))).toEqual([31, 63, 95])
    expect(states.map((state) => finalizedNumber(rules, state))).toEqual([0, 31, 63])
  })

  test.each([
    ['exactly two thirds of the stake vote', [2, 1], 1, 31],
    ['one validator less does', [1_999, 1_001], 1, 0],
  ])('needs two thirds: %s', (_name, sizes, votes, justified) => {
    const rules = ethereum(sizes)
    expect(justifiedNumber(rules, heartbeats(rules, [votes])[0] as FinalityState)).toBe(justified)
  })

  test('stalls without two thirds and comes back two epochs after they vote again', () => {
    const rules = ethereum([40, 60])
    const states = heartbeats(rules, [3, 3, 3, 1, 1, 1, 3, 3])
    expect(states.map((state) => finalizedNumber(rules, state))).toEqual([0, 31, 63, 63, 63, 63, 63, 223])
    expect(states.map((state) => epochsWithoutFinality(rules, state))).toEqual([0, 0, 0, 1, 2, 3, 4, 0])
  })

  test('does not take a vote that comes an epoch late', () => {
    const rules = ethereum([1_000])
    const late = nextFinality(rules, finalityAtGenesis(rules), { number: 70, votes: 1, slashed: 0 })
    expect(late).toMatchObject({ epoch: 2, justifiedEpoch: 1, finalizedEpoch: -1 })
  })

  test('ejects a slashed group, whose stake no longer counts on either side', () => {
    const rules = ethereum([60, 40])
    const slashed = nextFinality(rules, finalityAtGenesis(rules), { number: 5, votes: 0, slashed: 2 })
    expect(justifiedNumber(rules, heartbeats(rules, [1], slashed)[0] as FinalityState)).toBe(31)
    expect(heartbeats(rules, [2], slashed)[0]).toMatchObject({ justifiedEpoch: -1 })
  })
})

describe('the inactivity leak', () => {
  test('begins at the fifth epoch without finality and charges the absent by their score', () => {
    const rules = ethereum([400_000, 600_000])
    const states = heartbeats(rules, [3, 3, ...every(8, 1), 3, 3, 3])
    const leaked = states.map(({ leakedGwei }, i) => leakedGwei - (states[i - 1]?.leakedGwei ?? 0n))
    // score 4, 8, 12, 16: floor(32e9 · score / (4 · 2^24)) = 1907, 3814, 5722, 7629 Gwei each (Bellatrix), 600,000 of them.
    const each = [1_907n, 3_814n, 5_722n, 7_629n].map((gwei) => gwei * 600_000n)
    expect(leaked).toEqual([0n, 0n, 0n, 0n, 0n, 0n, 0n, ...each, 0n, 0n])
  })

  test('charges a missed vote 40/64 of the base reward from the first epoch on', () => {
    const rules = ethereum([400_000, 600_000])
    const [, state] = heartbeats(rules, [1, 3])
    // base reward per ETH = floor(64e9 / isqrt(32e15)) = floor(64e9 / 178885438) = 357; 32 · 357 · 40 / 64 = 7140 Gwei.
    expect(state).toMatchObject({ missedGwei: 7_140n * 600_000n, leakedGwei: 0n })
  })

  test('brings finality back without the absent, once their stake has leaked away', () => {
    // A quotient of 2^8 instead of 2^24, so that it takes epochs and not weeks.
    const rules = ethereum([60, 40], 2 ** 8)
    const states = heartbeats(rules, every(40, 1))
    const back = states.findIndex(({ finalizedEpoch }) => finalizedEpoch > 0)
    expect(back).toBeGreaterThan(5)
    expect(states[back]?.stakes[1]?.effectiveGwei).toBeLessThan(32e9)
    expect(states[back]?.stakes[0]?.balanceGwei).toBe(32e9)
  })
})

test('slots are spread over the groups of a producer by their size', () => {
  const set = setOf([1, 3])
  const slots = Array.from({ length: 4_000 }, (_, slot) => proposerGroup(set, producer, slot))
  const first = slots.filter((group) => group === 0).length
  expect(Math.abs(first - 1_000)).toBeLessThanOrEqual(3)
})
