import { type OrderId, ZERO_HASH } from '@solvent/primitives'
import { type BidShare, bidCommitment, bidDigest, dealingCommitment, type SignedBid } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, node } from '../testing/small-network.ts'
import { isSoundShare, openBid, sealBid } from './committee-seal.ts'

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
          const { dealing, shares } = sealBid(signed, committee(threshold, size))
          const all = shares.map((value, index) => ({ member: index + 1, value }))
          const some = [...all, ...all].slice(start % size, (start % size) + threshold)
          expect(openBid(sealed, dealing, some)).toEqual(signed)
          expect(openBid(sealed, dealing, some.slice(1))).toBe(null)
          const wrong = some.map(({ member, value }, index) => ({
            member,
            value: index === 0 ? value + 1n : value,
          }))
          expect(openBid(sealed, dealing, wrong)).toBe(null)
        },
      ),
      { numRuns: 10 },
    )
  })

  test('shows nothing of its amount, and is no bid with words missing', () => {
    const { signed, sealed } = bidOf(9_980n)
    const { dealing, shares } = sealBid(signed, committee(1, 1))
    const { masked } = dealing
    expect(masked).not.toContain(9_980n)
    const own = shares.map((value) => ({ member: 1, value }))
    expect(openBid(sealed, dealing, own)).toEqual(signed)
    expect(openBid(sealed, { ...dealing, masked: masked.slice(1) }, own)).toBe(null)
  })

  test('shows each member whether its share is of what the solver has signed', () => {
    const { signed, sealed } = bidOf(9_980n)
    const two = committee(2, 3)
    const { dealing, shares } = sealBid(signed, two)
    const commitment = dealingCommitment(dealing)
    const share = (change: Partial<BidShare> = {}): BidShare => ({
      ...{ sealed: { ...sealed, commitment }, signature: signed.signature, opensAfter: 9 },
      ...{ ...dealing, share: shares[1]!, ...change },
    })
    expect(isSoundShare(share(), 2, two)).toBe(true)
    expect(isSoundShare(share(), 1, two)).toBe(false)
    expect(isSoundShare(share({ share: shares[1]! + 1n }), 2, two)).toBe(false)
    expect(isSoundShare(share({ share: 0n }), 2, two)).toBe(false)
    expect(isSoundShare(share({ masked: dealing.masked.map((word) => word + 1n) }), 2, two)).toBe(false)
    expect(isSoundShare(share({ opens: ZERO_HASH }), 2, two)).toBe(false)
    // A polynomial of another degree would take more shares than the committee has to give.
    const three = sealBid(signed, committee(3, 3))
    const commitmentOfThree = dealingCommitment(three.dealing)
    const ofThree = share({
      ...{ sealed: { ...sealed, commitment: commitmentOfThree }, ...three.dealing, share: three.shares[1]! },
    })
    expect(isSoundShare(ofThree, 2, committee(3, 3))).toBe(true)
    expect(isSoundShare(ofThree, 2, two)).toBe(false)
  })
})
