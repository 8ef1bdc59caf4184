// The settlement core and a plain second implementation agree, on random sequences of commands with re-orgs, about every
// receipt, every message and every balance.
import { type Address, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type Call,
  contractAddress,
  messageDigest,
  type Order,
  orderDigest,
  type QuorumVerification,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import {
  type ChainEngine,
  createChainEngine,
  gasOfCall,
  OutboxLeaves,
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
  party,
  spec as plainSpec,
  rsEthFar,
  rsEthHome,
  sampleOrder,
  signer,
  usdc,
  verifier,
  verifierNames,
} from './audited-network.ts'
import { identityOf, ReferenceChain } from './reference-model.ts'

/** Burns and mints USDC for a fee; and settles orders by bundles, which stand for 20 s and are ruled on 5 s after a dispute. */
const mint = contractAddress('bridge', 'mint')
const claims = contractAddress('bridge', 'claims')
const LIVENESS = 20
const plain = plainSpec.bridges[0] as BridgeSpec
const verification = { ...(plain.verification as QuorumVerification), graceSeconds: 15 }
const locking: BridgeSpec = { ...plain, verification }
const spec = {
  ...plainSpec,
  bridges: [
    locking,
    {
      ...locking,
      name: 'mint',
      address: mint,
      custody: { kind: 'burn-mint' as const, feeBps: 14 },
      routes: [
        {
          symbol: 'USDC',
          home: { chainId: ORIGIN, token: usdc },
          wrapped: [{ chainId: DESTINATION, token: usdc }],
        },
      ],
    },
    {
      ...locking,
      name: 'claims',
      address: claims,
      routes: [],
      verification: {
        kind: 'optimistic' as const,
        proposers: [party('atlas')],
        disputers: [party('borealis')],
        arbiter: party('guardian'),
        // Odd, so that halving it leaves a residue.
        bond: 1_001n,
        livenessSeconds: LIVENESS,
        arbitrationSeconds: 5,
        bundleIntervalSeconds: 0,
      },
    },
  ],
}

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
  'bridge-out',
  'pause',
  'unpause',
  'rotate-verifiers',
  'propose-bundle',
  'propose-bundle',
  'dispute-bundle',
  'rule-on-bundle',
  'rule-on-bundle',
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
  after: fc.constantFrom(0, 0, 0, 1, 1, 5, LIVENESS, null),
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
  sampleOrder({ nonce: 8n, prover: claims }),
]

/** Seconds at which something about the orders ends. */
const edges = [20, 30, 40, 50, 100, 300, 500, 600, 1_200]

/** Messages under the roots that were proposed. */
const bundled = new Map<string, readonly BridgeMessage[]>()

/** The branch from a root to one of its messages; `null` stands for none. */
function branchTo(root: string, leaf: number): readonly (Hash32 | null)[] {
  const messages = bundled.get(root) ?? []
  if (leaf >= messages.length) return [null]
  const tree = new OutboxLeaves()
  for (const message of messages) tree.append(messageDigest(message))
  return tree.path(leaf, messages.length)
}

/** One chain in both implementations. */
class Sides {
  /** Newest set of verifiers, and bundles, as events told of them; a re-org may have taken them back. */
  setIndex = 0
  readonly bundles: { readonly bundle: number; readonly root: string }[] = []
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
      gasOf: gasOfCall,
      idOf: orderDigest,
      leadsTo: (root, { leaf, path }) =>
        path.join() === branchTo(root, leaf).join() ? bundled.get(root)?.[leaf] : null,
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
    for (const { events } of block.receipts)
      for (const event of events) {
        if (event.kind === 'verifiers-rotated') this.setIndex = event.next.setIndex
        if (event.kind === 'bundle-proposed') this.bundles.push(event)
      }
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
    // The rival may have made the same first blocks: branches part where they differ. A slot that was empty is final, too.
    const parts = orphaned.findIndex(({ hash }, i) => hash !== branch[i]!.hash)
    const leaves = parts < 0 ? [] : [orphaned[parts]!.header.number, branch[parts]!.header.number]
    const final = engine.head().header.finalized
    for (const block of branch) engine.import(block)
    if (chainId === L1 && parts >= 0 && Math.min(...leaves) <= final) {
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
    const { call, chainId: own, genuine, by = people[each.who]! } = this.#callOf(each)
    const chainId = into?.chainId ?? own
    const engine = into?.engine ?? this.sides.get(chainId)!.engine
    const from = address(by)
    const transaction = {
      chainId,
      from,
      nonce: engine.nextNonce(from),
      gasLimit: each.lowGas ? Math.max(21_000, gasOfCall(call) - 1) : gasOfCall(call),
      maxFeePerGas: BigInt(7 + (each.how % 5)),
      maxPriorityFeePerGas: BigInt(each.what % 4),
      call,
    }
    const signed: SignedTransaction = {
      transaction,
      signature: signer(by).sign(transactionDigest(transaction)),
    }
    this.#genuine.set(transactionDigest(transaction), genuine)
    expect(engine.submit(signed)).toEqual({ accepted: true, reason: null })
    return chainId
  }

