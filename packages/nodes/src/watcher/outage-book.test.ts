import { describe, expect, it } from 'vitest'
import { node, ROLLUP, smallNetwork } from '../testing/small-network.ts'
import { OutageBook } from './outage-book.ts'

const SLOT_MS = 2_000
const at = (slot: number) => smallNetwork.genesisMs + slot * SLOT_MS

/** Blocks in these slots, in order, and an outage over slots 100 to 200. */
function outcomeOf(slots: readonly number[]) {
  const book = new OutageBook(smallNetwork)
  const declared = {
    chainId: ROLLUP,
    producer: node('rollup-producer'),
    mode: 'stopped',
    fromMs: at(100),
    untilMs: at(200),
  } as const
  let parent = 0
  for (const number of slots) {
    if (number >= 100 && parent < 100) book.declared(declared)
    const header = { chainId: ROLLUP, number, emptyBefore: number - parent - 1, transactionCount: 1 }
    book.followed({ header } as Parameters<OutageBook['followed']>[0])
    parent = number
  }
  return book.outcomes([])[0]!
}

describe('the longest time without a block', () => {
  it('is from the last block before an outage to the first one after it', () => {
    const { blocks, longestGapSeconds, resumedAfterSeconds } = outcomeOf([10, 95, 207])
    expect({ blocks, longestGapSeconds, resumedAfterSeconds }).toEqual({
      blocks: 0,
      longestGapSeconds: 224,
      resumedAfterSeconds: 14,
    })
  })

  it('is cut by every block that comes during the outage', () => {
    expect(outcomeOf([95, 130, 201])).toMatchObject({ blocks: 1, longestGapSeconds: 142 })
  })

  it('leaves out times that lie before the outage or after it', () => {
    expect(outcomeOf([10, 99, 199, 200, 600])).toMatchObject({ longestGapSeconds: 200 })
  })
})
