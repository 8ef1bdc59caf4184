import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { expect, it, test } from 'vitest'
import { forkBelow, RivalBranch } from './rival-branch.ts'

const hash = (number: number): Hash32 => `0x${String(number).padStart(64, '0')}` as Hash32
const block = (number: number): Block =>
  ({ hash: hash(number), header: { number, parentHash: hash(number - 1) } }) as unknown as Block
/** Blocks 1 to 10, of which those up to 4 are final. */
const known = {
  block: (each: Hash32) => (Number(each.slice(2)) >= 1 ? block(Number(each.slice(2))) : undefined),
  finalized: 4,
}

test.each([
  [1, hash(9)],
  [6, hash(4)],
  [7, { refused: 'reaches-finalized' }],
  [0, { refused: 'no-depth' }],
  [12, { refused: 'deeper-than-the-chain' }],
])('the fork below %d blocks of ten, four of them final', (depth, fork) => {
  expect(forkBelow(block(10), depth, known)).toEqual(fork)
})

it('has overtaken with one block more than it takes back', () => {
  const rival = new RivalBranch(hash(8), 2)
  const parents = [11, 12, 13].map((number) => {
    const { parent, hasOvertaken } = rival
    rival.grow(block(number))
    return [parent, hasOvertaken]
  })
  expect(parents).toEqual([
    [hash(8), false],
    [hash(11), false],
    [hash(12), false],
  ])
  expect(rival.hasOvertaken).toBe(true)
})
