import { asChainId } from '@solvent/primitives'
import type { Block, NetworkSpec } from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import { expect, it } from 'vitest'
import { ChainMeter } from './chain-meter.ts'

const L1 = asChainId(1)
const spec = {
  genesisMs: 1_000_000,
  chains: [
    {
      chainId: L1,
      slotMs: 12_000,
      producers: [],
      consensus: { kind: 'l1', epochSlots: 32, finalityEpochs: 2 },
    },
  ],
} as unknown as NetworkSpec

const block = (number: number): Block =>
  ({ header: { chainId: L1, number, missedBefore: number === 31 ? 2 : 0 }, receipts: [] }) as unknown as Block

function viewAt(head: number, safe: number, finalized: number): ChainView {
  return {
    votes: () => null,
    head: () => block(head),
    safe: () => safe,
    finalized: () => finalized,
    exitable: () => finalized,
  } as unknown as ChainView
}

it('measures the seconds from slot to slot and forgets blocks that were taken back', () => {
  const meter = new ChainMeter(spec)
  for (const number of [1, 2, 30]) meter.followed(block(number), viewAt(0, 0, 0))
  for (const number of [30, 2]) meter.orphaned(block(number))
  meter.followed(block(31), viewAt(31, 0, 0))
  meter.moved(L1, viewAt(32, 31, 0))
  meter.moved(L1, viewAt(64, 63, 31))

  expect(meter.measures(L1, viewAt(64, 63, 31))).toEqual({
    orphaned: 2,
    deepestReorg: 2,
    finalTakenBack: 0,
    // Blocks 1 and 31 are justified by block 32 and finalised by block 64, 12 s a slot.
    secondsToSafe: { min: 12, median: 12, max: 372 },
    secondsToFinalized: { min: 396, median: 396, max: 756 },
    secondsToExitable: { min: 396, median: 396, max: 756 },
    slotsMissed: 2,
    longestStallEpochs: 0,
    stalls: [],
    missedVotesGwei: 0n,
    leakedGwei: 0n,
    slashed: 0n,
  })
})

it('says null where no block got to a level', () => {
  expect(new ChainMeter(spec).measures(L1, viewAt(0, 0, 0))).toEqual({
    orphaned: 0,
    deepestReorg: 0,
    finalTakenBack: 0,
    secondsToSafe: null,
    secondsToFinalized: null,
    secondsToExitable: null,
    slotsMissed: 0,
    longestStallEpochs: 0,
    stalls: [],
    missedVotesGwei: 0n,
    leakedGwei: 0n,
    slashed: 0n,
  })
})

it('counts blocks that were final when they were taken back, once finality has been overruled', () => {
  const meter = new ChainMeter(spec)
  for (const number of [1, 2, 30]) meter.followed(block(number), viewAt(0, 0, 0))
  meter.moved(L1, viewAt(30, 2, 2))
  // Overruled: nothing is final any more. Of the three, blocks 1 and 2 had been.
  meter.moved(L1, viewAt(30, 0, 0))
  for (const number of [30, 2, 1]) meter.orphaned(block(number))
  meter.followed(block(31), viewAt(31, 0, 0))
  meter.orphaned(block(31))
  expect(meter.measures(L1, viewAt(31, 0, 0))).toMatchObject({ finalTakenBack: 2, deepestReorg: 3 })
})
