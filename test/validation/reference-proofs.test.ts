// Bridges that nobody vouches for, and the contracts of rollups that they rest on: the settlement core and a plain second implementation
// agree, on random sequences of commands with re-orgs, about every receipt, how far every client has come, and every balance.
import type { ChainId } from '@solvent/primitives'
import {
  type Block,
  type ChainSpec,
  hashLockId,
  type NetworkSpec,
  rollupContract,
  type SignedHeader,
  transactionDigest,
} from '@solvent/protocol'
import {
  type ChainEngine,
  createChainEngine,
  gasOfCall,
  type SettlementRules,
  settlementRules,
} from '@solvent/settlement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { address, at, L1, ORIGIN, signer, verifier } from './audited-network.ts'
import { Calls } from './proof-calls.ts'
import { type Command, commands, digestOf, Elsewhere } from './proof-elsewhere.ts'
import { genesisAt, opens, people, producerOf, specAt } from './proof-network.ts'
import { lockText, textOf } from './reference-locks.ts'
import { ProofChain } from './reference-proofs.ts'

/** Sequences on each chain; more by hand: SOLVENT_SEQUENCES=5000. */
const SEQUENCES = Number(process.env.SOLVENT_SEQUENCES ?? 40)
const SEED = 20_260_402

const step = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ depth: fc.constant(0), commands: commands(2, 7), keeps: fc.nat(63) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      depth: fc.integer({ min: 1, max: 6 }),
      commands: commands(0, 3),
      keeps: fc.nat(63),
    }),
  },
)

/** One chain in both implementations. */
class Sides {
  readonly #here: ChainId
  readonly #spec: NetworkSpec
  readonly #rules: SettlementRules
  readonly #elsewhere: Elsewhere
  readonly #lockNames = new Map<string, string>()
  readonly #engine: ChainEngine
  readonly #model: ProofChain
  readonly #blocks: Block[] = []
  readonly #calls: Calls
  #second = 12
  reorgs = 0
  refusedReorgs = 0
  readonly seen = new Map<string, number>()

  constructor(here: ChainId, rules: SettlementRules) {
    this.#here = here
    this.#rules = rules
    this.#spec = specAt(here)
    this.#engine = this.#newEngine()
    this.#elsewhere = new Elsewhere(here, this.#spec, this.#engine.genesisBlock.header)
    this.#calls = new Calls(here, this.#spec, this.#elsewhere)
    const tables = {
      gasOf: gasOfCall,
      hashOf: digestOf,
      isSigned: ({ header, signature }: SignedHeader) =>
        verifier.verify(digestOf(header), signature, header.producer),
      leadsTo: (root: string, branch: { leaf: number; path: readonly string[] }) =>
        this.#elsewhere.leadsTo(root, branch),
      opens,
      contractOf: rollupContract,
    }
    this.#model = new ProofChain(this.#spec, genesisAt(here), tables, this.#lockNames)
  }

