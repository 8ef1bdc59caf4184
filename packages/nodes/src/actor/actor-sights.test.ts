import { asHash32 } from '@solvent/primitives'
import { type Block, marketAddress } from '@solvent/protocol'
import { createChainView } from '@solvent/settlement'
import { expect, it } from 'vitest'
import { L1, smallNetwork } from '../testing/small-network.ts'
import { ActorSights } from './actor-sights.ts'

const [market, other] = [marketAddress('market'), marketAddress('other')]

/** A block in which a market says its price. */
function priced(number: number, priceX96: bigint): Block {
  return {
    header: { chainId: L1, number },
    hash: asHash32(`0x${String(number).padStart(64, '0')}`),
    transactions: [],
    receipts: [{ events: [{ kind: 'market-synced', market, reserve0: 1n, reserve1: 1n, priceX96 }] }],
  } as unknown as Block
}

it('has seen a price when a followed block says it or goes beyond it, and no longer when the block is gone', () => {
  const sights = new ActorSights(createChainView({ spec: smallNetwork }))
  const low = priced(2, 90n)
  sights.block(priced(1, 100n))
  sights.block(low)
  expect([91n, 90n, 89n].map((limit) => sights.hasBeen(market, 'below', limit))).toEqual([true, true, false])
  expect([99n, 100n, 101n].map((limit) => sights.hasBeen(market, 'above', limit))).toEqual([
    true,
    true,
    false,
  ])
  expect(sights.hasBeen(other, 'below', 1_000n)).toBe(false)
  sights.orphaned(low)
  expect(sights.hasBeen(market, 'below', 90n)).toBe(false)
})
