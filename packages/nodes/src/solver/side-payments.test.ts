import { asNodeId } from '@solvent/primitives'
import { orderDigest } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { address, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { createNetworkFacts } from './network-facts.ts'
import { paySides } from './side-payments.ts'
import type { SolverBooks } from './solver-books.ts'

const facts = createNetworkFacts(smallNetwork, [{ symbol: 'USDC', priceE8: 10n ** 8n }])
const order = sampleOrder()
const orderId = orderDigest(order)

function paid(free: bigint, owed: readonly { to: string; part: number }[]) {
  const sent: unknown[] = []
  const books = {
    facts,
    inventory: { free: () => free },
    send: (options: unknown) => sent.push(options),
  } as unknown as SolverBooks
  paySides(books, orderId, order, owed)
  return sent
}

test('a part of the value goes to the member, in the output token on its chain', () => {
  // The order is worth 10,000 USDC: a thousandth of it is 10.
  expect(paid(10n ** 12n, [{ to: asNodeId('borealis'), part: 0.001 }])).toEqual([
    {
      chainId: order.output.chainId,
      ref: `side-payment/${orderId}/borealis`,
      call: { kind: 'transfer', token: order.output.token, to: address('borealis'), amount: 10_000_000n },
    },
  ])
})

test('nothing goes to strangers, in fractions of a unit, or beyond the inventory', () => {
  const borealis = asNodeId('borealis')
  expect(paid(10n ** 12n, [{ to: 'nobody', part: 0.1 }])).toEqual([])
  expect(paid(10n ** 12n, [{ to: borealis, part: 1e-12 }])).toEqual([])
  expect(paid(9_999_999n, [{ to: borealis, part: 0.001 }])).toEqual([])
})
