import type { Loopback } from '@solvent/ports/testing'
import { asHash32, asNodeId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Award,
  awardDigest,
  type BridgeMessage,
  type Call,
  type ControlMessage,
  type ControlReply,
  type Message,
  type Order,
  orderDigest,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { createBridgeNode } from '../bridge/bridge-node.ts'
import type { BridgeRole } from '../bridge/bridge-node-init.ts'
import { createRunningNetwork, signerOf, smallGenesis } from '../testing/running-network.ts'
import {
  address,
  GENESIS_SECONDS,
  L1,
  node,
  parties,
  prices,
  ROLLUP,
  SEED,
  sampleOrder,
  smallNetwork,
  strongBridge,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { compareReports } from './compare-reports.ts'
import { decodeExposures } from './exposures/snapshot-bytes.ts'
import { decodeHistory } from './history/history-bytes.ts'
import type { LossRule } from './loss-rule.ts'
import { decodeRunReport, encodeRunReport } from './run-report.ts'
import { createWatcher } from './watcher.ts'
import type { WatcherNode } from './watcher-init.ts'

const WATCHER = asNodeId('watcher')
const OPERATOR = asNodeId('operator')
const SOURCE = asNodeId('poisoned-rpc')
const ETHER = 10n ** 18n
const USDC = 10n ** 6n
const E8 = 10n ** 8n

type BridgeNodeName =
  | 'weak-verifier'
  | 'weak-relayer'
  | 'strong-verifier-1'
  | 'strong-verifier-2'
  | 'strong-relayer'
  | 'issuer'

function setUp({
  lossRule = 'far-holders' as LossRule,
  history = undefined as { everyMs: number } | undefined,
} = {}) {
  const network = createRunningNetwork()
  const bridgeNode = (name: BridgeNodeName, bridge: typeof weakBridge, role: BridgeRole) =>
    network.add(
      node(name),
      createBridgeNode({
        spec: smallNetwork,
        node: node(name),
        bridge,
        roles: [role],
        trustedSources: [SOURCE],
      }),
    )
  bridgeNode('strong-verifier-1', strongBridge, 'verifier')
  bridgeNode('strong-verifier-2', strongBridge, 'verifier')
  bridgeNode('strong-relayer', strongBridge, 'relayer')
  bridgeNode('weak-verifier', weakBridge, 'verifier')
  bridgeNode('weak-relayer', weakBridge, 'relayer')
  const init = {
    spec: smallNetwork,
    node: WATCHER,
    genesis: smallGenesis,
    prices,
    users: [parties['user-1']],
    lossRule,
    untilMs: Number.MAX_SAFE_INTEGER,
    seed: SEED,
    ...(history === undefined ? {} : { history }),
  }
  network.add(WATCHER, createWatcher(init))
  const operator = network.probe(OPERATOR)
  const source = network.probe(SOURCE)
  network.probe(asNodeId('listener'), { onStart: (ports) => ports.transport.subscribe('evidence') })
  const people = {
    'user-1': network.probe(node('user-1')),
    atlas: network.probe(node('atlas')),
    issuer: network.probe(node('issuer')),
  }
  network.start()

  return {
    network,
    watcher: () => network.node(WATCHER) as WatcherNode,
    /** One call of a person, included within a slot or two. */
    call(name: keyof typeof people, chainId: typeof L1, call: Call): void {
      const engine = network.engines.get(chainId)!
      const transaction = {
        chainId,
        from: address(name),
        nonce: engine.nextNonce(address(name)),
        gasLimit: gasOf(call.kind),
        maxFeePerGas: 10n ** 10n,
        maxPriorityFeePerGas: 10n ** 6n,
        call,
      }
      const body = { transaction, signature: signerOf(node(name)).sign(transactionDigest(transaction)) }
      const producer = node(chainId === L1 ? 'l1-producer' : 'rollup-producer')
      network.act(node(name), () =>
        people[name].ports.transport.request(producer, { type: 'transaction', body }, 10_000),
      )
      network.seconds(chainId === L1 ? 25 : 5)
    },
    say(message: Message): void {
      const topic = message.type === 'award' ? 'awards' : 'orders'
      network.act(node('user-1'), () => people['user-1'].ports.transport.publish(topic, message))
      network.seconds(1)
    },
    ask(control: ControlMessage, from = operator): ControlReply {
      network.act(from.ports.transport.self, () =>
        from.ports.transport.request(WATCHER, { type: 'control', body: control }, 10_000),
      )
      network.seconds(1)
      const answer = from.inbox.at(-1)
      if (answer?.via !== 'reply' || answer.message.type !== 'control-reply') throw new Error('no answer')
      return answer.message.body
    },
    poison(message: BridgeMessage): void {
      network.act(SOURCE, () =>
        source.ports.transport.send(node('weak-verifier'), {
          type: 'source-report',
          body: { source: SOURCE, message },
        }),
      )
    },
  }
}

/** For anyone, so that no auction is needed. */
const openOrder = (change: Partial<Order> = {}): Order => sampleOrder({ award: { by: 'chain' }, ...change })
const opening = (order: Order): Call => ({
  kind: 'open',
  order,
  signature: signerOf(node('user-1')).sign(orderDigest(order)),
  award: null,
})
const filling = (order: Order, amount: bigint): Call => ({
  kind: 'fill',
  order,
  award: null,
  amount,
  payee: address('atlas'),
})

describe('a watcher', () => {
  it('follows an order from gossip to its payment, and the books balance', () => {
    const { network, watcher, call, say } = setUp()
    const order = openOrder()
    say({ type: 'order', body: { order, signature: signerOf(node('user-1')).sign(orderDigest(order)) } })
    expect(watcher().report().orders).toMatchObject([
      { label: 'user-1/0', end: 'pending', opened: false, filled: false, receivable: null },
    ])

    call('atlas', ROLLUP, opening(order))
    call('atlas', L1, filling(order, 9_960n * USDC))
    const held = watcher().report()
    expect(held.orders[0]).toMatchObject({
      end: 'pending',
      opened: true,
      filled: true,
      filler: address('atlas'),
      outputAmount: 9_960n * USDC,
      receivable: 'held',
    })
    const atlas = held.solvers[0]!
    // 9,960 out, 10,000 owed, and gas: 40 less what two transactions cost.
    expect(atlas.receivables.held).toEqual({ count: 1, valueE8: 10_000n * E8 })
    expect(atlas.profitE8).toBeLessThan(40n * E8)
    expect(atlas.profitE8).toBeGreaterThan(35n * E8)

    network.seconds(600)
    expect(watcher().report().orders[0]).toMatchObject({ receivable: 'proven' })
    call('atlas', ROLLUP, { kind: 'claim', orderId: orderDigest(order) })
    const report = watcher().report()
    expect(report.orders[0]).toMatchObject({ end: 'settled', receivable: 'claimed' })
    expect(report.counts).toMatchObject({
      signed: 1,
      opened: 1,
      filled: 1,
      settled: 1,
      refunded: 0,
      stranded: 0,
      pending: 0,
    })
    // The user gave 10,000 and got 9,960.
    expect(report.welfare).toEqual({
      outputE8: 9_960n * E8,
      inputE8: 10_000n * E8,
      stolenE8: 0n,
      haircutE8: 0n,
      welfareE8: -40n * E8,
    })
    expect(report.invariants.broken).toEqual([])
    expect(report.chains.map(({ name, transactions }) => [name, transactions > 0])).toEqual([
      ['ethereum', true],
      ['rollup', true],
    ])
  })

  it('calls a receivable stranded when its escrow goes back to the user', () => {
    const { network, watcher, call } = setUp()
    const order = openOrder({ prover: weakBridge })
    // The prover of this order stands still on the origin chain.
    call('issuer', ROLLUP, { kind: 'pause', bridge: weakBridge, authority: 'issuer', until: 0 })
    call('atlas', ROLLUP, opening(order))
    call('atlas', L1, filling(order, 9_960n * USDC))
    expect(watcher().report().orders[0]).toMatchObject({ receivable: 'held', atRisk: true })
    network.seconds(1_900)
    expect(watcher().report().orders[0]).toMatchObject({ receivable: 'stranded', end: 'pending' })
    call('user-1', ROLLUP, { kind: 'refund', orderId: orderDigest(order) })
    const report = watcher().report()
    expect(report.orders[0]).toMatchObject({ receivable: 'stranded', end: 'refunded', refunded: true })
    expect(report.counts).toMatchObject({ filled: 1, refunded: 1, stranded: 1, settled: 0 })
    expect(report.solvers[0]!.profitE8).toBeLessThan(-9_960n * E8)
    expect(report.bridges.find(({ id }) => id === 'weak')).toMatchObject({
      paused: true,
      receivables: { stranded: { count: 1 } },
    })
    // Output 9,960, and the input back.
    expect(report.welfare.welfareE8).toBe(9_960n * E8)
    expect(report.invariants.broken).toEqual([])
  })

  it.each<[LossRule, number]>([
    // 100 of 1,000 locked are released: 100/1,000 on the far chain, 100/1,100 when the 100 at home share.
    ['far-holders', 0.1],
    ['all-holders', 100 / 1_100],
  ])('reports a declared exploit as a deficit that %s bear', (lossRule, haircut) => {
    const { network, watcher, ask, poison } = setUp({ lossRule })
    const forged: BridgeMessage = {
      bridge: weakBridge,
      srcChainId: ROLLUP,
      emitter: weakBridge,
      sequence: 1_000_000,
      dstChainId: L1,
      payload: {
        kind: 'transfer',
        token: tokens.rsEthL1,
        amount: 100n * ETHER,
        recipient: address('borealis'),
      },
    }
    expect(ask({ kind: 'declare-exploit', message: forged })).toEqual({ kind: 'done' })
    poison(forged)
    network.seconds(120)
    const report = watcher().report()
    expect(report.bridges[0]).toMatchObject({
      id: 'weak',
      asset: 'rsETH',
      locked: 900n * ETHER,
      minted: 1_000n * ETHER,
      deficit: 100n * ETHER,
      circulatingHome: 100n * ETHER,
      backingRatio: 0.9,
      haircutFarHolders: 0.1,
    })
    expect(report.bridges[0]!.haircutAllHolders).toBeCloseTo(100 / 1_100, 11)
    // user-1 holds all 1,000 far tokens at 2,600 each.
    const lost = Number(report.welfare.haircutE8 / E8) / 2_600_000
    expect(lost).toBeCloseTo(haircut, 6)
    expect(report.invariants.broken).toEqual([])
  })

  it('finds an undeclared one broken', () => {
    const { network, watcher, call, poison } = setUp()
    poison({
      bridge: weakBridge,
      srcChainId: ROLLUP,
      emitter: weakBridge,
      sequence: 1_000_000,
      dstChainId: L1,
      payload: {
        kind: 'transfer',
        token: tokens.rsEthL1,
        amount: 100n * ETHER,
        recipient: address('borealis'),
      },
    })
    // A watcher waits ten minutes for a declaration, and for a block of the rollup after that.
    network.seconds(700)
    expect(watcher().report().invariants.broken).toEqual([])
    call('atlas', ROLLUP, { kind: 'transfer', token: tokens.usdcRollup, to: address('borealis'), amount: 1n })
    network.seconds(120)
    const report = watcher().report()
    expect(report.bridges[0]).toMatchObject({ locked: 900n * ETHER, deficit: 100n * ETHER })
    expect(report.invariants.broken.map(({ id }) => id)).toEqual(['B-2', 'B-8'])
    // Asking again finds nothing new.
    expect(watcher().report().invariants.broken).toHaveLength(2)
  })
})

describe('a watcher that is asked', () => {
  it('answers operators and nobody else', () => {
    const { ask, network } = setUp()
    expect(ask({ kind: 'status' })).toMatchObject({
      kind: 'status',
      status: { node: WATCHER, role: 'watcher' },
    })
    expect(ask({ kind: 'shutdown' })).toMatchObject({ kind: 'refused' })
    const stranger = network.probe(asNodeId('stranger'))
    network.start()
    expect(ask({ kind: 'status' }, stranger)).toEqual({ kind: 'refused', reason: 'not-authorised' })
  })

  it('hands its report out in parts that decode to it', () => {
    const { ask, call } = setUp()
    call('atlas', ROLLUP, opening(openOrder()))
    const parts: Uint8Array[] = []
    for (let offset = 0, total = 1; offset < total; ) {
      const reply = ask({ kind: 'report', offset })
      if (reply.kind !== 'report') throw new Error('no report')
      parts.push(reply.bytes)
      offset += reply.bytes.length
      total = reply.total
      expect(reply.bytes.length).toBeLessThanOrEqual(32_768)
    }
    const report = decodeRunReport(Uint8Array.from(parts.flatMap((part) => [...part])))
    expect(report.orders).toMatchObject([{ label: 'user-1/0', opened: true }])
    expect(decodeRunReport(encodeRunReport(report))).toEqual(report)
  })

  it('hands out the exposures that it would give in process', () => {
    const { ask, call, watcher } = setUp()
    call('atlas', ROLLUP, opening(openOrder()))
    const reply = ask({ kind: 'exposures', offset: 0 })
    if (reply.kind !== 'exposures') throw new Error('no exposures')
    expect(reply.total).toBe(reply.bytes.length)
    const exposures = decodeExposures(reply.bytes)
    expect(exposures.at(-1)).toMatchObject({ label: 'end' })
    expect(exposures.at(-1)!.nodes.length).toBeGreaterThan(0)
    // The loopback's clock has moved on between the two.
    const undated = (all: typeof exposures) => all.map((snapshot) => ({ ...snapshot, atMs: 0 }))
    expect(undated(exposures)).toEqual(undated(watcher().exposures()))
  })

  it('hands out what it keeps of the past, which says what was known then', () => {
    const { ask, call } = setUp({ history: { everyMs: 5_000 } })
    call('atlas', ROLLUP, opening(openOrder()))
    call('atlas', L1, filling(openOrder(), 9_960n * USDC))
    const reply = ask({ kind: 'history', offset: 0 })
    if (reply.kind !== 'history') throw new Error('no history')
    const past = decodeHistory(reply.bytes)
    const times = past.map(({ measures }) => measures.atMs - GENESIS_SECONDS * 1_000)
    expect(times.every((atMs) => atMs % 5_000 === 0)).toBe(true)
    expect(past.map(({ exposures }) => exposures.atMs)).toEqual(past.map(({ measures }) => measures.atMs))
    // Nothing was owed at the start; once the fill is seen its filler is owed.
    const filled = past.map(({ measures }) => measures.counts.filled)
    expect([filled[0], filled.at(-1)]).toEqual([0, 1])
    const owed = past.map(({ exposures }) => exposures.claims.some(({ layer }) => layer === 'receivable'))
    expect(owed).toEqual(filled.map((count) => count === 1))
  })

  it('keeps no past unless it is asked to', () => {
    const { ask } = setUp()
    const reply = ask({ kind: 'history', offset: 0 })
    expect(reply.kind === 'history' && decodeHistory(reply.bytes)).toEqual([])
  })

  it('remembers after a restart whose misconduct was declared', () => {
    const { ask, network, watcher } = setUp()
    const node = asNodeId('auctioneer')
    const before = watcher().snapshot()
    expect(ask({ kind: 'declare-misconduct', node, untilMs: 7 })).toEqual({ kind: 'done' })
    const told = watcher().snapshot()
    expect(told).not.toEqual(before)
    network.kill(WATCHER, 'kept')
    network.restart(WATCHER, told)
    expect(watcher().snapshot()).toEqual(told)
  })

  it('has its past after a restart, and adds to it only once it has read the chains again', () => {
    const { ask, call, network, watcher } = setUp({ history: { everyMs: 5_000 } })
    const past = () => {
      const reply = ask({ kind: 'history', offset: 0 })
      if (reply.kind !== 'history') throw new Error('no history')
      return decodeHistory(reply.bytes).map(({ measures }) => ({
        atMs: measures.atMs - GENESIS_SECONDS * 1_000,
        filled: measures.counts.filled,
      }))
    }
    call('atlas', ROLLUP, opening(openOrder()))
    call('atlas', L1, filling(openOrder(), 9_960n * USDC))
    const before = past()
    expect(before.map(({ filled }) => filled)).toContain(0)
    const written = watcher().snapshot()
    network.kill(WATCHER, 'kept')
    network.seconds(40)
    network.restart(WATCHER, written)
    network.seconds(60)
    const after = past()
    expect(after.slice(0, before.length)).toEqual(before)
    const added = after.slice(before.length)
    expect(added.length).toBeGreaterThan(1)
    expect(added[0]!.atMs - before.at(-1)!.atMs).toBeGreaterThanOrEqual(40_000)
    // Not one from before it knew of the fill again.
    expect(added.every(({ filled }) => filled === 1)).toBe(true)
  })

  it('remembers after a restart what gossip told it', () => {
    const { network, say, watcher } = setUp()
    const order = openOrder()
    say({ type: 'order', body: { order, signature: signerOf(node('user-1')).sign(orderDigest(order)) } })
    const before = watcher().snapshot()
    network.kill(WATCHER, 'kept')
    network.restart(WATCHER, before)
    network.seconds(60)
    expect(watcher().report().counts).toMatchObject({ signed: 1 })
    expect(watcher().report().invariants.broken).toEqual([])
  })
})

describe('evidence', () => {
  it('is published when an auctioneer signs two awards for one order', () => {
    const { network, say } = setUp()
    const order = sampleOrder()
    const orderId = orderDigest(order)
    say({ type: 'order', body: { order, signature: signerOf(node('user-1')).sign(orderId) } })
    const award = (winner: 'atlas' | 'borealis'): Message => {
      const bid = {
        solver: address(winner),
        outputAmount: 9_960n * USDC,
        bidHash: asHash32(`0x${'7'.repeat(64)}`),
      }
      const body: Award = {
        orderId,
        auctioneer: address('auctioneer-1'),
        winner: address(winner),
        outputAmount: 9_960n * USDC,
        exclusiveUntil: GENESIS_SECONDS + 300,
        bids: [bid],
      }
      return {
        type: 'award',
        body: { award: body, signature: signerOf(node('auctioneer-1')).sign(awardDigest(body)) },
      }
    }
    say(award('atlas'))
    say(award('atlas'))
    expect(evidenceOf(network)).toEqual([])
    say(award('borealis'))
    say(award('borealis'))
    expect(evidenceOf(network)).toEqual(['conflicting-awards'])
  })

  it('that shows no conflict is rejected', () => {
    const { watcher } = setUp()
    const order = sampleOrder()
    const award: Award = {
      orderId: orderDigest(order),
      auctioneer: address('auctioneer-1'),
      winner: ZERO_ADDRESS,
      outputAmount: 0n,
      exclusiveUntil: 0,
      bids: [],
    }
    const signed = { award, signature: signerOf(node('auctioneer-1')).sign(awardDigest(award)) }
    const message: Message = {
      type: 'evidence',
      body: { kind: 'conflicting-awards', first: signed, second: signed },
    }
    expect(watcher().onMessage({ via: 'gossip', topic: 'evidence', from: OPERATOR, message })).toEqual({
      reject: 'no-conflict',
    })
  })
})

describe('the equivalence verdict', () => {
  it('is equal for two runs of the same, and red for another winner, output, end or balance', () => {
    const run = (amount: bigint, shiftSeconds = 0) => {
      const { network, watcher, call } = setUp()
      network.seconds(shiftSeconds)
      const order = openOrder({ openDeadline: GENESIS_SECONDS + 400 + shiftSeconds })
      call('atlas', ROLLUP, opening(order))
      call('atlas', L1, filling(order, amount))
      network.seconds(700)
      call('atlas', ROLLUP, { kind: 'claim', orderId: orderDigest(order) })
      return watcher().report()
    }
    const left = run(9_960n * USDC)
    // Another moment, another order id, other batches and so another gas bill: the same outcome.
    expect(compareReports(left, run(9_960n * USDC, 60))).toEqual({ equal: true, differences: [] })
    const { equal, differences } = compareReports(left, run(9_970n * USDC))
    expect(equal).toBe(false)
    expect(differences).toContainEqual({
      what: 'order user-1/0 output',
      left: String(9_960n * USDC),
      right: String(9_970n * USDC),
    })
    expect(differences.some(({ what }) => what.startsWith('balance SOLVER atlas'))).toBe(true)
  })
})

function evidenceOf(network: Loopback<SolventVocabulary>): string[] {
  const kinds = new Set<string>()
  for (const { message } of network.sent) if (message.type === 'evidence') kinds.add(message.body.kind)
  return [...kinds]
}
