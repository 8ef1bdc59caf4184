import { asHash32, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Award,
  attestationOf,
  type BridgeMessage,
  type ChainEvent,
  type DomainEvent,
  type JournalEntry,
  type Order,
  type ReceivableState,
  type SignedAttestation,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallGenesis } from '../testing/running-network.ts'
import {
  address,
  GENESIS_MS,
  GENESIS_SECONDS,
  L1,
  prices,
  ROLLUP,
  sampleOrder,
  settlerL1,
  smallNetwork,
  strongBridge,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { levelOfValue } from './admission.ts'
import { AwardMemory } from './award-memory.ts'
import { BackingMonitor } from './backing-monitor.ts'
import { cheapFromMs } from './expected-price.ts'
import { createNetworkFacts } from './network-facts.ts'
import { type Place, planTransfer } from './rebalance-plan.ts'
import { ReceivableBook } from './receivable-book.ts'
import { requiredOutput } from './required-output.ts'
import { finalitySeconds, secondsToPayout } from './route-times.ts'
import { TransitBook } from './transit-book.ts'

const ETHER = 10n ** 18n
const USD = 10n ** 8n
const facts = createNetworkFacts(smallNetwork, prices)
const hash = (n: number): Hash32 => asHash32(`0x${n.toString(16).padStart(64, '0')}`)

describe('times of a route', () => {
  test('follow from the finality rules of its chains', () => {
    // Epoch 8 · 12 s; two of them for finality. Batch 60 s and two L1 slots; root every 600 s, window 3,600 s.
    const levels = ['unsafe', 'safe', 'finalized', 'exitable'] as const
    expect(levels.map((level) => finalitySeconds(facts, L1, level))).toEqual([0, 96, 192, 192])
    expect(levels.map((level) => finalitySeconds(facts, ROLLUP, level))).toEqual([0, 84, 276, 4_308])
  })

  test('of a validity rollup add proving and the proof interval', () => {
    const zk = {
      kind: 'zk',
      l1: L1,
      batchIntervalMs: 60_000,
      proofIntervalMs: 300_000,
      provingMs: 120_000,
      executionDelayMs: 10_800_000,
      prover: ZERO_ADDRESS,
      proverFee: 0n,
      sequencingWindowMs: 43_200_000,
      forcedDelayMs: 43_200_000,
    } as const
    const chains = smallNetwork.chains.map((chain) =>
      chain.chainId === ROLLUP ? { ...chain, consensus: zk } : chain,
    )
    const proven = createNetworkFacts({ ...smallNetwork, chains }, prices)
    expect(finalitySeconds(proven, ROLLUP, 'finalized')).toBe(60 + 24 + 120 + 300 + 192)
    // ZKsync executes about three hours after the proof.
    expect(finalitySeconds(proven, ROLLUP, 'exitable')).toBe(60 + 24 + 120 + 300 + 10_800)
  })

  test('until the payment add the relay, delivery and claim', () => {
    const [l1, rollup] = smallNetwork.chains
    const [bridge] = smallNetwork.bridges
    if (l1 === undefined || rollup === undefined || bridge === undefined)
      throw new Error('two chains, a bridge')
    const route = { origin: rollup, destination: l1 }
    expect(secondsToPayout(facts, { ...route, bridge })).toBe(192 + 30 + 2 * 4)
    const verification = {
      kind: 'light-client',
      form: 'zk',
      provingMs: 600_000,
      trustingPeriodMs: 86_400_000,
    } as const
    // One producer, so no wait for a committee: the L1's finality and the proving time.
    expect(secondsToPayout(facts, { ...route, bridge: { ...bridge, verification } })).toBe(
      192 + 600 + 30 + 2 * 4,
    )
  })
})

describe('confirmation by value', () => {
  test('takes the first tier that reaches up to the value, and none above the last', () => {
    const tiers = [
      { upToE8: 100n, level: 'unsafe' },
      { upToE8: 1_000n, level: 'finalized' },
    ] as const
    expect([0n, 100n, 101n, 1_000n, 1_001n].map((value) => levelOfValue(value, tiers))).toEqual([
      'unsafe',
      'unsafe',
      'finalized',
      'finalized',
      null,
    ])
  })
})

describe('the required output', () => {
  const self = address('atlas')
  const at = (seconds: number, nextBlock = 1) => ({ nowSeconds: GENESIS_SECONDS + seconds, nextBlock })
  const won: Award = {
    orderId: hash(1),
    auctioneer: address('auctioneer-1'),
    winner: self,
    outputAmount: 9_990n,
    exclusiveUntil: GENESIS_SECONDS + 300,
    bids: [],
  }

  test('is the awarded amount in the winner’s window, nothing for others, and the order’s price afterwards', () => {
    const order = sampleOrder()
    const { minAmount } = order.output
    expect(requiredOutput(order, self, won, at(300))).toBe(9_990n)
    expect(requiredOutput(order, address('borealis'), won, at(300))).toBeNull()
    expect(requiredOutput(order, self, null, at(300))).toBeNull()
    expect(requiredOutput(order, address('borealis'), null, at(301))).toBe(minAmount)
  })

  test('of an order that names a solver is its price for it, and with the override for others', () => {
    const award = { by: 'user', solver: self, exclusiveUntil: GENESIS_SECONDS + 10, overrideBps: 25 } as const
    const order = sampleOrder({ award, output: { ...sampleOrder().output, minAmount: 1_000n } })
    expect(requiredOutput(order, self, null, at(10))).toBe(1_000n)
    expect(requiredOutput(order, address('borealis'), null, at(10))).toBe(1_003n)
    expect(requiredOutput(order, address('borealis'), null, at(11))).toBe(1_000n)
  })

  test('along a curve of blocks is low enough from the slot before the first such block on, and never before the next one', () => {
    const { slotMs } = smallNetwork.chains[0]!
    const curve = [
      { blocks: 10, fall: 100n },
      { blocks: 20, fall: 50n },
    ]
    const pricing = { rule: 'block-dutch', startAmount: 1_100n, decayStartBlock: 10, curve } as const
    const output = { ...sampleOrder().output, minAmount: 900n }
    const order = sampleOrder({ award: { by: 'chain' }, pricing, output })
    const slots = (amount: bigint, now: number) => {
      const fromMs = cheapFromMs(order, amount, smallNetwork, GENESIS_MS + now * slotMs)
      return fromMs === null ? null : (fromMs - GENESIS_MS) / slotMs
    }
    // 1,050 are due in block 15, which is the next one while slot 14 runs; 1,000 in block 20, and never again.
    expect([slots(1_050n, 3), slots(1_050n, 14), slots(1_000n, 3)]).toEqual([14, 15, 19])
    expect([slots(1_000n, 20), slots(999n, 3)]).toEqual([null, null])
  })

  test('along a curve of blocks is the most that the next three blocks ask for, as a fill may land in any of them', () => {
    const pricing = {
      rule: 'block-dutch',
      startAmount: 1_100n,
      decayStartBlock: 10,
      curve: [
        { blocks: 10, fall: 100n },
        { blocks: 20, fall: 50n },
      ],
    } as const
    const output = { ...sampleOrder().output, minAmount: 900n }
    const order = sampleOrder({ award: { by: 'chain' }, pricing, output })
    const required = (block: number) => requiredOutput(order, self, null, at(0, block))
    // It falls by 10 a block to 1,000 in block 20, and rises by 5 a block from there.
    expect([required(1), required(15), required(20), required(24), required(99)]).toEqual([
      1_100n,
      1_050n,
      1_010n,
      1_030n,
      1_050n,
    ])
  })
})

describe('the memory of awards', () => {
  const self = address('atlas')
  const at = (second: number, nonce: number): Order => sampleOrder({ nonce: BigInt(nonce) }, second)
  const award = (n: number, ...amounts: readonly [typeof self, bigint][]): Award => ({
    orderId: hash(n),
    auctioneer: address('auctioneer-1'),
    winner: amounts[0]?.[0] ?? self,
    outputAmount: amounts[0]?.[1] ?? 0n,
    exclusiveUntil: 0,
    bids: amounts.map(([solver, outputAmount], i) => ({ solver, outputAmount, bidHash: hash(100 + i) })),
  })
  const rival = address('borealis')

  test('keeps the best bid of the others, for auctions that closed long enough before', () => {
    const memory = new AwardMemory(facts, self)
    memory.remember(award(1, [self, 9_990_000_000n], [rival, 9_980_000_000n]), at(0, 1))
    memory.remember(award(2, [self, 9_990_000_000n]), at(0, 2))
    const closesAt = GENESIS_SECONDS + 30
    expect(memory.recall(at(0, 9), closesAt + 179)).toEqual([])
    const [past] = memory.recall(at(0, 9), closesAt + 180)
    expect(past?.rivalBestE8).toBe(9_980n * USD)
    expect(memory.recall(sampleOrder({ prover: weakBridge }), closesAt + 180)).toEqual([])
  })

  test('is the same whatever the order in which awards are heard, and counts each once', () => {
    const told = Array.from(
      { length: 12 },
      (_, n) => [award(n, [rival, BigInt(9_900_000_000 + n)]), at(7 * n, n)] as const,
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (permuted) => {
        const read = (list: typeof told) => {
          const memory = new AwardMemory(facts, self)
          for (const [each, order] of [...list, ...list]) memory.remember(each, order)
          return memory.recall(at(0, 99), GENESIS_SECONDS + 400)
        }
        expect(read(permuted)).toEqual(read(told))
        expect(read(permuted).length).toBe(12)
      }),
    )
  })
})