  run(each: { depth: number; commands: readonly Command[]; keeps: number }): void {
    if (each.depth > 0) return this.#reorg(each.depth, each.commands, each.keeps)
    for (const one of each.commands) this.#submit(one, this.#engine)
    const { after, off } = each.commands[0]!
    this.#second = Math.max(12, this.#second + after * 12 + (this.#here === L1 ? 0 : off))
    const { slotMs } = this.#chain(this.#here)
    const number = Math.max(
      this.#engine.head().header.number + 1,
      Math.floor((this.#second * 1_000) / slotMs),
    )
    const block = this.#engine.produce({ number, allowEmpty: true })!
    this.#second = block.header.timestamp - at(0)
    this.#follow(block)
    this.#compare()
  }

  /** Another branch overtakes: built by a second engine from the common ancestor, imported block by block. */
  #reorg(depth: number, more: readonly Command[], keeps: number): void {
    const fork = Math.max(0, this.#blocks.length - depth)
    const orphaned = this.#blocks.slice(fork)
    if (orphaned.length === 0) return
    const rival = this.#newEngine()
    for (const block of this.#blocks.slice(0, fork)) expect(rival.import(block).accepted).toBe(true)
    const kept = orphaned.flatMap(({ transactions }) => transactions).filter((_, i) => (keeps >> (i % 6)) & 1)
    for (const signed of kept) rival.submit(signed)
    const branch: Block[] = []
    for (let i = 0; i <= orphaned.length; i++) {
      const each = more[i]
      if (each !== undefined) this.#submit(each, rival)
      branch.push(rival.produce({ number: rival.head().header.number + 1, allowEmpty: true })!)
    }
    for (const block of branch) this.#engine.import(block)
    if (this.#engine.head().hash !== branch.at(-1)!.hash) {
      // Only what is final stays.
      const parts = orphaned.findIndex(({ hash: was }, i) => was !== branch[i]!.hash)
      const leaves = Math.min(orphaned[parts]!.header.number, branch[parts]!.header.number)
      expect(leaves).toBeLessThanOrEqual(orphaned.at(-1)!.header.finalized)
      this.refusedReorgs++
      return this.#compare()
    }
    this.reorgs++
    this.#blocks.length = fork
    this.#model.returnTo(fork)
    for (const block of branch) this.#follow(block)
    this.#compare()
  }

  #follow(block: Block): void {
    const parent = this.#blocks.at(-1) ?? this.#engine.genesisBlock
    this.#blocks.push(block)
    const { timestamp: time, producer } = block.header
    const finalTime = at(Math.max(0, parent.header.finalized) * (this.#chain(this.#here).slotMs / 1_000))
    const transactions = block.transactions.map(({ transaction }) => transaction)
    const expected = this.#model.append({ time, finalTime, producer, transactions })
    const got = block.receipts.map(({ reason, gasUsed, events }) => ({
      reason,
      gasUsed,
      told: events.flatMap((event): readonly (number | 'stopped')[] =>
        event.kind === 'headers-accepted'
          ? [event.provableTo]
          : event.kind === 'client-frozen'
            ? ['stopped']
            : [],
      ),
    }))
    if (textOf(got) !== textOf(expected)) expect(got).toEqual(expected)
    block.receipts.forEach(({ reason, events }, i) => {
      const { call } = block.transactions[i]!.transaction
      const name = call.kind === 'deliver' ? call.proof.kind : call.kind
      for (const key of [`${name} ${reason ?? 'ok'}`, ...events.map(({ kind }) => kind)])
        this.seen.set(key, (this.seen.get(key) ?? 0) + 1)
      if (reason === null) this.#calls.note(call, events)
    })
  }

  #compare(): void {
    const held = this.#engine
      .balances()
      .map(({ kind, owner, token: of, amount }) => `${kind}|${owner}|${of}=${amount}`)
      .sort()
    const owed = this.#model.balances()
    if (held.join() !== owed.join()) expect(held).toEqual(owed)
  }

  #submit(each: Command, engine: ChainEngine): void {
    if (each.kind === 'grow') return this.#elsewhere.grow(each, this.#second)
    // Batches, roots and challenges are of an L1; elsewhere most of these are more headers.
    const isElsewhere = this.#here !== L1 && each.how % 8 > 0
    const made = this.#calls.of(isElsewhere && isOfRoots(each) ? { ...each, kind: 'submit' } : each)
    if (made === null) return
    const { call, by = people[each.who]! } = made
    const from = address(by)
    if (call.kind === 'hash-lock-create')
      this.#lockNames.set(hashLockId(this.#here, from, call), lockText(call, from))
    const transaction = {
      chainId: this.#here,
      from,
      nonce: engine.nextNonce(from),
      gasLimit: each.lowGas ? Math.max(21_000, gasOfCall(call) - 1) : gasOfCall(call),
      maxFeePerGas: BigInt(7 + (each.how % 5)),
      maxPriorityFeePerGas: BigInt(each.what % 4),
      call,
    }
    const { reason } = engine.submit({
      transaction,
      signature: signer(by).sign(transactionDigest(transaction)),
    })
    expect([null, 'underfunded']).toContain(reason)
  }

  #newEngine(): ChainEngine {
    return createChainEngine({
      ...{
        rules: this.#rules,
        spec: this.#spec,
        chainId: this.#here,
        genesis: genesisAt(this.#here),
        verifier,
      },
      signer: signer(producerOf(this.#here)),
    })
  }

  #chain(id: ChainId): ChainSpec {
    return this.#spec.chains.find(({ chainId }) => chainId === id)!
  }
}

const isOfRoots = ({ kind }: Command): boolean =>
  ['batch', 'root', 'proof', 'challenge', 'exit'].includes(kind)

const nothing = () => ({ reorgs: 0, refused: 0, seen: new Map<string, number>() })

/** Runs the sequences on engines of a chain with these rules; what was exercised is added up. */
function sequences(here: ChainId, rules: SettlementRules, all = nothing()) {
  return fc.property(fc.array(step, { minLength: 20, maxLength: 50 }), (steps) => {
    const sides = new Sides(here, rules)
    for (const each of steps) sides.run(each)
    all.reorgs += sides.reorgs
    all.refused += sides.refusedReorgs
    for (const [key, count] of sides.seen) all.seen.set(key, (all.seen.get(key) ?? 0) + count)
  })
}

/** What has to have happened on each chain, so that the agreement is about something. */
const often: Readonly<Record<number, readonly string[]>> = {
  [L1]: [
    'headers-accepted',
    'header-inclusion ok',
    'rollup-root ok',
    'rollup-root not-yet-proven',
    'roots-deleted',
  ],
  [ORIGIN]: ['headers-accepted', 'header-inclusion ok', 'submit-headers client-expired'],
}
const onBoth = ['hash-lock-withdrawn', 'hash-lock-cancelled', 'hash-lock-withdraw too-early']

describe.each([
  ['the L1', L1],
  ['a rollup', ORIGIN],
] as const)('the settlement core and the model of proofs on %s', (_name, here) => {
  it('agree on receipts, clients and balances over random sequences with re-orgs', () => {
    const all = nothing()
    fc.assert(sequences(here, settlementRules, all), { numRuns: SEQUENCES, seed: SEED, endOnFailure: true })
    expect(all.reorgs).toBeGreaterThan(SEQUENCES / 2)
    for (const key of [...often[here]!, ...onBoth])
      expect([key, all.seen.get(key) ?? 0]).not.toEqual([key, 0])
  }, 3_600_000)

  it.each<[string, Partial<SettlementRules>]>([
    [
      'a lock may be opened when it may be cancelled',
      {
        lockPhase: (windows, age) =>
          age === windows.cancelAfter ? 'public-withdrawal' : settlementRules.lockPhase(windows, age),
      },
    ],
    ['a message may be delivered twice', { deliveryOf: () => 'new' }],
  ])('disagree where %s', (_what, altered) => {
    const run = fc.check(sequences(here, { ...settlementRules, ...altered }), {
      ...{ numRuns: 1_000, seed: SEED, endOnFailure: true },
    })
    expect(run.failed).toBe(true)
  })
})
