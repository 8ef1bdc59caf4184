// The settlement core and a plain second implementation agree, on random sequences of commands with re-orgs, about every
// receipt, every message and every balance.
import { type Address, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type Call,
  type Order,
  orderDigest,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import {
  type ChainEngine,
  createChainEngine,
  gasOf,
  type SettlementRules,
  settlementRules,
} from '@solvent/settlement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  address,
  at,
  bridge,
  DESTINATION,
  genesis,
  L1,
  ORIGIN,
  rsEthFar,
  rsEthHome,
  sampleOrder,
  signer,
  spec,
  usdc,
  verifier,
  verifierNames,
} from './audited-network.ts'
import { identityOf, ReferenceChain } from './reference-model.ts'

const chains = [L1, ORIGIN, DESTINATION] as const
const producerOf = new Map<ChainId, string>([
  [L1, 'l1-producer'],
  [ORIGIN, 'origin-producer'],
  [DESTINATION, 'destination-producer'],
])
const people = ['alice', 'atlas', 'borealis', 'relayer', 'issuer', 'guardian'] as const
const tokens = [ZERO_ADDRESS, usdc, rsEthHome, rsEthFar, bridge]
const amounts = [0n, 1n, 991n, 1_000n, 10n ** 10n, 3n * 10n ** 18n + 7n, 60n * 10n ** 18n]

const kinds = [
  'transfer',
  'open',
  'open',
  'cancel',
  'fill',
  'fill',
  'deliver',
  'deliver',
  'deliver',
  'claim',
  'claim',
  'refund',
  'refund',
  'bridge-out',
  'bridge-out',
  'pause',
  'unpause',
] as const

/** Numbers from which a command chooses among what exists when it runs. */
const command = fc.record({
  kind: fc.constantFrom(...kinds),
  chain: fc.nat(2),
  who: fc.nat(people.length - 1),
  what: fc.nat(1_000),
  how: fc.nat(1_000),
  amount: fc.nat(amounts.length - 1),
  /** Seconds until the command's block; null: so that it stands at, just before or just after a deadline. */
  after: fc.constantFrom(0, 0, 0, 1, 1, 5, null),
  genuine: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  lowGas: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      commands: fc.array(command, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reorg' as const),
      chain: fc.nat(2),
      depth: fc.integer({ min: 1, max: 6 }),
      commands: fc.array(command, { maxLength: 4 }),
      /** Which of the orphaned transactions the new branch takes over. */
      keeps: fc.nat(63),
    }),
  },
)

const orders: readonly Order[] = [
  sampleOrder(),
  sampleOrder({ nonce: 1n, fillDeadline: at(20), openDeadline: at(20), expires: at(30) }),
  sampleOrder({
    nonce: 2n,
    pricing: { rule: 'dutch', startAmount: 1_100n, decayStart: at(3), decayEnd: at(100) },
    award: { by: 'user', solver: address('atlas'), exclusiveUntil: at(40), overrideBps: 35 },
  }),
  sampleOrder({
    nonce: 3n,
    award: { by: 'user', solver: address('borealis'), exclusiveUntil: at(300), overrideBps: 0 },
  }),
  sampleOrder({
    nonce: 4n,
    award: {
      by: 'auctioneer',
      auctioneer: address('auctioneer'),
      rule: 'first-price',
      closesAt: at(2),
      exclusiveUntil: at(50),
    },
  }),
  sampleOrder({ nonce: 1n, input: { token: usdc, amount: 2_000_000n } }),
  sampleOrder({ nonce: 6n, prover: address('atlas') }),
  sampleOrder({ nonce: 7n, expires: at(500) }),
]

/** Seconds at which something about the orders ends. */
const edges = [20, 30, 40, 50, 100, 300, 500, 600, 1_200]

/** One chain in both implementations. */
class Sides {
  readonly #chainId: ChainId
  readonly engine: ChainEngine
  readonly model: ReferenceChain
  readonly blocks: Block[] = []
  readonly #genuine: Map<Hash32, boolean>
  #second = 0

  constructor(chainId: ChainId, genuine: Map<Hash32, boolean>, rules: SettlementRules) {
    this.#chainId = chainId
    this.#genuine = genuine
    this.engine = newEngine(chainId, rules)
    this.model = new ReferenceChain(spec, genesis.find((each) => each.chainId === chainId)!, {
      gasOf,
      idOf: (order) => orderDigest(order) as never,
    })
  }

