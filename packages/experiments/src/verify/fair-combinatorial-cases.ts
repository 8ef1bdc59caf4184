// Kind `fair-combinatorial-auction`: filtering, winners, reference scores and capped rewards, to the unit.
import { exactOptimum, fairCombinatorial, performanceReward } from '@solvent/mechanisms'
import { EXACT, type FixtureKind } from './fixture-kind.ts'

interface Solution {
  readonly id: string
  readonly solver: string
  readonly scores: Readonly<Record<string, number>>
}

interface Terms {
  readonly total: number
  readonly reference: number
  readonly missing: number
  readonly protocol_fee: number
  readonly beta: number
  readonly c_l: number
}

interface Content {
  readonly cases: readonly {
    readonly name: string
    readonly solutions: readonly Solution[]
    readonly expected: unknown
  }[]
  readonly rewards: readonly (Terms & { readonly reward: number })[]
}

type Input =
  | { readonly of: 'auction'; readonly solutions: readonly Solution[] }
  | { readonly of: 'reward'; readonly terms: Terms }

/** Rewards stand in ETH there, as binary fractions: 0.03 − 0.01 is not the double nearest to 0.02. */
const BINARY_FRACTIONS = { relative: 1e-15, absolute: 0 }
const WEI = 1_000_000_000_000_000_000

export const fairCombinatorialKind: FixtureKind<Input> = {
  kind: 'fair-combinatorial-auction',
  split(content) {
    const { cases, rewards } = content as unknown as Content
    return [
      ...cases.map(({ name, solutions, expected }) => ({
        name,
        input: { of: 'auction' as const, solutions },
        want: expected,
        tolerance: EXACT,
      })),
      ...rewards.map(({ reward, ...terms }, index) => ({
        name: `reward ${index}`,
        input: { of: 'reward' as const, terms },
        want: reward,
        tolerance: BINARY_FRACTIONS,
      })),
    ]
  },
  compute: (input) => (input.of === 'auction' ? auction(input.solutions) : reward(input.terms)),
}

function auction(given: readonly Solution[]) {
  const solutions = given.map(({ id, solver, scores }) => ({
    id,
    solver,
    scores: new Map(Object.entries(scores).map(([pair, score]) => [pair, BigInt(score)])),
  }))
  const outcome = fairCombinatorial(solutions)
  const exact = exactOptimum(outcome.fair)
  const ids = (chosen: readonly { readonly id: string }[]) => chosen.map(({ id }) => id).sort()
  const references = [...outcome.referenceScores]
  return {
    baseline: Object.fromEntries([...outcome.baseline].map(([pair, score]) => [pair, Number(score)])),
    filtered_out: ids(outcome.filteredOut),
    fair: ids(outcome.fair),
    winners: ids(outcome.winners),
    total_score: Number(outcome.totalScore),
    reference_scores: Object.fromEntries(references.map(([solver, score]) => [solver, Number(score)])),
    uncapped_reward: Object.fromEntries(
      references.map(([solver, score]) => [solver, Number(outcome.totalScore - score)]),
    ),
    exact_optimum_score: Number(exact.score),
    exact_optimum_ids: ids(exact.solutions),
  }
}

function reward(terms: Terms): number {
  const wei = (amount: number) => BigInt(Math.round(amount * WEI))
  const exact = performanceReward({
    total: wei(terms.total),
    reference: wei(terms.reference),
    missing: wei(terms.missing),
    protocolFee: wei(terms.protocol_fee),
    capBps: Math.round(terms.beta * 10_000),
    mostPenalty: wei(terms.c_l),
  })
  return Number(exact) / WEI
}