describe('the backing monitor', () => {
  const paused = (authority: 'issuer' | 'guardian', until = 0): ChainEvent => ({
    kind: 'bridge-paused',
    bridge: weakBridge,
    authority,
    until,
  })
  const unpaused = (authority: 'issuer' | 'guardian'): ChainEvent => ({
    kind: 'bridge-unpaused',
    bridge: weakBridge,
    authority,
  })

  test('holds a bridge paused while either authority’s freeze holds, through its last second', () => {
    const monitor = new BackingMonitor(facts)
    expect(monitor.isPaused(weakBridge, 0)).toBe(false)
    monitor.onEvent(L1, paused('issuer', 50))
    expect([50, 51].map((now) => monitor.isPaused(weakBridge, now))).toEqual([true, false])
    monitor.onEvent(ROLLUP, paused('guardian'))
    monitor.onEvent(ROLLUP, unpaused('issuer'))
    expect(monitor.isPaused(weakBridge, 10_000)).toBe(true)
    expect(monitor.isPaused(strongBridge, 10_000)).toBe(false)
    monitor.onEvent(ROLLUP, unpaused('guardian'))
    expect(monitor.isPaused(weakBridge, 10_000)).toBe(false)
  })

  test('sees a release without a burn as missing cover', () => {
    const monitor = new BackingMonitor(facts)
    for (const genesis of smallGenesis) monitor.begin(genesis)
    expect(monitor.coverBps(weakBridge)).toBe(10_000)
    const release: JournalEntry = {
      index: 1,
      cause: 'bridge-release',
      legs: [
        { kind: 'BRIDGE_LOCK', owner: weakBridge, token: tokens.rsEthL1, amount: -180n * ETHER },
        { kind: 'USER', owner: address('borealis'), token: tokens.rsEthL1, amount: 180n * ETHER },
      ],
      rounding: [],
    }
    monitor.onEntries(L1, [release])
    // 820 of 1,000 are left.
    expect(monitor.coverBps(weakBridge)).toBe(8_200)
    const burn: JournalEntry = {
      ...release,
      cause: 'bridge-burn',
      legs: [
        { kind: 'USER', owner: address('user-1'), token: tokens.rsEthRollup, amount: -180n * ETHER },
        { kind: 'SUPPLY', owner: '', token: tokens.rsEthRollup, amount: 180n * ETHER },
      ],
    }
    monitor.onEntries(ROLLUP, [burn])
    expect(monitor.coverBps(weakBridge)).toBe(10_000)
    expect(monitor.coverBps(strongBridge)).toBe(10_000)
  })
})