  /** The number of the slot that begins then, and at least the next one. */
  slotAfter(engine: ChainEngine, { after, how }: Pick<Command, 'after' | 'how'>): number {
    const { slotMs } = spec.chains.find(({ chainId }) => chainId === this.#chainId)!
    const now = Math.max(this.#second, engine.head().header.timestamp - at(0))
    const next = edges.find((edge) => edge - 1 > now) ?? now
    this.#second = after === null ? next + (how % 3) - 1 : now + after
    return Math.max(engine.head().header.number + 1, Math.floor((this.#second * 1_000) / slotMs))
  }

  /** A block that is now followed: the model runs it too, and both must say the same of its transactions. */
  follow(block: Block): BridgeMessage[] {
    this.blocks.push(block)
    const expected = this.model.append({
      time: block.header.timestamp,
      producer: block.header.producer,
      transactions: block.transactions.map(({ transaction, signature: _ }) => ({
        ...transaction,
        genuine: this.#genuine.get(transactionDigest(transaction))!,
      })),
    })
    const got = block.receipts.map(({ reason, gasUsed, events }) => ({
      reason,
      gasUsed,
      sent: events.flatMap((event) => (event.kind === 'message-sent' ? [event.message] : [])),
    }))
    if (identityOf(got) !== identityOf(expected)) expect(got).toEqual(expected)
    return got.flatMap(({ sent }) => sent)
  }

  compare(): void {
    const held = this.engine
      .balances()
      .map(({ kind, owner, token, amount }) => `${kind}|${owner}|${token}=${amount}`)
      .sort()
    const owed = this.model.balances()
    if (held.join() !== owed.join()) expect(held).toEqual(owed)
  }
}

function newEngine(chainId: ChainId, rules: SettlementRules): ChainEngine {
  return createChainEngine({
    rules,
    spec,
    chainId,
    genesis: genesis.find((each) => each.chainId === chainId)!,
    verifier,
    signer: signer(producerOf.get(chainId)!),
  })
}

class Pair {
  readonly #genuine = new Map<Hash32, boolean>()
  readonly #messages: BridgeMessage[] = []
  readonly sides: ReadonlyMap<ChainId, Sides>
  readonly #rules: SettlementRules
  reorgs = 0
  refusedReorgs = 0
  /** Kinds of the calls that succeeded. */
  readonly succeeded: Call['kind'][] = []

  constructor(rules: SettlementRules) {
    this.#rules = rules
    this.sides = new Map(chains.map((chainId) => [chainId, new Sides(chainId, this.#genuine, rules)]))
  }

  run(commands: readonly Command[]): void {
    const touched = new Set<ChainId>()
    for (const each of commands) touched.add(this.#submit(each))
    for (const chainId of touched) this.#produce(this.sides.get(chainId)!, commands[0]!)
  }

  /** Another branch overtakes: built by a second engine from the common ancestor, imported block by block. */
  reorg(chainId: ChainId, depth: number, commands: readonly Command[], keeps: number): void {
    const side = this.sides.get(chainId)!
    const { engine, blocks, model } = side
    const fork = Math.max(0, blocks.length - depth)
    const orphaned = blocks.slice(fork)
    if (orphaned.length === 0) return
    const rival = newEngine(chainId, this.#rules)
    for (const block of blocks.slice(0, fork)) expect(rival.import(block).accepted).toBe(true)
    const kept = orphaned.flatMap(({ transactions }) => transactions).filter((_, i) => (keeps >> (i % 6)) & 1)
    for (const signed of kept) rival.submit(signed)
    const branch: Block[] = []
    for (let i = 0; i <= orphaned.length; i++) {
      const each = commands[i]
      if (each !== undefined) this.#submit(each, { chainId, engine: rival })
      branch.push(rival.produce({ number: rival.head().header.number + 1, allowEmpty: true })!)
    }
    // The rival may have made the same first blocks: what is orphaned begins where they differ.
    const first = orphaned.find(({ hash }, i) => hash !== branch[i]!.hash)
    const final = engine.head().header.finalized
    for (const block of branch) engine.import(block)
    if (chainId === L1 && first !== undefined && first.header.number <= final) {
      expect(engine.head().hash).toBe(orphaned.at(-1)!.hash)
      this.refusedReorgs++
      return side.compare()
    }
    expect(engine.head().hash).toBe(branch.at(-1)!.hash)
    this.reorgs++
    blocks.length = fork
    model.returnTo(fork)
    for (const block of branch) this.#messages.push(...side.follow(block))
    side.compare()
    this.#poolKeeps(side, orphaned, branch)
  }

  /** T-4: an orphaned transaction whose nonce the new branch has not used comes back, once, in nonce order. */
  #poolKeeps(side: Sides, orphaned: readonly Block[], branch: readonly Block[]): void {
    const hashes = (list: readonly Block[]) =>
      list.flatMap(({ transactions }) => transactions.map(({ transaction }) => transaction))
    const used = new Set(hashes(branch).map(({ from, nonce }) => `${from}/${nonce}`))
    const waiting = hashes(orphaned).filter(({ from, nonce }) => !used.has(`${from}/${nonce}`))
    const block = this.#produce(side, { after: 1, how: 0 })
    const included =
      block === null ? [] : block.transactions.map(({ transaction }) => transactionDigest(transaction))
    expect(new Set(included).size).toBe(included.length)
    for (const transaction of waiting) expect(included).toContain(transactionDigest(transaction))
  }

  #produce(side: Sides, when: Pick<Command, 'after' | 'how'>): Block | null {
    const block = side.engine.produce({ number: side.slotAfter(side.engine, when), allowEmpty: false })
    if (block === null) return null
    block.receipts.forEach(({ status }, i) => {
      if (status === 'ok') this.succeeded.push(block.transactions[i]!.transaction.call.kind)
    })
    this.#messages.push(...side.follow(block))
    side.compare()
    return block
  }

  #submit(each: Command, into?: { readonly chainId: ChainId; readonly engine: ChainEngine }): ChainId {
    const { call, chainId: own, genuine } = this.#callOf(each)
    const chainId = into?.chainId ?? own
    const engine = into?.engine ?? this.sides.get(chainId)!.engine
    const from = address(people[each.who]!)
    const transaction = {
      chainId,
      from,
      nonce: engine.nextNonce(from),
      gasLimit: each.lowGas ? Math.max(21_000, gasOf(call.kind) - 1) : gasOf(call.kind),
      maxFeePerGas: BigInt(7 + (each.how % 5)),
      maxPriorityFeePerGas: BigInt(each.what % 4),
      call,
    }
    const signed: SignedTransaction = {
      transaction,
      signature: signer(people[each.who]!).sign(transactionDigest(transaction)),
    }
    this.#genuine.set(transactionDigest(transaction), genuine)
    expect(engine.submit(signed)).toEqual({ accepted: true, reason: null })
    return chainId
  }

  #callOf(each: Command): { call: Call; chainId: ChainId; genuine: boolean } {
    const { what, how, genuine } = each
    const anyChain = chains[each.chain]!
    // Mostly one of two orders, so that they come far.
    const order = orders[what % 5 === 0 ? how % orders.length : what % 5 < 3 ? 0 : 1]!
    const amount = amounts[each.amount]!
    const someone = address(people[how % people.length]!)
    const known = { chainId: anyChain, genuine: true }
    switch (each.kind) {
      case 'transfer':
        return {
          ...known,
          call: {
            kind: 'transfer',
            token: tokens[what % tokens.length]!,
            to: how % 11 === 0 ? bridge : someone,
            amount,
          },
        }
      case 'open': {
        const signature = signer(genuine ? 'alice' : 'atlas').sign(orderDigest(order))
        return {
          chainId: how % 9 === 0 ? anyChain : ORIGIN,
          genuine,
          call: { kind: 'open', order, signature, award: null },
        }
      }
      case 'cancel':
        return { ...known, chainId: ORIGIN, call: { kind: 'cancel', order } }
      case 'fill':
        return {
          ...known,
          chainId: how % 9 === 0 ? anyChain : DESTINATION,
          call: {
            kind: 'fill',
            order,
            award: null,
            amount: 990n + BigInt(how % 120),
            payee: how % 13 === 0 ? bridge : someone,
          },
        }
      case 'claim':
      case 'refund':
        return { ...known, chainId: ORIGIN, call: { kind: each.kind, orderId: orderDigest(order) as never } }
      case 'bridge-out':
        return {
          ...known,
          call: {
            kind: 'bridge-out',
            bridge: how % 17 === 0 ? someone : bridge,
            token: anyChain === L1 ? rsEthHome : rsEthFar,
            amount,
            dstChainId: chains[what % 3]!,
            recipient: someone,
          },
        }
      case 'pause':
      case 'unpause': {
        const authority = what % 2 === 0 ? 'issuer' : 'guardian'
        const named = { bridge, authority } as const
        return {
          ...known,
          call:
            each.kind === 'pause'
              ? { kind: 'pause', ...named, until: how % 3 === 0 ? 0 : at(how) }
              : { kind: 'unpause', ...named },
        }
      }
      case 'deliver':
        return this.#delivery(each)
    }
  }

  /** A message that was sent, sometimes with other contents, sometimes with too few or wrong signatures. */
  #delivery({ what, how, genuine, chain }: Command): { call: Call; chainId: ChainId; genuine: boolean } {
    const sent =
      this.#messages.length === 0
        ? invented
        : this.#messages.at(-1 - (what % Math.min(3, this.#messages.length)))!
    const message =
      how % 10 === 0 && sent.payload.kind === 'transfer'
        ? { ...sent, payload: { ...sent.payload, amount: sent.payload.amount + 1n } }
        : sent
    const names =
      how % 12 === 1
        ? verifierNames.slice(0, 1)
        : how % 12 === 2
          ? [...verifierNames].reverse()
          : verifierNames.slice(0, 2)
    const digest = attestationDigest(
      attestationOf(genuine ? message : { ...message, sequence: message.sequence + 1 }, 0),
    )
    const signatures = names.map((name) => ({
      verifier: address(name) as Address,
      signature: signer(name).sign(digest),
    }))
    const chainId = how % 9 === 3 ? chains[chain]! : (message.dstChainId as ChainId)
    return {
      chainId,
      genuine,
      call: {
        kind: 'deliver',
        message,
        proof: { kind: 'quorum', setIndex: how % 15 === 4 ? 7 : 0, signatures },
      },
    }
  }
}

const invented: BridgeMessage = {
  bridge,
  srcChainId: ORIGIN,
  emitter: bridge,
  sequence: 9,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 5n, recipient: address('alice') },
}

const nothing = () => ({ reorgs: 0, refused: 0, succeeded: 0, claims: 0, refunds: 0 })

/** Runs the sequences on an engine with these rules; what was exercised is added up in `seen`. */
function sequences(rules: SettlementRules, seen = nothing()) {
  return fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
    const pair = new Pair(rules)
    for (const each of steps) {
      if (each.kind === 'run') pair.run(each.commands)
      else pair.reorg(chains[each.chain]!, each.depth, each.commands, each.keeps)
    }
    seen.reorgs += pair.reorgs
    seen.refused += pair.refusedReorgs
    seen.succeeded += pair.succeeded.length
    seen.claims += pair.succeeded.filter((kind) => kind === 'claim').length
    seen.refunds += pair.succeeded.filter((kind) => kind === 'refund').length
  })
}

describe('the settlement core and the reference model', () => {
  it('agree on receipts, messages and balances over thousands of random sequences with re-orgs', () => {
    const seen = nothing()
    fc.assert(sequences(settlementRules, seen), { numRuns: 2_000, seed: 20_260_401 })
    // What was exercised, so that the agreement is about something.
    expect(seen.reorgs).toBeGreaterThan(1_000)
    expect(seen.refused).toBeGreaterThan(0)
    expect(seen.succeeded).toBeGreaterThan(10_000)
    expect(seen.claims).toBeGreaterThan(100)
    expect(seen.refunds).toBeGreaterThan(100)
  }, 900_000)

  it.each<[string, Partial<SettlementRules>]>([
    ['an escrow is refundable one second early', { expired: (now, expires) => now >= expires }],
    ['a fill counts one second late', { fillInTime: (now, deadline) => now <= deadline + 1 }],
    ['a bridge keeps one unit less than it sends', { custodyAmount: (sent) => sent - 1n }],
    ['a message may be delivered twice', { deliveryOf: () => 'new' }],
    [
      'a refund follows a claim',
      {
        nextOrderState: (state, action) =>
          action === 'refund' ? 'refunded' : settlementRules.nextOrderState(state, action),
      },
    ],
  ])(
    'disagree where %s',
    (_name, altered) => {
      const run = fc.check(sequences({ ...settlementRules, ...altered }), {
        numRuns: 2_000,
        seed: 20_260_401,
        endOnFailure: true,
      })
      expect(run.failed).toBe(true)
    },
    900_000,
  )
})
