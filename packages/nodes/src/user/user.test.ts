import { createProbe, type LoopbackOptions } from '@solvent/ports/testing'
import { asNodeId, type NodeId, type OrderId } from '@solvent/primitives'
import {
  type Call,
  type ControlMessage,
  type ControlReply,
  type DomainEvent,
  type Order,
  type QuoteRequest,
  quoteDigest,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createBridgeNode } from '../bridge/bridge-node.ts'
import { createTransactionSender, type TransactionSender } from '../parts/transaction-sender.ts'
import { createRunningNetwork, signerOf } from '../testing/running-network.ts'
import {
  address,
  L1,
  node,
  prices,
  ROLLUP,
  smallNetwork,
  strongBridge,
  tokens,
} from '../testing/small-network.ts'
import { checkedWire } from '../testing/wire-check.ts'
import type { AwardMode, ExplicitOrder, OrderFlow } from './order-flow.ts'
import { createUser } from './user.ts'

const USER = node('user-1')
const OPERATOR = asNodeId('operator')

const explicit = (award: AwardMode, change: Partial<ExplicitOrder> = {}): ExplicitOrder => ({
  atMs: 10_000,
  origin: ROLLUP,
  inputSymbol: 'USDC',
  inputAmount: 1_000n * 10n ** 6n,
  destination: L1,
  outputSymbol: 'USDC',
  minOutputBps: 9_950,
  prover: strongBridge,
  award,
  cancelAfterSeconds: null,
  ...change,
})

const flow = (...orders: ExplicitOrder[]): OrderFlow => ({
  arrivals: { kind: 'count', count: 0 },
  startMs: 0,
  endMs: 0,
  pairs: [],
  valueE8: { from: 1n, to: 1n },
  minOutputBps: { from: 9_900, to: 9_900 },
  awards: { auctioneer: 1, chain: 0, user: 0, parts: 0 },
  auctionRule: 'first-price',
  chainPricing: 'dutch',
  blockCurve: [{ blocks: 32, fallBps: 10_000 }],
  leastPartBps: 1_000,
  auctionSeconds: 60,
  exclusivitySeconds: 120,
  fillSeconds: 600,
  expiresSeconds: 1_200,
  cancelProbability: 0,
  orders,
})

interface Setting extends Partial<LoopbackOptions<SolventVocabulary>> {
  /** What each solver quotes, base units; none: it declines. */
  readonly quotes?: Readonly<Partial<Record<'atlas' | 'borealis', bigint>>>
  /** With the strong bridge's verifiers and relayer. */
  readonly bridge?: boolean
}

