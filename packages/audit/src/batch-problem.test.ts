import type { Address, Hash32, OrderId } from '@solvent/primitives'
import type { BatchOutcome } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { batchProblem } from './batch-problem.ts'

const solver = (name: string) => name as Address
const hash = (name: string) => name as Hash32
const lot = (id: string, pair: string) => ({
  ...{ orderId: id as OrderId, pair, minAmount: 1_000n, priceE8: 1n, decimals: 0 },
})
const item = (id: string, surplus: bigint) => ({ orderId: id as OrderId, outputAmount: 1_000n + surplus })

/** CoW's worked case (competition_rules.md): a batch of 100 + 100, killed by a solution of 150 for one of its pairs. */
const worked: BatchOutcome = {
  ...{ auctioneer: solver('house'), closesAt: 30, lots: [lot('1', 'ab'), lot('2', 'ba')] },
  solutions: [
    { hash: hash('both'), solver: solver('x'), items: [item('1', 100n), item('2', 100n)] },
    { hash: hash('one'), solver: solver('y'), items: [item('1', 150n)] },
    { hash: hash('other'), solver: solver('z'), items: [item('2', 40n)] },
  ],
  winners: [hash('one'), hash('other')],
  rewards: [
    { solver: solver('y'), score: 150n, reference: 40n },
    { solver: solver('z'), score: 40n, reference: 150n },
  ],
}

test('the worked case is in order', () => {
  expect(batchProblem(worked)).toBeNull()
})

test.each<[string, Partial<BatchOutcome>, RegExp]>([
  ['a batch that the filter drops', { winners: [hash('both')] }, /names both, due is one,other/],
  ['no winner', { winners: [], rewards: [] }, /names nobody/],
  ['a winner without a score', { rewards: worked.rewards.slice(1) }, /does not score y/],
  [
    'a reference that raises the reward',
    { rewards: [{ ...worked.rewards[0]!, reference: 0n }, worked.rewards[1]!] },
    /without y scores 40, not 0/,
  ],
  [
    'a score of its own',
    { rewards: [{ ...worked.rewards[0]!, score: 151n }, worked.rewards[1]!] },
    /scores y at 151/,
  ],
  [
    'an order below its limit',
    { lots: [{ ...lot('1', 'ab'), minAmount: 1_101n }, lot('2', 'ba')] },
    /below the limit/,
  ],
  ['an order of another batch', { lots: [lot('1', 'ab')] }, /not of the batch/],
])('finds %s', (_what, change, problem) => {
  expect(batchProblem({ ...worked, ...change })).toMatch(problem)
})