describe('the receivable book', () => {
  const self = address('atlas')
  const order = sampleOrder()
  const book = () => {
    const states: string[] = []
    const made = new ReceivableBook(self, (event: DomainEvent) => {
      if (event.kind === 'receivable') states.push(event.state)
    })
    return { made, states }
  }
  const attested = (
    verifier: 'strong-verifier-1' | 'strong-verifier-2',
    payee = self,
    amount = 1n,
  ): SignedAttestation => {
    const message: BridgeMessage = {
      bridge: strongBridge,
      srcChainId: L1,
      emitter: settlerL1,
      sequence: 0,
      dstChainId: ROLLUP,
      payload: {
        kind: 'fill-proof',
        orderId: hash(1),
        payee,
        outputToken: tokens.usdcL1,
        outputAmount: amount,
        recipient: self,
        filledAt: 1,
      },
    }
    return { message, attestation: attestationOf(message, 0), verifier: address(verifier), signature: '0x' }
  }

  test('only moves forward, and its totals add up', () => {
    const states: readonly ReceivableState[] = ['held', 'attested', 'proven', 'claimed', 'stranded']
    const step = fc.record({ id: fc.nat(3), to: fc.constantFrom<'add' | ReceivableState>('add', ...states) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { made } = book()
        for (const { id, to } of steps) {
          const before = made.state(hash(id))
          if (to === 'add') made.add(hash(id), order)
          else if (made.advance(hash(id), to)) expect(before).not.toBe(to)
          else expect(before === undefined || states.indexOf(to) <= states.indexOf(before)).toBe(true)
          const { filled, claimed, stranded } = made.totals
          // Σ receivables = filled − claimed − stranded.
          expect(made.size).toBe(filled - claimed - stranded)
        }
      }),
    )
  })

  test('is attested when a quorum of its prover has signed one and the same message about it', () => {
    const { made, states } = book()
    made.add(hash(1), order)
    expect(made.attest(attested('strong-verifier-1'), facts)).toBe(false)
    expect(made.attest(attested('strong-verifier-1'), facts)).toBe(false)
    expect(made.attest(attested('strong-verifier-2', self, 2n), facts)).toBe(false)
    expect(made.attest(attested('strong-verifier-2', address('borealis')), facts)).toBe(false)
    expect(made.attest(attested('strong-verifier-2'), facts)).toBe(true)
    expect(states).toEqual(['held', 'attested'])
  })

  test('comes back from the store without being recorded again', () => {
    const { made, states } = book()
    made.resume(hash(1), order, 'proven')
    made.add(hash(1), order)
    expect(made.advance(hash(1), 'attested')).toBe(false)
    expect(made.advance(hash(1), 'claimed')).toBe(true)
    expect(states).toEqual(['claimed'])
  })
})

