import type { Store } from '@solvent/ports'
import type { Address } from '@solvent/primitives'
import { orderDigest, type SignedSolution } from '@solvent/protocol'
import { expect, test } from 'vitest'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { createNetworkFacts } from '../solver/network-facts.ts'
import { address, GENESIS_SECONDS, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { AuctionPool } from './auction-pool.ts'
import type { AuctioneerPorts } from './auctioneer-init.ts'
import { BatchDesk } from './batch-desk.ts'

const USDC = 10n ** 6n
const closesAt = GENESIS_SECONDS + 30
const facts = createNetworkFacts(smallNetwork, [{ symbol: 'USDC', priceE8: 10n ** 8n }])

function batched(nonce: bigint): AuctionedOrder {
  const order = sampleOrder({ nonce })
  if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
  return { ...order, award: { ...order.award, rule: 'fair-combinatorial', closesAt } }
}

function setUp() {
  const kept = new Map<string, Uint8Array>()
  const store = {
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => kept.set(key, bytes),
    delete: (key: string) => kept.delete(key),
    keys: (prefix: string) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  } as unknown as Store
  const ports = { store } as AuctioneerPorts
  const pool = new AuctionPool()
  const orders = [batched(1n), batched(2n)]
  const auctions = orders.map((order) => pool.open(orderDigest(order), order, '0x' as never))
  const solution = (solver: Address, amounts: readonly (bigint | null)[]): SignedSolution => ({
    solution: {
      auctioneer: address('auctioneer-1'),
      solver,
      closesAt,
      items: auctions
        .flatMap(({ orderId }, index) => {
          const outputAmount = amounts[index]
          return outputAmount == null ? [] : [{ orderId, outputAmount }]
        })
        .sort((a, b) => (a.orderId < b.orderId ? -1 : 1)),
    },
    signature: '0x' as never,
  })
  const add = (desk: BatchDesk, signed: SignedSolution, now = closesAt) =>
    desk.add(signed, (orderId) => pool.find(orderId), now)
  return { ports, auctions, solution, add }
}

test('two orders of one pair go to the solution that improves most on both limits, restarted or not', () => {
  const { ports, auctions, solution, add } = setUp()
  const desk = new BatchDesk(ports, facts)
  // The limit is 9,950: together 20 + 20 above it, against 35 for one alone.
  expect(add(desk, solution(address('atlas'), [9_970n * USDC, 9_970n * USDC]))).toBeNull()
  expect(add(desk, solution(address('borealis'), [9_985n * USDC, null]))).toBeNull()
  const restarted = new BatchDesk(ports, facts)
  restarted.resume()
  const { outcome, awards } = restarted.decide(address('auctioneer-1'), closesAt, auctions)
  expect([...awards.values()].map(({ winner, outputAmount }) => [winner, outputAmount])).toEqual([
    [address('atlas'), 9_970n * USDC],
    [address('atlas'), 9_970n * USDC],
  ])
  expect(outcome.rewards).toEqual([
    { solver: address('atlas'), score: 40n * 10n ** 8n, reference: 35n * 10n ** 8n },
  ])
  const { awards: again } = restarted.decide(address('auctioneer-1'), closesAt, auctions)
  expect([...again.values()].every(({ outputAmount }) => outputAmount === 0n)).toBe(true)
})

test('solutions that are late, below a limit or of unknown orders do not count', () => {
  const { ports, auctions, solution, add } = setUp()
  const desk = new BatchDesk(ports, facts)
  const good = solution(address('atlas'), [9_970n * USDC, null])
  expect(add(desk, good, closesAt + 1)).toBe('auction-closed')
  expect(add(desk, solution(address('atlas'), [9_949n * USDC, null]))).toBe('below-minimum')
  expect(desk.add(good, () => undefined, closesAt)).toBe('unknown-order')
  const { awards } = desk.decide(address('auctioneer-1'), closesAt, auctions)
  expect([...awards.values()].every(({ outputAmount }) => outputAmount === 0n)).toBe(true)
})
