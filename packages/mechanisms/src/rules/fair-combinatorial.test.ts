// Cases of the fair combinatorial auction beyond the official ones, which `solvent verify` runs (cow-fca.json).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyBudget,
  consistencyRewards,
  createMechanism,
  exactOptimum,
  fairCombinatorial,
  type Offer,
  performanceReward,
  type Round,
  type Solution,
} from '../index.ts'
import { lot, offer } from '../round.testing.ts'

const solution = (id: string, solver: string, scores: Readonly<Record<string, bigint>>): Solution => ({
  id,
  solver,
  scores: new Map(Object.entries(scores)),
})

const anySolutions = fc
  .array(
    fc.record({
      solver: fc.constantFrom('A', 'B', 'C'),
      scores: fc.dictionary(fc.constantFrom('AB', 'CD', 'EF'), fc.bigInt({ min: 1n, max: 20n }), {
        minKeys: 1,
      }),
    }),
    { maxLength: 8 },
  )
  .map((made) => made.map(({ solver, scores }, index) => solution(`s${index}`, solver, scores)))

describe('a fair combinatorial auction', () => {
  test('leaves every pair of a winner at its reference or above, with disjoint pairs and no more than the optimum', () => {
    fc.assert(
      fc.property(anySolutions, (solutions) => {
        const { winners, baseline, totalScore, fair } = fairCombinatorial(solutions)
        const pairs = winners.flatMap(({ scores }) => [...scores.keys()])
        expect(new Set(pairs).size).toBe(pairs.length)
        for (const { scores } of winners)
          for (const [pair, score] of scores)
            if (scores.size > 1) expect(score >= (baseline.get(pair) ?? 0n)).toBe(true)
        expect(totalScore <= exactOptimum(fair).score).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('raises a winner’s reward one for one when the second-best bid is withheld, until the cap', () => {
    const rewardOf = (rival: bigint) => {
      const bids = [solution('a', 'A', { AB: 100n })]
      if (rival > 0n) bids.push(solution('b', 'B', { AB: rival }))
      const { totalScore, referenceScores } = fairCombinatorial(bids)
      const terms = { missing: 0n, protocolFee: 120n, capBps: 5_000, mostPenalty: 10n }
      return performanceReward({ total: totalScore, reference: referenceScores.get('A') ?? 0n, ...terms })
    }
    expect([90n, 60n, 30n, 0n].map(rewardOf)).toEqual([10n, 40n, 60n, 60n])
  })

  test('shares what the caps left by success and by what was proposed', () => {
    const budget = consistencyBudget([
      { protocolFee: 100n, capBps: 5_000, reward: 20n },
      { protocolFee: 0n, capBps: 5_000, reward: -10n },
    ])
    expect(budget).toBe(40n)
    const rewards = consistencyRewards(budget, [
      { solver: 'A', won: 2, settled: 2, proposed: new Map([['o1', 30n]]) },
      {
        solver: 'B',
        won: 2,
        settled: 1,
        proposed: new Map([
          ['o1', 10n],
          ['o2', 5n],
        ]),
      },
      { solver: 'C', won: 0, settled: 0, proposed: new Map([['o2', 15n]]) },
    ])
    // Weights: A 3/4; B (1/4 + 1/4)/2 = 1/4; C 0, because it wins nothing.
    expect([...rewards]).toEqual([
      ['A', 30n],
      ['B', 10n],
      ['C', 0n],
    ])
  })

  test('as a mechanism: overbidding one order filters a rival’s batch and leaves the other order unserved', () => {
    const batch: Offer = {
      ...offer('A', 0n),
      amounts: new Map([
        ['lot', 200n],
        ['other', 200n],
      ]),
    }
    const lots = [lot(), lot({ id: 'other', pair: 'CD' })]
    const clear = (offers: readonly Offer[]) =>
      createMechanism({ rule: 'fair-combinatorial' }).clear({ lots, offers } satisfies Round)
    expect(clear([batch]).awards.map(({ lot: id, amount }) => [id, amount])).toEqual([
      ['lot', 200n],
      ['other', 200n],
    ])
    const { awards, dropped, payments } = clear([batch, offer('B', 250n)])
    expect(awards.map(({ lot: id, offer: { bidder } }) => [id, bidder])).toEqual([['lot', 'B']])
    expect(dropped).toEqual([{ offer: batch, reason: 'unfair' }])
    // Score 150, reference 0, fee 75, cap 37.
    expect(payments).toEqual([{ from: 'protocol', to: 'B', amount: 37n, why: 'reward' }])
  })
})