function setUp(orders: readonly ExplicitOrder[], { quotes = {}, bridge = false, ...change }: Setting = {}) {
  const network = createRunningNetwork(change)
  network.add(USER, createUser({ spec: smallNetwork, node: USER, prices, flow: flow(...orders) }))
  const senders = new Map<NodeId, TransactionSender>()
  const asked: QuoteRequest[] = []
  for (const name of ['atlas', 'borealis'] as const) {
    const probe = createProbe<SolventVocabulary>({
      onStart(ports) {
        ports.transport.subscribe('orders')
        senders.set(node(name), createTransactionSender({ spec: smallNetwork, onIncluded: () => {} }, ports))
      },
      onMessage(inbound, ports) {
        if (senders.get(node(name))?.onMessage(inbound) === true) return 'accept'
        if (inbound.via !== 'request' || inbound.message.type !== 'quote-request') return 'accept'
        asked.push(inbound.message.body)
        const outputAmount = quotes[name]
        if (outputAmount === undefined) return 'ignore'
        const { quoteId } = inbound.message.body
        const quote = {
          quoteId,
          solver: address(name),
          outputAmount,
          validUntil: Math.floor(ports.clock.nowMs() / 1_000) + 3_600,
        }
        const signature = signerOf(node(name)).sign(quoteDigest(quote))
        ports.transport.reply(inbound.replyTo, { type: 'quote', body: { quote, signature } })
        return 'accept'
      },
      onTimer: (timer) => void senders.get(node(name))?.onTimer(timer),
    })
    network.add(node(name), probe.create)
  }
  if (bridge) {
    const add = (id: NodeId, role: 'verifier' | 'relayer') =>
      network.add(
        id,
        createBridgeNode({
          spec: smallNetwork,
          node: id,
          bridge: strongBridge,
          roles: [role],
          trustedSources: [],
        }),
      )
    for (const name of ['strong-verifier-1', 'strong-verifier-2', 'strong-verifier-3'] as const)
      add(node(name), 'verifier')
    add(node('strong-relayer'), 'relayer')
  }
  const operator = network.probe(OPERATOR)
  network.start()

  const published = (): Order[] => {
    const found = new Map<string, Order>()
    for (const { from, message } of network.sent)
      if (from === USER && message.type === 'order') found.set(message.body.signature, message.body.order)
    return [...found.values()]
  }
  const signed = () =>
    network.events.flatMap(({ event }) =>
      event.kind === 'order-signed' ? [event] : ([] as Extract<DomainEvent, { kind: 'order-signed' }>[]),
    )
  const act = (solver: 'atlas' | 'borealis', call: Call, chainId = L1) =>
    senders.get(node(solver))?.send({ chainId, call, ref: `${call.kind}/${network.nowMs}` })
  const fill = (order: Order, solver: 'atlas' | 'borealis' = 'atlas') =>
    act(solver, { kind: 'fill', order, award: null, amount: 1_000n * 10n ** 6n, payee: address(solver) })
  const ask = (message: ControlMessage): ControlReply | undefined => {
    const before = operator.inbox.length
    operator.ports.transport.request(USER, { type: 'control', body: message }, 120_000)
    network.seconds(1)
    const answer = operator.inbox[before]
    return answer?.via === 'reply' && answer.message.type === 'control-reply'
      ? answer.message.body
      : undefined
  }
  const stateOf = (orderId: OrderId) => {
    const reply = ask({ kind: 'order-status', orderId })
    return reply?.kind === 'order' ? reply.state : reply
  }
  return { network, published, signed, act, fill, ask, stateOf, asked, operator }
}

