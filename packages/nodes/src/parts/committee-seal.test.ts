import type { OrderId } from '@solvent/primitives'
import { bidCommitment, bidDigest, type SignedBid } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, node } from '../testing/small-network.ts'
import { openBid, sealBid } from './committee-seal.ts'

const committee = (threshold: number, size: number) => ({
  threshold,
  members: Array.from({ length: size }, () => node('auctioneer-1')),
})

function bidOf(outputAmount: bigint) {
  const orderId = `0x${'11'.repeat(32)}` as OrderId
  const bid = { orderId, auctioneer: address('auctioneer-1'), solver: address('atlas'), outputAmount }
  const signed: SignedBid = { bid, signature: `0x${bidDigest(bid).slice(2)}${'01'.repeat(32)}1b` }
  return { signed, sealed: { ...bid, commitment: bidCommitment(signed) } }
}

describe('a bid sealed to a committee', () => {
  test('opens with any shares that are enough, and with no fewer', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(),
        (outputAmount, first, second, start) => {
          const [threshold, size] = [Math.min(first, second), Math.max(first, second)]
          const { signed, sealed } = bidOf(outputAmount)
          const { masked, shares } = sealBid(signed, committee(threshold, size))
          const all = shares.map((value, index) => ({ member: index + 1, value }))
          const some = [...all, ...all].slice(start % size, (start % size) + threshold)
          expect(openBid(sealed, masked, some)).toEqual(signed)
          expect(openBid(sealed, masked, some.slice(1))).toBe(null)
          const wrong = some.map(({ member, value }, index) => ({
            member,
            value: index === 0 ? value + 1n : value,
          }))
          expect(openBid(sealed, masked, wrong)).toBe(null)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('shows nothing of its amount, and is no bid with words missing', () => {
    const { signed, sealed } = bidOf(9_980n)
    const { masked, shares } = sealBid(signed, committee(1, 1))
    expect(masked).not.toContain(9_980n)
    const own = shares.map((value) => ({ member: 1, value }))
    expect(openBid(sealed, masked, own)).toEqual(signed)
    expect(openBid(sealed, masked.slice(1), own)).toBe(null)
  })
})
