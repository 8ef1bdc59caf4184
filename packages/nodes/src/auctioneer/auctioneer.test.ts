import { createLoopback, createProbe, type Probe } from '@solvent/ports/testing'
import { type NodeId, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  addressOf,
  awardDigest,
  bidCommitment,
  bidDigest,
  createStandInSigner,
  createStandInVerifier,
  type DomainEvent,
  type Message,
  type Order,
  orderDigest,
  privateKeyOf,
  type SignedAward,
  type SignedBid,
  type SignedOrder,
  type SolventVocabulary,
  sealedBidDigest,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  GENESIS_MS,
  GENESIS_SECONDS,
  node,
  SEED,
  sampleOrder,
  smallNetwork,
} from '../testing/small-network.ts'
import { createAuctioneer } from './auctioneer.ts'

const USDC = 10n ** 6n
const signerOf = (id: NodeId) =>
  createStandInSigner({ seed: SEED, address: addressOf(privateKeyOf(SEED, id)) })
const auctioneer = node('auctioneer-1')

type SolverName = 'atlas' | 'borealis'

function setUp(change: { storeDelayMs?: number } = {}) {
  const network = createLoopback<SolventVocabulary>({
    seed: SEED,
    startMs: GENESIS_MS,
    signer: signerOf,
    ...change,
  })
  const listening = {
    onStart: (ports: Probe<SolventVocabulary>['ports']) => ports.transport.subscribe('awards'),
  }
  const probes = {
    user: createProbe<SolventVocabulary>(),
    atlas: createProbe<SolventVocabulary>(listening),
    borealis: createProbe<SolventVocabulary>(listening),
  }
  network.add(auctioneer, createAuctioneer({ spec: smallNetwork, node: auctioneer }))
  network.add(node('user-1'), probes.user.create)
  network.add(node('atlas'), probes.atlas.create)
  network.add(node('borealis'), probes.borealis.create)
  network.start()

  const publish = (order: Order): OrderId => {
    const body: SignedOrder = { order, signature: signerOf(node('user-1')).sign(orderDigest(order)) }
    network.act(node('user-1'), () => probes.user.ports.transport.publish('orders', { type: 'order', body }))
    return orderDigest(order)
  }
  const signedBid = (solver: SolverName, orderId: OrderId, outputAmount: bigint): SignedBid => {
    const bid = { orderId, auctioneer: address('auctioneer-1'), solver: address(solver), outputAmount }
    return { bid, signature: signerOf(node(solver)).sign(bidDigest(bid)) }
  }
  const send = (from: SolverName, body: SignedBid) =>
    network.act(
      node(from),
      () => void probes[from].ports.transport.request(auctioneer, { type: 'bid', body }, 20_000),
    )
  const sealBid = (from: SolverName, signed: SignedBid) => {
    const { orderId, solver } = signed.bid
    const sealed = { orderId, solver, auctioneer: address('auctioneer-1'), commitment: bidCommitment(signed) }
    const body = { sealed, signature: signerOf(node(from)).sign(sealedBidDigest(sealed)) }
    network.act(
      node(from),
      () => void probes[from].ports.transport.request(auctioneer, { type: 'sealed-bid', body }, 20_000),
    )
  }
  const bid = (solver: SolverName, orderId: OrderId, outputAmount: bigint) => {
    send(solver, signedBid(solver, orderId, outputAmount))
    network.advance(50)
  }
  const messages = (solver: SolverName): Message[] =>
    probes[solver].inbox.flatMap((inbound) => ('message' in inbound ? inbound.message : []))
  const receipts = (solver: SolverName) =>
    messages(solver).flatMap((m) => (m.type === 'receipt' ? (m.body.reason ?? 'accepted') : []))
  const awards = (solver: SolverName): SignedAward[] =>
    messages(solver).flatMap((m) => (m.type === 'award' ? m.body : []))
  const events = (kind: DomainEvent['kind']) => network.events.filter(({ event }) => event.kind === kind)
  return { network, publish, bid, sealBid, send, signedBid, receipts, awards, events }
}

