// Answers of the store are for whoever put something there: an award leaves when its own is there, and so does a payment.
import {
  bidCommitment,
  bidDigest,
  type Call,
  dealingCommitment,
  type Message,
  type NetworkSpec,
  type Order,
  orderDigest,
  type SignedBid,
  sealedBidDigest,
} from '@solvent/protocol'
import { expect, test } from 'vitest'
import { sealBid } from '../parts/committee-seal.ts'
import { createRunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, node, prices, ROLLUP, sampleOrder, smallNetwork, tokens } from '../testing/small-network.ts'
import { accountCall } from '../testing/user-call.ts'
import { createAuctioneer } from './auctioneer.ts'

const USDC = 10n ** 6n
const auctioneer = node('auctioneer-1')
const BOND = 1_000n * USDC
const DEPOSIT = 400n * USDC
const DEPOSIT_PAID = { kind: 'transfer', token: tokens.usdcRollup, to: address('user-1'), amount: DEPOSIT }
/** Atlas commits to a bid that it does not open; borealis opens its own. */
const bidders = ['atlas', 'borealis'] as const
type Bidder = (typeof bidders)[number]

function setUp(storeDelayMs: number, spec: NetworkSpec = smallNetwork) {
  const network = createRunningNetwork({ storeDelayMs })
  const bonds = {
    ...{ chainId: ROLLUP, token: tokens.usdcRollup, least: BOND },
    ...{ slashBps: 0, deposit: DEPOSIT, denySeconds: 0 },
  }
  network.add(auctioneer, createAuctioneer({ spec, node: auctioneer, prices, bonds }))
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
  const send = (name: Bidder, message: Message) =>
    network.act(node(name), () => void probes.get(name)!.ports.transport.request(auctioneer, message, 20_000))
  const bidOf = (name: Bidder): SignedBid => {
    const { minAmount: outputAmount } = order.output
    const bid = {
      ...{ orderId: orderDigest(order), auctioneer: address('auctioneer-1') },
      ...{ solver: address(name), outputAmount },
    }
    return { bid, signature: signerOf(node(name)).sign(bidDigest(bid)) }
  }
  return { network, user, order, send, bidOf }
}

type SetUp = ReturnType<typeof setUp>

const awardedTo = (user: SetUp['user']) =>
  user.inbox.flatMap((inbound) =>
    'message' in inbound && inbound.message.type === 'award' ? inbound.message.body.award.winner : [],
  )

/** What the auctioneer has sent to the rollup. */
const paidBy = (network: SetUp['network']) =>
  network
    .blocks(ROLLUP)
    .flatMap(({ transactions }) => transactions.map(({ transaction }) => transaction))
    .filter(({ from }) => from === address('auctioneer-1'))
    .map(({ call }) => call)

function auctionedAt(seconds: number): Order {
  const order = sampleOrder({}, seconds)
  if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
  return { ...order, award: { ...order.award, rule: 'sealed-encrypted' } }
}

test.each([1, 1_500])('awards and payments both leave, whose bytes are safe after %i ms', (storeDelayMs) => {
  const { network, user, order, send, bidOf } = setUp(storeDelayMs)
  const orderId = orderDigest(order)
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
  expect(awardedTo(user)).toEqual([address('borealis')])
  expect(paidBy(network)).toEqual([DEPOSIT_PAID])
})

test('whoever deals to a committee what does not open loses its deposit, and no other', () => {
  const committee = { members: [auctioneer], threshold: 1 }
  const { network, user, order, send, bidOf } = setUp(1, { ...smallNetwork, sealCommittee: committee })
  const orderId = orderDigest(order)
  for (const name of bidders) {
    const bid = bidOf(name)
    const { dealing, shares } = sealBid(bid, committee)
    const [first = 0n, ...rest] = dealing.masked
    // Atlas masks another amount than it has signed.
    const dealt = name === 'atlas' ? { ...dealing, masked: [first ^ 1n, ...rest] } : dealing
    const { solver, auctioneer: to } = bid.bid
    const sealed = { orderId, solver, auctioneer: to, commitment: dealingCommitment(dealt) }
    const signature = signerOf(node(name)).sign(sealedBidDigest(sealed))
    const { closesAt } = order.award as Extract<Order['award'], { by: 'auctioneer' }>
    send(name, { type: 'sealed-bid', body: { sealed, signature } })
    send(name, {
      type: 'bid-share',
      body: { sealed, signature, ...dealt, opensAfter: closesAt, share: shares[0]! },
    })
  }
  network.seconds(61)
  expect(awardedTo(user)).toEqual([address('borealis')])
  expect(paidBy(network)).toEqual([DEPOSIT_PAID])
})