  #callOf(each: Command): Submission {
    const { what, how, genuine } = each
    const anyChain = chains[each.chain]!
    // Mostly one of three orders, so that they come far.
    const order = orders[what % 5 === 0 ? how % orders.length : [0, 0, 1, 8][(what % 5) - 1]!]!
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
            bridge: how % 17 === 0 ? someone : how % 3 === 0 ? mint : bridge,
            token: how % 3 === 0 ? usdc : anyChain === L1 ? rsEthHome : rsEthFar,
            amount,
            dstChainId: chains[what % 3]!,
            recipient: someone,
          },
        }
      case 'pause':
      case 'unpause': {
        const authority = what % 2 === 0 ? 'issuer' : 'guardian'
        const named = { bridge: [bridge, bridge, mint, claims][how % 4]!, authority } as const
        return {
          ...known,
          call:
            each.kind === 'pause'
              ? { kind: 'pause', ...named, until: how % 3 === 0 ? 0 : at(how) }
              : { kind: 'unpause', ...named },
        }
      }
      case 'rotate-verifiers': {
        const members = (what % 2 === 0 ? verifierNames : verifierNames.slice(0, 2)).map(address)
        const setIndex = this.sides.get(anyChain)!.setIndex + (how % 7 === 0 ? 0 : 1)
        const next = { setIndex, verifiers: members, threshold: how % 11 === 0 ? 0 : 1 + (how % 2) }
        return { ...known, by: verifierNames[how % 3]!, call: { kind: each.kind, bridge, next } }
      }
      case 'propose-bundle':
        return { ...this.#bundle(each), genuine: true }
      case 'dispute-bundle':
      case 'rule-on-bundle': {
        const { bundles } = this.sides.get(ORIGIN)!
        const bundle = bundles.at(-1 - (what % 2))?.bundle ?? 0
        const decided =
          each.kind === 'rule-on-bundle'
            ? { kind: each.kind, bridge: claims, bundle, upheld: how % 2 === 0 }
            : { kind: each.kind, bridge: claims, bundle }
        return { ...known, chainId: ORIGIN, ...(how % 5 === 0 ? {} : { by: 'guardian' }), call: decided }
      }
      case 'deliver':
        return this.#delivery(each)
    }
  }

  /** What was sent towards the origin over the bridge of bundles, sometimes with a fill that nobody made. */
  #bundle({ what, how }: Command): Omit<Submission, 'genuine'> {
    const sent = this.#messages.filter((message) => message.bridge === claims).slice(-3)
    const lie = sent.map(({ payload, ...message }) => ({
      ...message,
      payload: payload.kind === 'fill-proof' ? { ...payload, payee: address('borealis') } : payload,
    }))
    const messages = what % 4 === 0 ? lie : sent
    const tree = new OutboxLeaves()
    for (const message of messages) tree.append(messageDigest(message))
    const root = tree.root(messages.length)
    bundled.set(root, messages)
    const lanes = how % 9 === 0 ? [] : [{ srcChainId: DESTINATION, emitter: claims, from: 0, to: 2 }]
    const call = { kind: 'propose-bundle', bridge: claims, lanes, count: messages.length, root } as const
    return { call, chainId: ORIGIN, ...(how % 7 === 0 ? {} : { by: 'atlas' }) }
  }

  /** By the newest bundle or the one before, with another message, another branch or beyond its end now and then. */
  #bundleDelivery(sent: BridgeMessage, { what, how, genuine }: Command): Submission {
    const { bundle, root } = this.sides.get(ORIGIN)!.bundles.at(-1 - (what % 2)) ?? { bundle: 0, root: '' }
    const messages = bundled.get(root) ?? []
    const leaf = Math.min(how % 4, Math.max(0, messages.length - (how % 6 === 0 ? 0 : 1)))
    const isThere = leaf < messages.length
    const path = isThere ? (branchTo(root, leaf) as readonly Hash32[]) : []
    const wrong = [nowhere, ...path]
    const message = how % 8 === 0 || !isThere ? sent : messages[leaf]!
    const proof = { kind: 'bundle', bundle, leaf, path: genuine ? path : wrong } as const
    return { call: { kind: 'deliver', message, proof }, chainId: ORIGIN, genuine }
  }

  /** A message that was sent, sometimes with other contents, sometimes with too few or wrong signatures. */
  #delivery(command: Command): Submission {
    const { what, how, genuine, chain } = command
    const sent =
      this.#messages.length === 0
        ? invented
        : this.#messages.at(-1 - (what % Math.min(3, this.#messages.length)))!
    if (sent.bridge === claims) return this.#bundleDelivery(sent, command)
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
    const chainId = how % 9 === 3 ? chains[chain]! : (message.dstChainId as ChainId)
    const current = message.bridge === bridge ? this.sides.get(chainId)!.setIndex : 0
    const setIndex = how % 15 === 4 ? 7 : Math.max(0, current - (how % 4 === 0 ? 1 : 0))
    const digest = attestationDigest(
      attestationOf(genuine ? message : { ...message, sequence: message.sequence + 1 }, setIndex),
    )
    const signatures = names.map((name) => ({
      verifier: address(name) as Address,
      signature: signer(name).sign(digest),
    }))
    return {
      chainId,
      genuine,
      call: {
        kind: 'deliver',
        message,
        proof: { kind: 'quorum', setIndex, signatures },
      },
    }
  }
}

