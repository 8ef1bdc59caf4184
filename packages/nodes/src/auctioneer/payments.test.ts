// Answers of the store are for whoever put something there: an award leaves when its own is there, and so does a payment.
import {
  bidCommitment,
  bidDigest,
  type Call,
  type Message,
  type Order,
  orderDigest,
  type SignedBid,
  sealedBidDigest,
} from '@solvent/protocol'
import { expect, test } from 'vitest'
import { createRunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, node, prices, ROLLUP, sampleOrder, smallNetwork, tokens } from '../testing/small-network.ts'
import { accountCall } from '../testing/user-call.ts'
import { createAuctioneer } from './auctioneer.ts'

const USDC = 10n ** 6n
const auctioneer = node('auctioneer-1')
const BOND = 1_000n * USDC
const DEPOSIT = 400n * USDC
/** Atlas commits to a bid that it does not open; borealis opens its own. */
const bidders = ['atlas', 'borealis'] as const
type Bidder = (typeof bidders)[number]

function setUp(storeDelayMs: number) {
  const network = createRunningNetwork({ storeDelayMs })
  const bonds = {
    ...{ chainId: ROLLUP, token: tokens.usdcRollup, least: BOND },
    ...{ slashBps: 0, deposit: DEPOSIT, denySeconds: 0 },
  }
  network.add(auctioneer, createAuctioneer({ spec: smallNetwork, node: auctioneer, prices, bonds }))
  const user = network.probe(node('user-1'), { onStart: (ports) => ports.transport.subscribe('awards') })
  const probes = new Map(bidders.map((name) => [name, network.probe(node(name))]))
  network.start()
  network.seconds(1)
  for (const from of bidders) {
    const call: Call = { kind: 'transfer', token: bonds.token, to: address('auctioneer-1'), amount: BOND }
    network.act(node(from), () => accountCall(network, probes.get(from)!, { from, chainId: ROLLUP, call }))
  }
  network.seconds(10)
  const order = auctionedAt(11)
  const body = { order, signature: signerOf(node('user-1')).sign(orderDigest(order)) }
  network.act(node('user-1'), () => user.ports.transport.publish('orders', { type: 'order', body }))
  network.seconds(1)
  return { network, user, probes, order }
}

function auctionedAt(seconds: number): Order {
  const order = sampleOrder({}, seconds)
  if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
  return { ...order, award: { ...order.award, rule: 'sealed-encrypted' } }
}

test.each([1, 1_500])('awards and payments both leave, whose bytes are safe after %i ms', (storeDelayMs) => {
  const { network, user, probes, order } = setUp(storeDelayMs)
  const orderId = orderDigest(order)
  const send = (name: Bidder, message: Message) =>
    network.act(node(name), () => void probes.get(name)!.ports.transport.request(auctioneer, message, 20_000))
  const bidOf = (name: Bidder): SignedBid => {
    const { minAmount: outputAmount } = order.output
    const bid = { orderId, auctioneer: address('auctioneer-1'), solver: address(name), outputAmount }
    return { bid, signature: signerOf(node(name)).sign(bidDigest(bid)) }
  }
  for (const name of bidders) {
    const bid = bidOf(name)
    const { solver, auctioneer: to } = bid.bid
    const sealed = { orderId, solver, auctioneer: to, commitment: bidCommitment(bid) }
    const signature = signerOf(node(name)).sign(sealedBidDigest(sealed))
    send(name, { type: 'sealed-bid', body: { sealed, signature } })
  }
  network.seconds(31)
  send('borealis', { type: 'bid', body: bidOf('borealis') })
  network.seconds(30)
  const awards = user.inbox.flatMap((inbound) =>
    'message' in inbound && inbound.message.type === 'award' ? inbound.message.body.award.winner : [],
  )
  expect(awards).toEqual([address('borealis')])
  const paid = network
    .blocks(ROLLUP)
    .flatMap(({ transactions }) => transactions.map(({ transaction }) => transaction))
    .filter(({ from }) => from === address('auctioneer-1'))
    .map(({ call }) => call)
  expect(paid).toEqual([
    { kind: 'transfer', token: tokens.usdcRollup, to: address('user-1'), amount: DEPOSIT },
  ])
})