describe('a rebalancing plan', () => {
  const place = (at: string, held: bigint, reference: bigint, free = held): Place<string> => ({
    at,
    held,
    reference,
    free,
  })

  test('moves the smaller of excess and gap, when both are outside the band', () => {
    expect(planTransfer([place('a', 130n, 100n), place('b', 70n, 100n)], 2_000)).toEqual({
      from: 'a',
      to: 'b',
      amount: 30n,
    })
    expect(planTransfer([place('a', 119n, 100n), place('b', 81n, 100n)], 2_000)).toBeNull()
    expect(planTransfer([place('a', 130n, 100n, 10n), place('b', 70n, 100n)], 2_000)?.amount).toBe(10n)
    expect(planTransfer([place('a', 5n, 0n), place('b', 5n, 0n)], 0)).toBeNull()
  })

  test('leaves nothing to do once its transfer counts as arrived: it never moves back and forth', () => {
    const holdings = fc.array(
      fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 6n }), fc.bigInt({ min: 0n, max: 10n ** 6n })),
      { minLength: 2, maxLength: 5 },
    )
    fc.assert(
      fc.property(holdings, fc.integer({ min: 0, max: 10_000 }), (pairs, bandBps) => {
        let places = pairs.map(([held, reference], i) => place(String(i), held, reference))
        const received = new Set<string>()
        const given = new Set<string>()
        for (let round = 0; round <= pairs.length; round++) {
          const transfer = planTransfer(places, bandBps)
          if (transfer === null) return
          given.add(transfer.from)
          received.add(transfer.to)
          expect(given.has(transfer.to) || received.has(transfer.from)).toBe(false)
          places = places.map((each) => {
            const change =
              each.at === transfer.from ? -transfer.amount : each.at === transfer.to ? transfer.amount : 0n
            return { ...each, held: each.held + change, free: each.free + change }
          })
        }
        // Each transfer brings at least one place to its share: one round for each place is enough.
        expect(planTransfer(places, bandBps)).toBeNull()
      }),
    )
  })

  test('counts what is on its way as arrived, whichever chain tells first', () => {
    const transfer: BridgeMessage = {
      bridge: weakBridge,
      srcChainId: L1,
      emitter: weakBridge,
      sequence: 0,
      dstChainId: ROLLUP,
      payload: { kind: 'transfer', token: tokens.rsEthRollup, amount: 7n, recipient: address('atlas') },
    }
    const sent: ChainEvent = { kind: 'message-sent', message: transfer, digest: hash(5) }
    const delivered: ChainEvent = {
      kind: 'message-delivered',
      message: transfer,
      digest: hash(5),
      evidence: { kind: 'quorum', setIndex: 0, signers: [] },
    }
    for (const story of [
      [sent, delivered],
      [delivered, sent],
    ]) {
      const book = new TransitBook(address('atlas'))
      const [first, second] = story
      if (first === undefined || second === undefined) throw new Error('two events')
      book.onEvent(ROLLUP, first)
      expect(book.arriving(ROLLUP, tokens.rsEthRollup)).toBe(first === sent ? 7n : 0n)
      book.onEvent(ROLLUP, second)
      expect(book.arriving(ROLLUP, tokens.rsEthRollup)).toBe(0n)
      expect(book.size).toBe(0)
    }
  })
})
