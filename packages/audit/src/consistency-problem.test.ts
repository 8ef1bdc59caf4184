import type { Address, OrderId } from '@solvent/primitives'
import { describe, expect, test } from 'vitest'
import { consistencyProblem } from './consistency-problem.ts'

const [a, b, c] = ['0xa', '0xb', '0xc'] as unknown as [Address, Address, Address]
const [first, second] = ['0x1', '0x2'] as unknown as [OrderId, OrderId]
const record = (solver: Address, won: number, settled: number, surplus: bigint, reward: bigint) => ({
  ...{ solver, won, settled, reward },
  proposed: [
    { orderId: first, surplus },
    { orderId: second, surplus },
  ],
})
// Parts of both orders: 1/2, 1/4 and 1/4; of the wins all, half and none are settled: weights 1, 1/4 and 0.
const sound = [record(a, 3, 3, 20n, 800n), record(b, 2, 1, 10n, 200n), record(c, 0, 0, 10n, 0n)]
const changed = (index: number, change: object) =>
  sound.map((each, at) => (at === index ? { ...each, ...change } : each))

describe('a consistency budget shared again', () => {
  test('is sound when each has its success rate times its parts', () => {
    expect(consistencyProblem({ budget: 1_000n, records: sound })).toBeNull()
    const nothing = sound.map((each) => ({ ...each, reward: 0n }))
    expect(consistencyProblem({ budget: 0n, records: nothing })).toBeNull()
    expect(consistencyProblem({ budget: -5n, records: nothing })).toBeNull()
  })

  test.each<[string, bigint, ReturnType<typeof changed>, string]>([
    ['a unit too much', 1_000n, changed(0, { reward: 801n }), 'gives 0xa 801'],
    ['a unit too little', 1_000n, changed(1, { reward: 199n }), 'gives 0xb 199'],
    ['something for who won nothing', 1_000n, changed(2, { reward: 1n }), 'gives 0xc 1'],
    ['more settled than won', 1_000n, changed(1, { settled: 3 }), 'counts 3 of 2'],
    ['a budget that is not there', 0n, sound, 'gives 0xa 800 of 0'],
  ])('finds %s', (_, budget, records, problem) => {
    expect(consistencyProblem({ budget, records })).toContain(problem)
  })
})
