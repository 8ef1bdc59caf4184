import { asAddress, asHash32 } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareBids, firstPrice, type SealedBid, sealedAuction, secondPrice } from '../index.ts'

const address = (n: number) => asAddress(`0x${n.toString(16).padStart(40, '0')}`)
const hash = (n: number) => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
const bid = (solver: number, outputAmount: bigint, bidHash = 1): SealedBid => ({
  solver: address(solver),
  outputAmount,
  bidHash: hash(bidHash),
})

/** Few values, so that ties are common. */
const anyBid = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.bigInt({ min: 90n, max: 110n }), fc.integer({ min: 1, max: 3 }))
  .map(([solver, amount, bidHash]) => bid(solver, amount, bidHash))
const anyBids = fc.uniqueArray(anyBid, { maxLength: 12, comparator: (a, b) => compareBids(a, b) === 0 })
const anyReserve = fc.bigInt({ min: 85n, max: 112n })
const auctions = [firstPrice, secondPrice]

describe('a sealed auction', () => {
  test('awards the highest feasible bid and asks for its own or the runner-up’s amount', () => {
    const bids = [bid(1, 101n), bid(2, 103n), bid(3, 99n)]
    expect(firstPrice.close(bids, 100n)).toEqual({
      winner: bids[1],
      outputAmount: 103n,
      ranking: [bids[1], bids[0]],
    })
    expect(secondPrice.close(bids, 100n)).toEqual({
      winner: bids[1],
      outputAmount: 101n,
      ranking: [bids[1], bids[0]],
    })
  })

  test('asks a lone bidder for its bid at first price and for the reserve at second price', () => {
    expect(firstPrice.close([bid(1, 107n)], 100n).outputAmount).toBe(107n)
    expect(secondPrice.close([bid(1, 107n), bid(2, 99n)], 100n).outputAmount).toBe(100n)
  })

  test('takes a bid equal to the reserve and refuses one unit less', () => {
    for (const auction of auctions) {
      expect(auction.close([bid(1, 100n)], 100n).outputAmount).toBe(100n)
      expect(auction.close([bid(1, 99n)], 100n)).toEqual({ winner: null, outputAmount: 0n, ranking: [] })
    }
  })

  test('breaks ties by amount, then solver, then bid hash', () => {
    const tied = [bid(3, 105n, 1), bid(2, 105n, 9), bid(2, 105n, 4), bid(1, 104n, 1)]
    expect(firstPrice.close(tied, 0n).ranking).toEqual([tied[2], tied[1], tied[0], tied[3]])
  })

  test('is found by the name an order uses', () => {
    expect(sealedAuction('first-price')).toBe(firstPrice)
    expect(sealedAuction('second-price')).toBe(secondPrice)
  })

  test('has a feasible and maximal winner, and none only when no bid is feasible (O-14)', () => {
    fc.assert(
      fc.property(anyBids, anyReserve, fc.constantFrom(...auctions), (bids, reserve, auction) => {
        const { winner, outputAmount, ranking } = auction.close(bids, reserve)
        const feasible = bids.filter((b) => b.outputAmount >= reserve)
        expect(ranking.length).toBe(feasible.length)
        if (winner === null) {
          expect(feasible).toEqual([])
          return
        }
        expect(feasible).toContain(winner)
        for (const other of feasible) expect(other.outputAmount <= winner.outputAmount).toBe(true)
        expect(reserve <= outputAmount && outputAmount <= winner.outputAmount).toBe(true)
      }),
    )
  })

  test('does not depend on the order of the bids', () => {
    const shuffled = anyBids.chain((bids) =>
      fc.tuple(
        fc.constant(bids),
        fc.shuffledSubarray(bids, { minLength: bids.length, maxLength: bids.length }),
      ),
    )
    fc.assert(
      fc.property(
        shuffled,
        anyReserve,
        fc.constantFrom(...auctions),
        ([bids, permuted], reserve, auction) => {
          expect(auction.close(permuted, reserve)).toEqual(auction.close(bids, reserve))
        },
      ),
    )
  })

  test('is monotone: a winner that raises its bid still wins, and one more rival never lowers what the user gets', () => {
    fc.assert(
      fc.property(
        anyBids,
        anyReserve,
        anyBid,
        fc.bigInt({ min: 0n, max: 20n }),
        fc.constantFrom(...auctions),
        (bids, reserve, rival, raise, auction) => {
          const before = auction.close(bids, reserve)
          if (before.winner !== null) {
            const raised = { ...before.winner, outputAmount: before.winner.outputAmount + raise }
            const others = bids.filter((b) => b !== before.winner)
            expect(auction.close([...others, raised], reserve).winner).toEqual(raised)
          }
          expect(auction.close([...bids, rival], reserve).outputAmount >= before.outputAmount).toBe(true)
        },
      ),
    )
  })

  test('ranks by a total order: antisymmetric, transitive, and equal only for the same bid', () => {
    fc.assert(
      fc.property(anyBid, anyBid, anyBid, (a, b, c) => {
        expect(Math.sign(compareBids(a, b)) + Math.sign(compareBids(b, a))).toBe(0)
        if (compareBids(a, b) < 0 && compareBids(b, c) < 0) expect(compareBids(a, c)).toBeLessThan(0)
        if (compareBids(a, b) === 0) expect(a).toEqual(b)
      }),
    )
  })

  test('makes the truthful offer weakly dominant at second price (Vickrey 1961)', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 5 }),
        fc.array(fc.bigInt({ min: 90n, max: 110n }), { minLength: 5, maxLength: 5 }),
        fc.bigInt({ min: 90n, max: 110n }),
        fc.bigInt({ min: 80n, max: 120n }),
        anyReserve,
        (rivals, amounts, breakEven, lie, reserve) => {
          const others = rivals.map((solver, i) => bid(solver, amounts[i] ?? 90n))
          const profit = (offer: bigint) => {
            const outcome = secondPrice.close([...others, bid(1, offer)], reserve)
            return outcome.winner?.solver === address(1) ? breakEven - outcome.outputAmount : 0n
          }
          expect(profit(breakEven) >= profit(lie)).toBe(true)
        },
      ),
    )
  })
})