/** A call, where it goes, whether its signatures are genuine, and who makes it if that is not left to chance. */
interface Submission {
  readonly call: Call
  readonly chainId: ChainId
  readonly genuine: boolean
  readonly by?: string
}

/** A sibling that is in no tree. */
const nowhere = `0x${'ab'.repeat(32)}` as Hash32

const invented: BridgeMessage = {
  bridge,
  srcChainId: ORIGIN,
  emitter: bridge,
  sequence: 9,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 5n, recipient: address('alice') },
}

const nothing = () => ({ reorgs: 0, refused: 0, succeeded: new Map<Call['kind'], number>() })

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
    for (const kind of pair.succeeded) seen.succeeded.set(kind, (seen.succeeded.get(kind) ?? 0) + 1)
  })
}

describe('the settlement core and the reference model', () => {
  it('agree on receipts, messages and balances over thousands of random sequences with re-orgs', () => {
    const seen = nothing()
    fc.assert(sequences(settlementRules, seen), { numRuns: 2_000, seed: 20_260_401 })
    // What was exercised, so that the agreement is about something.
    expect(seen.reorgs).toBeGreaterThan(1_000)
    expect(seen.refused).toBeGreaterThan(0)
    const often = { open: 1_000, fill: 1_000, deliver: 1_000, 'bridge-out': 200, claim: 50, refund: 30 }
    const bundles = {
      'propose-bundle': 300,
      'dispute-bundle': 50,
      'rule-on-bundle': 10,
      'rotate-verifiers': 500,
    }
    for (const [kind, least] of Object.entries({ ...often, ...bundles }))
      expect([kind, seen.succeeded.get(kind as Call['kind']) ?? 0]).toEqual([
        kind,
        expect.toSatisfy((count: number) => count >= least),
      ])
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
