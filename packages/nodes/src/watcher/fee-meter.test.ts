import { asNodeId } from '@solvent/primitives'
import { type Block, CALM_MARKET } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { L1, smallNetwork } from '../testing/small-network.ts'
import { FeeMeter } from './fee-meter.ts'

const limit = smallNetwork.chains.find(({ chainId }) => chainId === L1)?.gasLimit as number

function block(number: number, gasUsed: number, backgroundGas: number): Block {
  const market = { ...CALM_MARKET, backgroundGas }
  return { header: { chainId: L1, number, baseFee: 1n, gasUsed, market } } as unknown as Block
}

it('counts a block as full when a transfer of 21,000 gas would not fit any more', () => {
  const meter = new FeeMeter(smallNetwork)
  meter.followed(block(1, 0, limit - 21_000))
  expect(meter.measures(L1).fullBlocks).toBe(0)
  meter.followed(block(2, 1, limit - 21_000))
  meter.followed(block(3, limit, 0))
  expect(meter.measures(L1).fullBlocks).toBe(2)
  meter.orphaned(block(3, limit, 0))
  expect(meter.measures(L1).fullBlocks).toBe(1)
})

it('sums up by kind of call and sender what nodes say of their late transactions', () => {
  const meter = new FeeMeter(smallNetwork)
  const late = { kind: 'transaction-late', chainId: L1, call: 'fill' } as const
  const [atlas, borealis, producer] = [asNodeId('atlas'), asNodeId('borealis'), asNodeId('producer')]
  meter.late(borealis, { ...late, waitedMs: 90_000, raised: 2, outcome: 'included' })
  meter.late(atlas, { ...late, waitedMs: 40_000, raised: 1, outcome: 'given-up' })
  meter.late(borealis, { ...late, waitedMs: 50_000, raised: 1, outcome: 'given-up' })
  const batch = { included: 1, givenUp: 0, raised: 0, longestSeconds: 31 }
  meter.late(producer, { ...late, call: 'post-batch', waitedMs: 31_000, raised: 0, outcome: 'included' })
  expect(meter.measures(L1).late).toEqual([
    {
      ...{ call: 'fill', included: 1, givenUp: 2, raised: 4, longestSeconds: 90 },
      senders: [
        { node: 'atlas', included: 0, givenUp: 1, raised: 1, longestSeconds: 40 },
        { node: 'borealis', included: 1, givenUp: 1, raised: 3, longestSeconds: 90 },
      ],
    },
    { call: 'post-batch', ...batch, senders: [{ node: 'producer', ...batch }] },
  ])
})