describe('an auctioneer', () => {
  test('awards the best bid when the last second of the auction is over, and reveals all bids', () => {
    const { network, publish, bid, receipts, awards, events } = setUp()
    const orderId = publish(sampleOrder())
    network.advance(100)
    bid('atlas', orderId, 9_980n * USDC)
    bid('borealis', orderId, 9_985n * USDC)
    expect([...receipts('atlas'), ...receipts('borealis')]).toEqual(['accepted', 'accepted'])
    network.advance(30_700)
    expect(awards('atlas')).toEqual([])
    network.advance(200)
    const [signed] = awards('atlas')
    expect(signed?.award).toMatchObject({
      orderId,
      winner: address('borealis'),
      outputAmount: 9_985n * USDC,
      exclusiveUntil: GENESIS_SECONDS + 300,
    })
    expect(signed?.award.bids.map((b) => b.solver)).toEqual([address('borealis'), address('atlas')])
    const verifier = createStandInVerifier({ seed: SEED })
    expect(
      signed !== undefined &&
        verifier.verify(awardDigest(signed.award), signed.signature, address('auctioneer-1')),
    ).toBe(true)
    expect(awards('borealis')).toEqual([signed])
    expect(events('auction-closed').map(({ event }) => event)).toEqual([
      { kind: 'auction-closed', award: signed?.award, order: sampleOrder() },
    ])
    expect(events('commitment').map(({ event }) => event)).toEqual([
      {
        kind: 'commitment',
        slot: `award/${orderId}`,
        digest: signed && awardDigest(signed.award),
        signer: address('auctioneer-1'),
      },
    ])
  })

  test('cannot read sealed bids before the close, and counts those that are opened then', () => {
    const { network, publish, signedBid, sealBid, send, receipts, awards } = setUp()
    const order = sampleOrder()
    if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
    const orderId = publish({ ...order, award: { ...order.award, rule: 'sealed-encrypted' } })
    network.advance(100)
    const [low, high, other] = [9_980n, 9_985n, 9_990n].map((amount) => amount * USDC) as [
      bigint,
      bigint,
      bigint,
    ]
    sealBid('atlas', signedBid('atlas', orderId, low))
    sealBid('borealis', signedBid('borealis', orderId, high))
    network.advance(100)
    send('atlas', signedBid('atlas', orderId, low))
    network.advance(31_000)
    // A better bid than the one it had committed to, then nothing: the commitment was worth nothing.
    send('borealis', signedBid('borealis', orderId, other))
    send('atlas', signedBid('atlas', orderId, low))
    network.advance(8_000)
    expect(awards('atlas')).toEqual([])
    network.advance(3_000)
    expect(receipts('atlas')).toEqual(['accepted', 'unavailable', 'accepted'])
    expect(receipts('borealis')).toEqual(['accepted', 'not-committed'])
    expect(awards('atlas')[0]?.award).toMatchObject({ winner: address('atlas'), outputAmount: low })
    expect(awards('atlas')[0]?.award.bids).toHaveLength(1)
  })

  test('remembers commitments over a restart', () => {
    const { network, publish, signedBid, sealBid, send, awards } = setUp()
    const order = sampleOrder()
    if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
    const orderId = publish({ ...order, award: { ...order.award, rule: 'sealed-encrypted' } })
    network.advance(100)
    const bid = signedBid('atlas', orderId, 9_980n * USDC)
    sealBid('atlas', bid)
    network.advance(20_000)
    network.kill(auctioneer, 'kept')
    network.restart(auctioneer)
    network.advance(12_000)
    send('atlas', bid)
    network.advance(12_000)
    expect(awards('atlas')[0]?.award.winner).toBe(address('atlas'))
  })

  test('asks the runner-up’s amount where the order says second price', () => {
    const { network, publish, bid, awards } = setUp()
    const order = sampleOrder()
    if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
    const orderId = publish({ ...order, award: { ...order.award, rule: 'second-price' } })
    network.advance(100)
    bid('atlas', orderId, 9_980n * USDC)
    bid('borealis', orderId, 9_985n * USDC)
    network.advance(32_000)
    expect(awards('atlas')[0]?.award).toMatchObject({
      winner: address('borealis'),
      outputAmount: 9_980n * USDC,
    })
  })

  test('names nobody when no bid was feasible', () => {
    const { network, publish, bid, receipts, awards } = setUp()
    const orderId = publish(sampleOrder())
    network.advance(100)
    bid('atlas', orderId, 9_949n * USDC)
    network.advance(32_000)
    expect(receipts('atlas')).toEqual(['below-minimum'])
    expect(awards('atlas')[0]?.award).toMatchObject({ winner: ZERO_ADDRESS, outputAmount: 0n, bids: [] })
  })

  test('holds a solver to its first bid', () => {
    const { network, publish, bid, receipts, awards } = setUp()
    const orderId = publish(sampleOrder())
    network.advance(100)
    bid('atlas', orderId, 9_980n * USDC)
    bid('atlas', orderId, 9_999n * USDC)
    bid('atlas', orderId, 9_980n * USDC)
    network.advance(32_000)
    expect(receipts('atlas')).toEqual(['accepted', 'duplicate', 'accepted'])
    expect(awards('atlas')[0]?.award.outputAmount).toBe(9_980n * USDC)
  })

  test('keeps a bid that came before its order, and answers it when the order stays unknown', () => {
    const { network, publish, bid, receipts, awards } = setUp()
    const order = sampleOrder()
    bid('atlas', orderDigest(order), 9_980n * USDC)
    expect(receipts('atlas')).toEqual([])
    publish(order)
    network.advance(100)
    expect(receipts('atlas')).toEqual(['accepted'])
    bid('borealis', orderDigest(sampleOrder({ nonce: 7n })), 9_980n * USDC)
    network.advance(11_000)
    expect(receipts('borealis')).toEqual(['unknown-order'])
    network.advance(32_000)
    expect(awards('atlas')[0]?.award.winner).toBe(address('atlas'))
  })

  test('takes no bid after the last second, none of a stranger, and none in another solver’s name', () => {
    const { network, publish, bid, send, signedBid, receipts } = setUp()
    const orderId = publish(sampleOrder())
    network.advance(30_900)
    send('atlas', signedBid('borealis', orderId, 9_990n * USDC))
    network.advance(50)
    expect(receipts('atlas')).toEqual(['not-authorised'])
    network.advance(100)
    bid('borealis', orderId, 9_990n * USDC)
    expect(receipts('borealis')).toEqual(['auction-closed'])
  })

  test('leaves orders of other auctioneers and orders after their auction alone', () => {
    const { network, publish, awards, events } = setUp()
    network.advance(40_000)
    publish(sampleOrder())
    const other = sampleOrder({ nonce: 1n }, 40)
    if (other.award.by !== 'auctioneer') throw new Error('not auctioned')
    publish({ ...other, award: { ...other.award, auctioneer: address('guardian') } })
    network.advance(60_000)
    expect(events('order-accepted')).toEqual([])
    expect(awards('atlas')).toEqual([])
  })

  test('makes one order of two signatures of the same digest', () => {
    const { network, publish, awards, events } = setUp()
    publish(sampleOrder())
    network.advance(100)
    publish({ ...sampleOrder() })
    network.advance(32_000)
    publish({ ...sampleOrder() })
    network.advance(32_000)
    expect(events('order-accepted').length).toBe(1)
    expect(awards('atlas').length).toBe(1)
  })

  test('goes on after being killed, with the bids it had, and never signs a second award', () => {
    const { network, publish, bid, awards, events } = setUp()
    const orderId = publish(sampleOrder())
    network.advance(100)
    bid('atlas', orderId, 9_980n * USDC)
    network.kill(auctioneer, 'kept')
    network.restart(auctioneer)
    network.advance(100)
    bid('borealis', orderId, 9_970n * USDC)
    network.advance(32_000)
    expect(awards('atlas').map((a) => [a.award.winner, a.award.bids.length])).toEqual([[address('atlas'), 2]])
    network.kill(auctioneer, 'kept')
    network.restart(auctioneer)
    network.advance(1_000)
    const digests = awards('atlas').map((a) => awardDigest(a.award))
    expect(digests.length).toBe(2)
    expect(new Set(digests).size).toBe(1)
    expect(
      new Set(events('commitment').map(({ event }) => event.kind === 'commitment' && event.digest)).size,
    ).toBe(1)
    expect(events('auction-closed').length).toBe(1)
  })

  test('publishes nothing before the store has the award', () => {
    const { network, publish, bid, awards, events } = setUp({ storeDelayMs: 500 })
    const orderId = publish(sampleOrder())
    network.advance(600)
    bid('atlas', orderId, 9_980n * USDC)
    network.advance(30_500)
    network.kill(auctioneer, 'unsynced-lost')
    expect(awards('atlas')).toEqual([])
    network.restart(auctioneer)
    network.advance(2_000)
    expect(awards('atlas').length).toBe(1)
    expect(events('auction-closed').length).toBe(1)
  })
})
