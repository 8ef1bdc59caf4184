import type { Storable, Store, StoreTicket } from '@solvent/ports'
import type { OrderId } from '@solvent/primitives'
import type { SignedBid, SignedSealedBid } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuctionArchive } from './auction-archive.ts'

const FIRST = `0x${'11'.repeat(32)}` as OrderId
const SECOND = `0x${'22'.repeat(32)}` as OrderId

const TICKET = 1 as StoreTicket

function memory() {
  const kept = new Map<string, Storable>()
  let looks = 0
  const store: Store = {
    put(key, content) {
      kept.set(key, content)
      return TICKET
    },
    delete(key) {
      kept.delete(key)
      return TICKET
    },
    get(key) {
      const content = kept.get(key)
      return typeof content === 'function' ? content() : content
    },
    has: (key) => kept.has(key),
    keys(prefix) {
      looks++
      return [...kept.keys()].filter((key) => key.startsWith(prefix)).sort()
    },
  }
  return { store, keys: () => [...kept.keys()].sort(), looks: () => looks }
}

const bid = (orderId: OrderId, solver: string, amountOut = 1n) =>
  ({ bid: { orderId, solver, amountOut }, signature: '0x01' }) as unknown as SignedBid
const sealedBid = (orderId: OrderId, solver: string) =>
  ({ sealed: { orderId, solver }, signature: '0x02' }) as unknown as SignedSealedBid

describe('the archive of auctions', () => {
  it('has the bids of an order in the order of their solvers, the last of each, also in another life', () => {
    const { store } = memory()
    const archive = createAuctionArchive(store)
    archive.keepBid(bid(FIRST, 'zeta'))
    archive.keepBid(bid(FIRST, 'alpha'))
    archive.keepBid(bid(FIRST, 'zeta', 7n))
    archive.keepBid(bid(SECOND, 'beta'))
    for (const each of [archive, createAuctionArchive(store)]) {
      expect(each.bids(FIRST)).toEqual([bid(FIRST, 'alpha'), bid(FIRST, 'zeta', 7n)])
      expect(each.bids(SECOND)).toEqual([bid(SECOND, 'beta')])
      expect(each.sealedBids(FIRST)).toEqual([])
    }
  })

  it('forgets what an earlier life kept of an order, and nothing of others', () => {
    const { store, keys } = memory()
    const before = createAuctionArchive(store)
    before.keepBid(bid(FIRST, 'alpha'))
    before.keepSealedBid(sealedBid(FIRST, 'alpha'))
    before.keepBid(bid(SECOND, 'alpha'))
    const after = createAuctionArchive(store)
    after.keepBid(bid(FIRST, 'beta'))
    after.forget(FIRST)
    expect(keys()).toEqual([`auction/bid/${SECOND}/alpha`])
    expect(after.bids(FIRST)).toEqual([])
  })

  it('looks through the store once for each kind, however many orders it forgets', () => {
    const { store, looks } = memory()
    const archive = createAuctionArchive(store)
    for (let number = 0; number < 50; number++) {
      const orderId = `0x${number.toString(16).padStart(64, '0')}` as OrderId
      archive.keepBid(bid(orderId, 'alpha'))
      archive.forget(orderId)
    }
    expect(looks()).toBe(2)
  })
})
