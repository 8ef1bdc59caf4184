import type { Probe } from '@solvent/ports/testing'
import { asNodeId, type NodeId, type OrderId } from '@solvent/primitives'
import {
  type DomainEvent,
  type Message,
  type Order,
  orderDigest,
  type QuoteRequest,
  type ReceivableState,
  type SignedOrder,
  type SolventVocabulary,
  type SolverDistress,
} from '@solvent/protocol'
import type { StrategyConfig } from '@solvent/strategies'
import { describe, expect, test } from 'vitest'
import { createAuctioneer } from '../auctioneer/auctioneer.ts'
import { createBridgeNode } from '../bridge/bridge-node.ts'
import type { BridgeRole } from '../bridge/bridge-node-init.ts'
import {
  createRunningNetwork,
  type RunningNetwork,
  signerOf,
  smallGenesis,
} from '../testing/running-network.ts'
import {
  address,
  GENESIS_SECONDS,
  L1,
  node,
  prices,
  ROLLUP,
  sampleOrder,
  smallNetwork,
  strongBridge,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { userCall } from '../testing/user-call.ts'
import { createSolver } from './solver.ts'
import type { RiskLimits, SolverInit } from './solver-init.ts'

const USD = 10n ** 8n
const USDC = 10n ** 6n
type SolverName = 'atlas' | 'borealis'

const risk: RiskLimits = {
  maxExposurePerBridgeE8: 1_000_000n * USD,
  confirmationsByValue: [{ upToE8: 1_000_000n * USD, level: 'unsafe' }],
  maxConcurrentOrders: 50,
  refuseBelowBackingBps: 0,
}

function initOf(name: SolverName, strategy: StrategyConfig, change: Partial<SolverInit> = {}): SolverInit {
  return {
    spec: smallNetwork,
    node: node(name),
    genesis: smallGenesis,
    prices,
    strategy,
    risk,
    rebalance: null,
    sourcing: null,
    ...change,
  }
}

function addBridge(
  network: RunningNetwork,
  bridge: typeof weakBridge,
  members: readonly [Parameters<typeof node>[0], BridgeRole][],
) {
  for (const [name, role] of members) {
    const init = { spec: smallNetwork, node: node(name), bridge, roles: [role], trustedSources: [] }
    network.add(node(name), createBridgeNode(init))
  }
}

interface SetUp {
  readonly atlas?: Partial<SolverInit>
  readonly borealis?: Partial<SolverInit>
  readonly withBridges?: boolean
  readonly lose?: (from: NodeId, to: NodeId, message: Message) => boolean
}

function setUp({ atlas = {}, borealis = {}, withBridges = true, lose }: SetUp = {}) {
  const network = createRunningNetwork(lose === undefined ? {} : { lose })
  network.add(node('auctioneer-1'), createAuctioneer({ spec: smallNetwork, node: node('auctioneer-1') }))
  network.add(node('atlas'), createSolver(initOf('atlas', { kind: 'cost-plus', marginBps: 10 }, atlas)))
  network.add(
    node('borealis'),
    createSolver(initOf('borealis', { kind: 'cost-plus', marginBps: 20 }, borealis)),
  )
  if (withBridges) {
    addBridge(network, strongBridge, [
      ['strong-verifier-1', 'verifier'],
      ['strong-verifier-2', 'verifier'],
      ['strong-verifier-3', 'verifier'],
      ['strong-relayer', 'relayer'],
    ])
    addBridge(network, weakBridge, [
      ['weak-verifier', 'verifier'],
      ['weak-relayer', 'relayer'],
      ['issuer', 'issuer'],
      ['guardian', 'guardian'],
    ])
  }
  const user = network.probe(node('user-1'))
  const operator = network.probe(asNodeId('operator'))
  network.start()
  network.seconds(1)

  const sign = (order: Order): SignedOrder => ({
    order,
    signature: signerOf(node('user-1')).sign(orderDigest(order)),
  })
  const publish = (order: Order): OrderId => {
    network.act(node('user-1'), () =>
      user.ports.transport.publish('orders', { type: 'order', body: sign(order) }),
    )
    return orderDigest(order)
  }
  type Inventory = 'inventory-reserved' | 'inventory-released'
  type EventOf<K> = K extends Inventory
    ? Extract<DomainEvent, { reserved: bigint }>
    : Extract<DomainEvent, { kind: K }>
  const events = <K extends DomainEvent['kind']>(kind: K) =>
    network.events.flatMap(({ event }) => (event.kind === kind ? [event as EventOf<K>] : []))
  const receivableStates = (orderId: OrderId): ReceivableState[] =>
    events('receivable').flatMap((event) => (event.orderId === orderId ? [event.state] : []))
  /** A killed node takes its reservations with it. */
  let restartedAt = 0
  const restart = (name: SolverName) => {
    restartedAt = network.events.length
    network.restart(node(name))
  }
  /** What each solver says is set aside, by its last words since the last restart of any. */
  const reserved = (name: SolverName): bigint => {
    const last = new Map<string, bigint>()
    for (const { event } of network.events.slice(restartedAt)) {
      if (
        (event.kind === 'inventory-reserved' || event.kind === 'inventory-released') &&
        event.solver === address(name)
      ) {
        last.set(`${event.chainId}/${event.token}`, event.reserved)
      }
    }
    return [...last.values()].reduce((sum, amount) => sum + amount, 0n)
  }
  const openAsUser = (order: Order) =>
    network.act(node('user-1'), () => {
      const { signature } = sign(order)
      userCall(network, user, order.originChainId, { kind: 'open', order, signature, award: null })
    })
  return { network, user, operator, publish, events, receivableStates, reserved, restart, openAsUser }
}

describe('a solver in distress', () => {
  const tell = (
    { operator, network }: ReturnType<typeof setUp>,
    name: SolverName,
    distress: SolverDistress,
  ) => {
    const message = { type: 'control', body: { kind: 'distress', distress } } as const
    network.act(asNodeId('operator'), () => operator.ports.transport.request(node(name), message, 30_000))
    network.seconds(1)
  }
  const at = (seconds: number) => (GENESIS_SECONDS + seconds) * 1_000

  test('offers nothing while it stands aside, and more than its strategy says in a fee war', () => {
    const made = setUp()
    tell(made, 'atlas', { kind: 'stand-aside', untilMs: at(60) })
    tell(made, 'borealis', { kind: 'undercut', bps: 100, untilMs: at(60) })
    made.publish(sampleOrder())
    made.network.seconds(5)
    const reasons = () => made.events('bid-declined').map(({ solver, reason }) => [solver, reason])
    expect(reasons()).toEqual([[address('atlas'), 'stands-aside']])
    // As in 'offers the value after gas less its margin': a margin of 20, and 100 more of what that leaves.
    const offer = ((10_000n * USD - 55_567_573n) * (10_000n - 20n)) / 10_000n / 100n
    expect(made.events('bid-placed').map(({ outputAmount }) => outputAmount)).toEqual([
      (offer * 10_100n) / 10_000n,
    ])
    made.network.seconds(60)
    made.publish(sampleOrder({ nonce: 1n }, 68))
    made.network.seconds(5)
    expect(reasons()).toHaveLength(1)
    expect(made.events('bid-placed').at(-1)!.outputAmount).toBeLessThanOrEqual(10_000n * USDC)
  })

  test('fills nothing that it has won once it is in default, and pays what it holds away; a restart does not end that', () => {
    const made = setUp({ withBridges: false })
    const orderId = made.publish(sampleOrder())
    made.network.seconds(31)
    expect(made.events('auction-closed')[0]?.award).toMatchObject({ orderId, winner: address('atlas') })
    tell(made, 'atlas', { kind: 'default', creditor: address('guardian') })
    expect(made.reserved('atlas')).toBe(0n)
    made.network.seconds(300)
    expect(made.network.chainEvents(L1, 'order-filled')).toEqual([])
    const l1 = made.network.engines.get(L1)
    expect(l1?.balance('SOLVER', address('atlas'), tokens.usdcL1)).toBe(0n)
    made.restart('atlas')
    made.network.seconds(60)
    made.publish(sampleOrder({ nonce: 1n }, 395))
    made.network.seconds(5)
    expect(made.events('bid-declined').at(-1)).toMatchObject({
      solver: address('atlas'),
      reason: 'in-default',
    })
  })
})

describe('a solver in an auction', () => {
  test('wins with the lower margin, opens, fills, and is paid when the fill is proven', () => {
    const { network, publish, events, receivableStates, reserved } = setUp()
    const orderId = publish(sampleOrder())
    network.seconds(29)
    expect(
      events('bid-placed')
        .map(({ solver }) => solver)
        .sort(),
    ).toEqual([address('atlas'), address('borealis')].sort())
    expect(reserved('atlas') > 0n && reserved('borealis') > 0n).toBe(true)
    network.seconds(3)
    const [closed] = events('auction-closed')
    expect(closed?.award.winner).toBe(address('atlas'))
    expect(reserved('borealis')).toBe(0n)
    network.seconds(40)
    expect(network.chainEvents(ROLLUP, 'order-opened').map((e) => e.opener)).toEqual([address('atlas')])
    expect(network.chainEvents(L1, 'order-filled')).toMatchObject([
      {
        orderId,
        solver: address('atlas'),
        payee: address('atlas'),
        outputAmount: closed?.award.outputAmount,
      },
    ])
    expect(reserved('atlas')).toBe(0n)
    expect(receivableStates(orderId)).toEqual(['held'])
    network.seconds(400)
    expect(receivableStates(orderId)).toEqual(['held', 'attested', 'proven', 'claimed'])
    expect(network.chainEvents(ROLLUP, 'order-claimed')).toMatchObject([
      { orderId, payee: address('atlas'), amount: 10_000n * USDC },
    ])
    const engine = network.engines.get(ROLLUP)
    expect(engine?.balance('SOLVER', address('atlas'), tokens.usdcRollup)).toBe(1_010_000n * USDC)
  })

  test('offers the value after gas less its margin', () => {
    const { network, publish, events } = setUp()
    publish(sampleOrder())
    network.seconds(5)
    // Gas: open and claim 206,390 at 0.011 gwei, fill 100,000 at 2.2 gwei, ETH at 2,500: 0.5556757… USD, rounded up by chain.
    const gasE8 = 567_573n + 55_000_000n
    const net = 10_000n * USD - gasE8
    const offer = (margin: bigint) => (net * (10_000n - margin)) / 10_000n / 100n
    const bids = new Map(events('bid-placed').map((bid) => [bid.solver, bid.outputAmount]))
    expect(bids.get(address('atlas'))).toBe(offer(10n))
    expect(bids.get(address('borealis'))).toBe(offer(20n))
  })

  test('frees its inventory when nobody awards the order', () => {
    const { network, publish, reserved, events } = setUp({
      lose: (_from, _to, message) => message.type === 'award',
    })
    publish(sampleOrder())
    network.seconds(100)
    expect(reserved('atlas') > 0n).toBe(true)
    network.seconds(230)
    expect(reserved('atlas')).toBe(0n)
    expect(events('inventory-released').map(({ reason }) => reason)).toEqual(['no-award', 'no-award'])
  })

  test('frees its inventory when the order cannot be opened, and declines what is worth more than its tiers', () => {
    const { network, publish, reserved, events } = setUp()
    const order = sampleOrder({ input: { token: tokens.usdcRollup, amount: 2_000_000n * USDC } })
    const { output } = order
    publish({ ...order, output: { ...output, minAmount: 1n } })
    network.seconds(60)
    expect(events('bid-declined').map(({ reason }) => reason)).toEqual([
      'value-above-tiers',
      'value-above-tiers',
    ])
    const poor = sampleOrder({ user: address('guardian'), nonce: 3n }, 61)
    publish(poor)
    network.seconds(120)
    // The signature is not the guardian's: opening reverts, which costs gas and nothing else.
    expect(network.receipts(ROLLUP).map(({ reason }) => reason)).toContain('bad-signature')
    expect(reserved('atlas')).toBe(0n)
    expect(events('inventory-released').map(({ reason }) => reason)).toContain('failed')
  })

  test('bids once for an order that is heard twice, and stands by its bid after a restart', () => {
    const { network, publish, events, reserved, restart } = setUp()
    const orderId = publish(sampleOrder())
    network.seconds(2)
    publish({ ...sampleOrder() })
    network.seconds(2)
    network.kill(node('atlas'), 'kept')
    restart('atlas')
    network.seconds(3)
    publish({ ...sampleOrder() })
    network.seconds(30)
    const digests = events('commitment').flatMap((e) =>
      e.slot === `bid/${orderId}` && e.signer === address('atlas') ? [e.digest] : [],
    )
    expect(digests.length).toBeGreaterThan(1)
    expect(new Set(digests).size).toBe(1)
    expect(events('auction-closed')[0]?.award.winner).toBe(address('atlas'))
    network.seconds(400)
    expect(network.chainEvents(L1, 'order-filled').length).toBe(1)
    expect(reserved('atlas')).toBe(0n)
  })

  for (const second of [31, 33, 36, 45, 60]) {
    test(`goes on after being killed ${second} s into an order, and fills it exactly once`, () => {
      const { network, publish, receivableStates, reserved, restart } = setUp()
      const orderId = publish(sampleOrder())
      network.seconds(second)
      network.kill(node('atlas'), 'kept')
      network.seconds(4)
      restart('atlas')
      network.seconds(600)
      expect(network.chainEvents(ROLLUP, 'order-opened').length).toBe(1)
      expect(network.chainEvents(L1, 'order-filled').map(({ solver }) => solver)).toEqual([address('atlas')])
      expect(receivableStates(orderId).at(-1)).toBe('claimed')
      expect(new Set(receivableStates(orderId)).size).toBe(receivableStates(orderId).length)
      expect(reserved('atlas')).toBe(0n)
    })
  }

  test('waits for the confirmation that the value asks for', () => {
    const patient: RiskLimits = {
      ...risk,
      confirmationsByValue: [
        { upToE8: 1_000n * USD, level: 'unsafe' },
        { upToE8: 100_000n * USD, level: 'finalized' },
      ],
    }
    const { network, publish } = setUp({ atlas: { risk: patient } })
    const orderId = publish(sampleOrder())
    network.seconds(90)
    expect(network.chainEvents(ROLLUP, 'order-opened').length).toBe(1)
    expect(network.chainEvents(L1, 'order-filled').length).toBe(0)
    network.seconds(400)
    const [filled] = network.chainEvents(L1, 'order-filled')
    expect(filled).toMatchObject({ orderId, solver: address('atlas') })
  })

  test('declines what cannot be proven before the escrow expires, or filled before the deadline', () => {
    const { network, publish, events } = setUp()
    publish(
      sampleOrder({
        expires: GENESIS_SECONDS + 250,
        fillDeadline: GENESIS_SECONDS + 200,
        openDeadline: GENESIS_SECONDS + 100,
      }),
    )
    publish(
      sampleOrder({ nonce: 1n, fillDeadline: GENESIS_SECONDS + 40, openDeadline: GENESIS_SECONDS + 40 }),
    )
    network.seconds(5)
    expect(
      events('bid-declined')
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual([
      'fill-window-too-short',
      'fill-window-too-short',
      'proof-window-too-short',
      'proof-window-too-short',
    ])
  })

  test('stops at its exposure limit on one prover and goes on with another', () => {
    const tight: RiskLimits = { ...risk, maxExposurePerBridgeE8: 15_000n * USD }
    const { network, publish, events } = setUp({ atlas: { risk: tight }, borealis: { risk: tight } })
    publish(sampleOrder())
    publish(sampleOrder({ nonce: 1n }))
    publish(sampleOrder({ nonce: 2n, prover: weakBridge }))
    network.seconds(5)
    expect(events('bid-declined').map(({ reason }) => reason)).toEqual(['exposure-limit', 'exposure-limit'])
    expect(events('bid-placed').length).toBe(4)
  })

  test('refuses what a paused bridge proves or mints, and nothing else', () => {
    const { network, operator, publish, events } = setUp()
    const pause = { kind: 'pause', bridge: weakBridge, authority: 'issuer', until: 0 } as const
    operator.ports.transport.request(node('issuer'), { type: 'control', body: pause }, 30_000)
    network.seconds(30)
    expect(network.chainEvents(ROLLUP, 'bridge-paused').length).toBe(1)
    publish(sampleOrder({ prover: weakBridge }, 31))
    publish(sampleOrder({ nonce: 1n, input: { token: tokens.rsEthRollup, amount: 4n * 10n ** 18n } }, 31))
    publish(sampleOrder({ nonce: 2n }, 31))
    network.seconds(5)
    expect(events('bid-declined').map(({ reason }) => reason)).toEqual(Array(4).fill('bridge-paused'))
    expect(events('bid-placed').length).toBe(2)
  })

  test('strands its receivable when the prover is paused and the user takes the escrow back', () => {
    const { network, user, operator, publish, receivableStates, events } = setUp()
    const orderId = publish(sampleOrder({ prover: weakBridge }))
    network.seconds(60)
    expect(receivableStates(orderId)).toEqual(['held'])
    const pause = { kind: 'pause', bridge: weakBridge, authority: 'guardian', until: 0 } as const
    operator.ports.transport.request(node('guardian'), { type: 'control', body: pause }, 30_000)
    network.seconds(1_800)
    userCall(network, user, ROLLUP, { kind: 'refund', orderId })
    network.seconds(10)
    expect(network.chainEvents(ROLLUP, 'order-refunded').length).toBe(1)
    expect(receivableStates(orderId)).toEqual(['held', 'attested', 'stranded'])
    expect(events('receivable').at(-1)).toMatchObject({
      bridge: weakBridge,
      amount: 10_000n * USDC,
      chainId: ROLLUP,
    })
  })

  test('never reserves more than it holds, whatever comes', () => {
    const { network, publish, events, reserved } = setUp()
    for (let nonce = 0n; nonce < 20n; nonce++) {
      const input = { token: tokens.usdcRollup, amount: 100_000n * USDC }
      const output = { ...sampleOrder().output, minAmount: 99_000n * USDC }
      publish(sampleOrder({ nonce, input, output }))
      network.advance(100)
    }
    network.seconds(5)
    const made = events('inventory-reserved')
    expect(made.length).toBeGreaterThan(15)
    for (const event of made) expect(event.reserved <= event.balance).toBe(true)
    expect(
      events('bid-declined').some(({ reason }) => reason === 'no-inventory' || reason === 'exposure-limit'),
    ).toBe(true)
    network.seconds(700)
    expect(reserved('atlas')).toBe(0n)
    expect(reserved('borealis')).toBe(0n)
  })
})

describe('a solver without an auction', () => {
  test('fills a decaying order as soon as the price suits it, once the user has opened it', () => {
    const { network, publish, openAsUser } = setUp()
    const minAmount = 9_950n * USDC
    const order = sampleOrder({
      award: { by: 'chain' },
      output: { ...sampleOrder().output, minAmount },
      pricing: {
        rule: 'dutch',
        startAmount: 10_050n * USDC,
        decayStart: GENESIS_SECONDS,
        decayEnd: GENESIS_SECONDS + 200,
      },
    })
    const orderId = publish(order)
    network.seconds(20)
    openAsUser(order)
    network.seconds(200)
    const [filled] = network.chainEvents(L1, 'order-filled')
    // At 0.5 USDC a second the price is at atlas' 9,989.4 after 122 s and at borealis' 9,979.4 after 142 s.
    expect(filled).toMatchObject({ orderId, solver: address('atlas') })
    expect(filled && filled.outputAmount <= 9_989_500_000n && filled.outputAmount >= 9_985_000_000n).toBe(
      true,
    )
  })

  test('makes no promise from a chain on which its own transaction waits for minutes, and bids again afterwards', () => {
    const { network, operator, publish, events } = setUp()
    publish(sampleOrder())
    const fromMs = GENESIS_SECONDS * 1_000
    const outage = {
      chainId: ROLLUP,
      producer: node('rollup-producer'),
      mode: 'stopped',
      fromMs,
      untilMs: fromMs + 400_000,
    } as const
    operator.ports.transport.request(
      node('rollup-producer'),
      { type: 'control', body: { kind: 'sequencer-outage', outage } },
      30_000,
    )
    // Both bid; the auction closes at 30 s, and from then on atlas' `open` waits.
    network.seconds(200)
    publish(sampleOrder({ nonce: 1n }, 201))
    network.seconds(85)
    expect(events('bid-placed').length).toBe(4)
    publish(sampleOrder({ nonce: 2n }, 286))
    network.seconds(5)
    expect(events('bid-declined').map(({ solver, reason }) => [solver, reason])).toEqual([
      [address('atlas'), 'chain-stalled'],
    ])
    network.seconds(300)
    publish(sampleOrder({ nonce: 3n }, 591))
    network.seconds(5)
    expect(events('bid-declined').length).toBe(1)
    expect(events('bid-placed').length).toBe(7)
  })

  test('gives a race up that another has won, with nothing left aside', () => {
    const { network, publish, openAsUser, reserved } = setUp()
    const order = sampleOrder({ award: { by: 'chain' } })
    publish(order)
    openAsUser(order)
    network.seconds(60)
    expect(network.chainEvents(L1, 'order-filled').length).toBe(1)
    expect(network.receipts(L1).flatMap(({ reason }) => reason ?? [])).toEqual(['already-filled'])
    expect([reserved('atlas'), reserved('borealis')]).toEqual([0n, 0n])
  })

  const requestFor = (order: Order): QuoteRequest => ({
    quoteId: orderDigest(order),
    originChainId: order.originChainId,
    inputToken: order.input.token,
    inputAmount: order.input.amount,
    outputChainId: order.output.chainId,
    outputToken: order.output.token,
    prover: order.prover,
    fillDeadline: order.fillDeadline,
    expires: order.expires,
  })

  test('quotes, holds the inventory, and fills at the quote when it is named', () => {
    const { network, user, publish, openAsUser, reserved, events } = setUp()
    const plain = sampleOrder()
    const ask = () =>
      void user.ports.transport.request(
        node('borealis'),
        { type: 'quote-request', body: requestFor(plain) },
        10_000,
      )
    ask()
    network.seconds(1)
    ask()
    network.seconds(1)
    const quotes = user.inbox.flatMap((m) =>
      m.via === 'reply' && m.message.type === 'quote' ? [m.message.body] : [],
    )
    expect(quotes.length).toBe(2)
    expect(quotes[1]).toEqual(quotes[0])
    const outputAmount = quotes[0]?.quote.outputAmount ?? 0n
    expect(reserved('borealis')).toBe(outputAmount)
    const named: Order = {
      ...plain,
      output: { ...plain.output, minAmount: outputAmount },
      award: {
        by: 'user',
        solver: address('borealis'),
        exclusiveUntil: GENESIS_SECONDS + 300,
        overrideBps: 0,
      },
    }
    const orderId = publish(named)
    network.seconds(1)
    expect(reserved('borealis')).toBe(outputAmount)
    openAsUser(named)
    network.seconds(60)
    expect(network.chainEvents(L1, 'order-filled')).toMatchObject([
      { orderId, solver: address('borealis'), outputAmount },
    ])
    expect(reserved('borealis')).toBe(0n)
    expect(events('quoted').length).toBe(1)
  })

  test('frees the inventory of a quote that nobody took up', () => {
    const { network, user, reserved, events } = setUp()
    user.ports.transport.request(
      node('atlas'),
      { type: 'quote-request', body: requestFor(sampleOrder()) },
      10_000,
    )
    network.seconds(100)
    expect(reserved('atlas') > 0n).toBe(true)
    network.seconds(40)
    expect(reserved('atlas')).toBe(0n)
    expect(events('inventory-released').map(({ reason }) => reason)).toEqual(['expired'])
  })

  test('answers an operator’s status and refuses strangers', () => {
    const { network, operator, user } = setUp()
    for (const asker of [operator, user]) {
      asker.ports.transport.request(node('atlas'), { type: 'control', body: { kind: 'status' } }, 10_000)
    }
    network.seconds(1)
    const reply = (probe: Probe<SolventVocabulary>) =>
      probe.inbox.flatMap((m) => (m.via === 'reply' ? [m.message] : []))[0]
    expect(reply(operator)).toMatchObject({
      type: 'control-reply',
      body: { kind: 'status', status: { node: 'atlas', role: 'solver' } },
    })
    expect(reply(user)).toMatchObject({ type: 'control-reply', body: { kind: 'refused' } })
  })
})