describe('a user', () => {
  it('signs an auctioned order at its moment and leaves the opening to the winner', () => {
    const { network, published, signed } = setUp([explicit('auctioneer')])
    network.advance(9_999)
    expect(published()).toEqual([])
    network.seconds(60)
    expect(published()).toMatchObject([
      {
        nonce: 0n,
        user: address('user-1'),
        award: { by: 'auctioneer', auctioneer: address('auctioneer-1'), rule: 'first-price' },
        pricing: { rule: 'limit' },
      },
    ])
    expect(signed()).toHaveLength(1)
    expect(network.chainEvents(ROLLUP, 'order-opened')).toEqual([])
  })

  it('opens an order again when its block is orphaned, with the same transaction and not twice', () => {
    const order = explicit('chain', { origin: L1, destination: ROLLUP })
    const { network, operator, signed, stateOf } = setUp([order])
    const openings = () => network.chainEvents(L1, 'order-opened')
    network.seconds(25)
    const orderId = signed()[0]?.orderId as OrderId
    expect(stateOf(orderId)).toBe('open')
    const first = openings()
    expect(first).toHaveLength(1)

    const producer = node('l1-producer')
    operator.ports.transport.request(
      producer,
      { type: 'control', body: { kind: 'reorg', chainId: L1, depth: 1 } },
      60_000,
    )
    const states = new Set<unknown>()
    for (let slot = 0; slot < 40; slot++) {
      network.seconds(3)
      states.add(stateOf(orderId))
    }
    // Once, and in a later block: the price has decayed further.
    expect(openings()).toMatchObject([{ orderId }])
    expect(openings()).not.toEqual(first)
    expect([...states]).toEqual(['open', 'signed'])
    expect(stateOf(orderId)).toBe('open')
    const opens = network.sent.flatMap(({ message }) =>
      message.type === 'transaction' && message.body.transaction.call.kind === 'open'
        ? [message.body.signature]
        : [],
    )
    expect(new Set(opens).size).toBe(1)
  })

  it('opens an order that the chain awards, and sees it settle', () => {
    const wire = checkedWire()
    const { network, published, fill, act, stateOf, signed } = setUp([explicit('chain')], {
      bridge: true,
      ...wire.options,
    })
    network.seconds(20)
    const [order] = published()
    const orderId = signed()[0]?.orderId as OrderId
    expect(network.chainEvents(ROLLUP, 'order-opened')).toMatchObject([
      { orderId, opener: address('user-1') },
    ])
    expect(stateOf(orderId)).toBe('open')
    fill(order as Order)
    network.seconds(30)
    expect(stateOf(orderId)).toBe('filled')
    network.seconds(400)
    expect(stateOf(orderId)).toBe('proven')
    act('atlas', { kind: 'claim', orderId }, ROLLUP)
    network.seconds(30)
    expect(stateOf(orderId)).toBe('settled')
    network.seconds(1_500)
    expect([...wire.seen].sort()).toEqual([
      'attestation',
      'block-request',
      'blocks',
      'control',
      'control-reply',
      'header',
      'order',
      'receipt',
      'transaction',
    ])
    expect(network.chainEvents(ROLLUP, 'order-refunded')).toEqual([])
    expect(network.receipts(ROLLUP).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('takes its money back when an opened order has expired unproven, and not a moment earlier', () => {
    const { network, stateOf, signed } = setUp([explicit('chain')])
    network.seconds(1_205)
    expect(network.chainEvents(ROLLUP, 'order-refunded')).toEqual([])
    network.seconds(40)
    expect(network.chainEvents(ROLLUP, 'order-refunded')).toMatchObject([
      { user: address('user-1'), amount: 1_000n * 10n ** 6n },
    ])
    expect(stateOf(signed()[0]?.orderId as OrderId)).toBe('refunded')
    expect(network.receipts(ROLLUP).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('refunds after a kill too, because what was open is read from blocks', () => {
    const { network } = setUp([explicit('chain')])
    network.seconds(100)
    network.kill(USER, 'unsynced-lost')
    network.seconds(2_000)
    network.restart(USER)
    network.seconds(60)
    expect(network.chainEvents(ROLLUP, 'order-refunded')).toHaveLength(1)
  })

  it('names the best quote of those that answered, and opens the order', () => {
    const quotes = { atlas: 996n * 10n ** 6n, borealis: 998n * 10n ** 6n }
    const { network, published, asked } = setUp([explicit('user')], { quotes })
    network.seconds(20)
    expect(asked).toHaveLength(2)
    expect(published()).toMatchObject([
      { award: { by: 'user', solver: address('borealis') }, output: { minAmount: 998n * 10n ** 6n } },
    ])
    expect(network.chainEvents(ROLLUP, 'order-opened')).toMatchObject([
      { exclusiveSolver: address('borealis'), requiredAmount: 998n * 10n ** 6n },
    ])
  })

  it('takes no quote below its minimum, and lets the chain award when there is none', () => {
    const { network, published } = setUp([explicit('user')], { quotes: { atlas: 994n * 10n ** 6n } })
    network.seconds(100)
    expect(published()).toMatchObject([{ award: { by: 'chain' } }])
  })

  it('waits for a silent solver no longer than the window', () => {
    const silent: Setting = {
      quotes: { atlas: 996n * 10n ** 6n },
      lose: (_from, to, message) => to === node('borealis') && message.type === 'quote-request',
    }
    const { network, published } = setUp([explicit('user')], silent)
    network.seconds(60)
    expect(published()).toEqual([])
    network.seconds(15)
    expect(published()).toMatchObject([{ award: { by: 'user', solver: address('atlas') } }])
  })

  it('gives up an order that nobody has opened, which uses its nonce', () => {
    const { network, signed, stateOf } = setUp([explicit('auctioneer', { cancelAfterSeconds: 20 })])
    network.seconds(60)
    expect(network.chainEvents(ROLLUP, 'order-cancelled')).toHaveLength(1)
    expect(network.chainEvents(ROLLUP, 'nonce-used')).toMatchObject([{ nonce: 0n }])
    expect(stateOf(signed()[0]?.orderId as OrderId)).toBe('cancelled')
  })

  it('does not give up an order that is open', () => {
    const { network } = setUp([explicit('chain', { cancelAfterSeconds: 20 })])
    network.seconds(120)
    expect(network.chainEvents(ROLLUP, 'order-cancelled')).toEqual([])
    expect(network.receipts(ROLLUP).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('calls an order expired that nobody opened in time', () => {
    const { network, signed, stateOf } = setUp([explicit('auctioneer')])
    network.seconds(630)
    expect(stateOf(signed()[0]?.orderId as OrderId)).toBe('expired')
  })

  it('signs the same orders whatever the delays, and no order twice over a kill', () => {
    const orders = [
      explicit('auctioneer'),
      explicit('chain', { atMs: 30_000 }),
      explicit('auctioneer', { atMs: 60_000 }),
    ]
    const idsWith = (setting: Setting, killAtSeconds: number | null) => {
      const { network, signed } = setUp(orders, setting)
      network.seconds(killAtSeconds ?? 35)
      if (killAtSeconds !== null) {
        network.kill(USER, 'unsynced-lost')
        network.seconds(5)
        network.restart(USER)
      }
      network.seconds(100)
      return [...new Set(signed().map(({ orderId }) => orderId))]
    }
    const ids = idsWith({}, null)
    expect(ids).toHaveLength(3)
    expect(idsWith({ storeDelayMs: 400, latencyMs: () => 900 }, null)).toEqual(ids)
    expect(idsWith({}, 32)).toEqual(ids)
    expect(idsWith({}, 58)).toEqual(ids)
  })

  it('publishes an order only when the store has it', () => {
    const { network, published } = setUp([explicit('auctioneer')], { storeDelayMs: 500 })
    network.advance(10_499)
    expect(published()).toEqual([])
    network.advance(10)
    expect(published()).toHaveLength(1)
  })

  it('hands out its signed orders by id', () => {
    const { network, signed, operator } = setUp([explicit('auctioneer')])
    network.seconds(20)
    const orderId = signed()[0]?.orderId as OrderId
    operator.ports.transport.request(
      USER,
      { type: 'order-request', body: { orderIds: [orderId, `0x${'0'.repeat(64)}` as OrderId] } },
      30_000,
    )
    network.seconds(1)
    const answer = operator.inbox.at(-1)
    const orders: readonly SignedOrder[] =
      answer?.via === 'reply' && answer.message.type === 'orders' ? answer.message.body.orders : []
    expect(orders).toMatchObject([{ order: { nonce: 0n } }])
  })

  it('sends an order on an operator’s word and answers with its id', () => {
    const { network, ask, stateOf, published } = setUp([])
    const intent = {
      origin: ROLLUP,
      inputSymbol: 'USDC',
      inputAmount: 5n * 10n ** 6n,
      destination: L1,
      outputSymbol: 'USDC',
      minOutputBps: 9_900,
      award: 'chain',
    } as const
    const reply = ask({ kind: 'send-order', intent })
    expect(reply).toMatchObject({ kind: 'sent', orderId: expect.stringMatching(/^0x[0-9a-f]{64}$/) })
    network.seconds(20)
    expect(published()).toMatchObject([
      { nonce: 1_000_000_000n, input: { token: tokens.usdcRollup, amount: 5n * 10n ** 6n } },
    ])
    expect(stateOf((reply?.kind === 'sent' ? reply.orderId : '') as OrderId)).toBe('open')
    expect(ask({ kind: 'send-order', intent })).toMatchObject({ kind: 'sent' })
    expect(ask({ kind: 'send-order', intent: { ...intent, outputSymbol: 'DOGE' } })).toEqual({
      kind: 'refused',
      reason: 'unknown-symbol',
    })
    expect(ask({ kind: 'status' })).toMatchObject({
      kind: 'status',
      status: { role: 'user', summary: '0 to come, 1 open, 1 signed' },
    })
  })

  it('obeys operators only', () => {
    const { network } = setUp([])
    const stranger = network.probe(asNodeId('issuer'))
    network.start()
    stranger.ports.transport.request(USER, { type: 'control', body: { kind: 'status' } }, 30_000)
    network.seconds(1)
    expect(stranger.inbox).toMatchObject([
      { message: { body: { kind: 'refused', reason: 'not-authorised' } } },
    ])
  })
})
