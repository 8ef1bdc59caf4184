import { createLoopback, createProbe, type Probe } from '@solvent/ports/testing'
import { asNodeId, type NodeId, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  addressOf,
  type BidShare,
  bidDigest,
  createStandInSigner,
  dealingCommitment,
  type Message,
  type NetworkSpec,
  orderDigest,
  privateKeyOf,
  type SignedAward,
  type SolventVocabulary,
  sealedBidDigest,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { sealBid } from '../parts/committee-seal.ts'
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
const CLOSES_AT = GENESIS_SECONDS + 30
const signerOf = (id: NodeId) =>
  createStandInSigner({ seed: SEED, address: addressOf(privateKeyOf(SEED, id)) })
const members = ['auctioneer-1', 'auctioneer-2', 'auctioneer-3'].map(asNodeId) as [NodeId, NodeId, NodeId]
const committee = { members, threshold: 2 }
const spec: NetworkSpec = {
  ...smallNetwork,
  auctioneers: members.map((id) => ({ node: id, address: addressOf(privateKeyOf(SEED, id)) })),
  sealCommittee: committee,
}

/** An order of the first member's, and a bid of atlas that is sealed to all three. */
function setUp({
  accomplices = [],
  masks = (words) => words,
}: {
  accomplices?: readonly NodeId[]
  /** What the solver does to the words that it deals. */
  masks?: (masked: readonly bigint[]) => readonly bigint[]
} = {}) {
  const network = createLoopback<SolventVocabulary>({ seed: SEED, startMs: GENESIS_MS, signer: signerOf })
  const onStart = (ports: Probe<SolventVocabulary>['ports']) => ports.transport.subscribe('awards')
  const [user, atlas, borealis] = [
    createProbe<SolventVocabulary>(),
    createProbe<SolventVocabulary>({ onStart }),
    createProbe<SolventVocabulary>(),
  ]
  for (const id of members) {
    const isIn = accomplices.includes(id)
    const leak = { ppm: 1_000_000, to: [node('borealis')] }
    network.add(id, createAuctioneer({ spec, node: id, leak, ...(isIn ? { accomplices } : {}) }))
  }
  network.add(node('user-1'), user.create)
  network.add(node('atlas'), atlas.create)
  network.add(node('borealis'), borealis.create)
  network.start()
  const sample = sampleOrder()
  if (sample.award.by !== 'auctioneer') throw new Error('not auctioned')
  const order = { ...sample, award: { ...sample.award, rule: 'sealed-encrypted' as const } }
  const orderId: OrderId = orderDigest(order)
  const body = { order, signature: signerOf(node('user-1')).sign(orderId) }
  network.act(node('user-1'), () => user.ports.transport.publish('orders', { type: 'order', body }))
  network.advance(100)

  const bid = {
    orderId,
    auctioneer: address('auctioneer-1'),
    solver: address('atlas'),
    outputAmount: 9_980n * USDC,
  }
  const signed = { bid, signature: signerOf(node('atlas')).sign(bidDigest(bid)) }
  const { dealing: honest, shares } = sealBid(signed, committee)
  const dealing = { ...honest, masked: masks(honest.masked) }
  const sealed = {
    orderId,
    auctioneer: bid.auctioneer,
    solver: bid.solver,
    commitment: dealingCommitment(dealing),
  }
  const sealedBid = { sealed, signature: signerOf(node('atlas')).sign(sealedBidDigest(sealed)) }
  const ask = (
    to: NodeId,
    message: Parameters<Probe<SolventVocabulary>['ports']['transport']['request']>[1],
    from = atlas,
  ) =>
    network.act(
      from === atlas ? node('atlas') : node('borealis'),
      () => void from.ports.transport.request(to, message, 20_000),
    )
  const shareOf = (index: number, change: Partial<BidShare> = {}): Message & { type: 'bid-share' } => ({
    type: 'bid-share',
    body: { ...sealedBid, ...dealing, opensAfter: CLOSES_AT, share: shares[index] ?? 0n, ...change },
  })
  const seal = () => {
    ask(members[0], { type: 'sealed-bid', body: sealedBid })
    members.forEach((member, index) => void ask(member, shareOf(index)))
    network.advance(100)
  }
  const inbox = (probe: typeof atlas): Message[] =>
    probe.inbox.flatMap((inbound) => ('message' in inbound ? inbound.message : []))
  const receipts = () =>
    inbox(atlas).flatMap((m) => (m.type === 'receipt' ? (m.body.reason ?? 'accepted') : []))
  const award = (): SignedAward['award'] | undefined =>
    inbox(atlas).flatMap((m) => (m.type === 'award' ? m.body.award : []))[0]
  const testimonies = () =>
    network.sent.flatMap(({ message }) =>
      message.type === 'evidence' && message.body.kind === 'early-opening' ? [message.body.opening] : [],
    )
  const leaked = () => inbox(borealis).flatMap((m) => (m.type === 'side-channel' ? [m.body] : []))
  return {
    network,
    orderId,
    signed,
    ask,
    shareOf,
    seal,
    receipts,
    award,
    leaked,
    borealis,
    inbox,
    testimonies,
  }
}

describe('a committee that opens sealed bids', () => {
  test('opens them after the close, without their solver', () => {
    const { network, seal, receipts, award, leaked, ask, signed } = setUp()
    seal()
    expect(receipts()).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    network.kill(node('atlas'), 'kept')
    network.restart(node('atlas'))
    network.advance(29_000)
    expect(leaked()).toEqual([])
    network.advance(3_000)
    ask(members[0], { type: 'bid', body: signed })
    network.advance(12_000)
    expect(award()).toMatchObject({ winner: address('atlas'), outputAmount: 9_980n * USDC })
    expect(receipts()).toContain('not-committed')
  })

  test('opens with one member dead, and nothing with two', () => {
    const outcome = (...dead: NodeId[]) => {
      const { network, seal, award } = setUp()
      seal()
      for (const each of dead) network.kill(each, 'kept')
      network.advance(44_000)
      return award()?.winner
    }
    expect(outcome(members[2])).toBe(address('atlas'))
    expect(outcome(members[1], members[2])).toBe(ZERO_ADDRESS)
  })

  test('remembers its shares over restarts, and opens when a member comes back in time', () => {
    const { network, seal, award } = setUp()
    seal()
    for (const member of members) network.kill(member, 'kept')
    network.advance(32_000)
    network.restart(members[0])
    network.restart(members[2])
    network.advance(12_000)
    expect(award()?.winner).toBe(address('atlas'))
  })

  test('gives no share to whom the bid does not name', () => {
    const { network, seal, ask, orderId, inbox, borealis } = setUp()
    seal()
    network.advance(40_000)
    ask(members[1], { type: 'share-request', body: { orderId } }, borealis)
    network.advance(100)
    expect(inbox(borealis).filter(({ type }) => type === 'bid-shares')).toEqual([
      { type: 'bid-shares', body: { shares: [] } },
    ])
  })

  test('takes one share of a bid, in time, from its solver only', () => {
    const { network, ask, shareOf, receipts, borealis, inbox } = setUp()
    ask(members[1], shareOf(1))
    ask(members[1], shareOf(1, { share: 7n }))
    ask(members[1], shareOf(1), borealis)
    network.advance(100)
    expect(receipts()).toEqual(['accepted', 'duplicate'])
    expect(inbox(borealis)).toMatchObject([{ type: 'receipt', body: { reason: 'not-authorised' } }])
    network.advance(31_000)
    ask(members[2], shareOf(2))
    network.advance(100)
    expect(receipts().at(-1)).toBe('auction-closed')
  })

  test('leaks when as many members as it takes open early, and not when one fewer does', () => {
    const heard = (...accomplices: NodeId[]) => {
      const { network, seal, leaked } = setUp({ accomplices })
      seal()
      network.advance(10_000)
      return leaked()
    }
    expect(heard(members[0], members[1])).toMatchObject([
      { kind: 'rival-bid', solver: address('atlas'), outputAmount: 9_980n * USDC },
    ])
    expect(heard(members[0])).toEqual([])
    // The auctioneer that the order names is not among them: nobody else is given its bids' shares.
    expect(heard(members[1], members[2])).toEqual([])
  })

  test('refuses whoever asks before the close, and testifies that it was asked, once', () => {
    const { network, seal, testimonies, orderId, borealis } = setUp({ accomplices: [members[0]] })
    network.act(node('borealis'), () => borealis.ports.transport.subscribe('evidence'))
    seal()
    network.advance(10_000)
    const answers = network.sent.filter(
      ({ from, to }) => members.slice(1).includes(from) && to === members[0],
    )
    expect(answers.map(({ message }) => message)).toEqual([
      { type: 'receipt', body: { accepted: false, reason: 'unavailable' } },
      { type: 'receipt', body: { accepted: false, reason: 'unavailable' } },
    ])
    const said = new Map(testimonies().map((opening) => [opening.witness, opening]))
    expect(said.size).toBe(2)
    expect([...said.values()][0]).toMatchObject({
      ...{ orderId, auctioneer: address('auctioneer-1'), closesAt: CLOSES_AT },
      witness: addressOf(privateKeyOf(SEED, members[1])),
    })
    network.advance(40_000)
    expect(new Set(testimonies().map(({ witness }) => witness)).size).toBe(2)
  })

  test('says nothing against an auctioneer whose clock is a second ahead', () => {
    const { network, seal, ask, orderId, testimonies, inbox, borealis } = setUp()
    seal()
    network.advance(28_900)
    ask(members[1], { type: 'share-request', body: { orderId } }, borealis)
    network.advance(100)
    expect(testimonies()).toEqual([])
    expect(inbox(borealis).map(({ type }) => type)).toEqual(['bid-shares'])
  })

  test('takes no share that its solver has not dealt to it, and opens the bid with the others', () => {
    const { network, shareOf, seal, ask, receipts, award } = setUp()
    ask(members[2], shareOf(2, { share: 7n }))
    ask(members[2], shareOf(1))
    ask(members[2], shareOf(2, { points: shareOf(2).body.points.slice(1) }))
    network.advance(100)
    expect(receipts()).toEqual(['not-committed', 'not-committed', 'not-committed'])
    seal()
    network.advance(44_000)
    expect(award()?.winner).toBe(address('atlas'))
  })

  test('counts a bid that it opens and that is not what was signed for nobody', () => {
    const { network, seal, receipts, award } = setUp({
      masks: ([first = 0n, ...rest]) => [first + 1n, ...rest],
    })
    seal()
    expect(receipts()).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    network.advance(44_000)
    expect(award()).toMatchObject({ winner: ZERO_ADDRESS, bids: [] })
  })
})

describe('a committee whose order has lost its auctioneer', () => {
  const second = addressOf(privateKeyOf(SEED, members[1]))
  const third = addressOf(privateKeyOf(SEED, members[2]))

  test('awards it by the next member after its time, and by the one after that if it is dead too', () => {
    const awardedBy = (seconds: number, ...dead: NodeId[]) => {
      const { network, seal, award } = setUp()
      seal()
      for (const each of dead) network.kill(each, 'kept')
      network.advance(seconds * 1_000)
      return award()
    }
    // Closed at 30, opened until 40: the second member's turn is at 50, and it awards five seconds later.
    expect(awardedBy(54, members[0])).toBeUndefined()
    expect(awardedBy(56, members[0])).toMatchObject({
      ...{ auctioneer: second, winner: address('atlas'), outputAmount: 9_980n * USDC },
      exclusiveUntil: expect.any(Number),
    })
    // Of three, one alone has too few shares; it says so.
    expect(awardedBy(66, members[0], members[1])).toMatchObject({ auctioneer: third, winner: ZERO_ADDRESS })
  })

  test('makes no second award: neither of what was awarded in time, nor when the dead one comes back', () => {
    const { network, seal, inbox, borealis } = setUp()
    network.act(node('borealis'), () => borealis.ports.transport.subscribe('awards'))
    const heard = () => inbox(borealis).flatMap((m) => (m.type === 'award' ? m.body.award.auctioneer : []))
    seal()
    network.advance(70_000)
    expect(heard()).toEqual([address('auctioneer-1')])

    const other = setUp()
    other.network.act(node('borealis'), () => other.borealis.ports.transport.subscribe('awards'))
    other.seal()
    other.network.kill(members[0], 'kept')
    other.network.advance(60_000)
    other.network.restart(members[0])
    other.network.advance(20_000)
    const after = other
      .inbox(other.borealis)
      .flatMap((m) => (m.type === 'award' ? m.body.award.auctioneer : []))
    expect(after).toEqual([second])
  })

  test('leaves it alone if it has restarted since: it may have missed the award', () => {
    const { network, seal, award } = setUp()
    seal()
    network.kill(members[0], 'kept')
    network.kill(members[1], 'kept')
    network.restart(members[1])
    network.advance(56_000)
    expect(award()).toBeUndefined()
    network.advance(10_000)
    expect(award()).toMatchObject({ auctioneer: third, winner: address('atlas') })
  })
})
