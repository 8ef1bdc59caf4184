// What rollups say of their state on their L1: T-3 of roots and proofs, and T-6. Times: Unix seconds unless the name says ms.
// Sources: OP Stack output proposals (ethereum-optimism/docs), commit and prove of zk rollups.
import { type ChainId, MS_PER_SECOND } from '@solvent/primitives'
import { type Block, type ChainEvent, rollupContract } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { couldChallenge } from './challenge-chance.ts'
import type { FaultBook } from './fault-book.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import type { FlawBook } from './flaw-book.ts'
import { L1Silences } from './l1-silences.ts'
import { type PostedRoot, type RollupBook, sameRoots } from './rollup-book.ts'
import type { RollupBooks } from './rollup-books.ts'
import { RootUpgrades } from './root-upgrades.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export interface RollupContext {
  readonly finality: FinalityTracker
  readonly faults: FaultBook
  readonly flaws: FlawBook
  readonly books: RollupBooks
}

export class RollupRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #context: RollupContext
  readonly #upgrades: RootUpgrades
  readonly #silences = new L1Silences()

  constructor(tally: Tally, index: NetworkIndex, context: RollupContext) {
    this.#tally = tally
    this.#index = index
    this.#context = context
    this.#upgrades = new RootUpgrades(index)
  }

  /** T-3: a root or proof rises, and is that of the end of a batch. T-6: it comes from one who may. */
  proposed(scope: Scope, event: Event<'root-posted'> | Event<'proof-posted'>): void {
    const { kind, rollup, block, stateRoot, outboxRoot } = event
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-3']++
    const book = this.#context.books.of(rollup)
    if (block <= book.settledTo || !book.hasBatchTo(block)) {
      this.#breach(
        'T-3',
        chain,
        scope,
        `${kind} for block ${block} after ${book.settledTo}, batched to ${book.batchedTo}`,
      )
    }
    this.#mayPropose(scope, chain, event)
    const { consensus } = chain.spec
    const windowMs = consensus.kind === 'optimistic' ? consensus.challengeWindowMs : 0
    const postedAtMs = scope.timestamp * MS_PER_SECOND
    book.roots.push({
      block,
      roots: { stateRoot, outboxRoot },
      postedAtMs,
      finalAtMs: postedAtMs + windowMs,
      judged: false,
    })
    if (kind === 'root-posted') this.#context.finality.root(rollup, block, scope.block.header)
    else this.#context.finality.proof(rollup, block, scope.block.header)
  }

  /** T-6: only a root that was not the chain's may be deleted, and only within its challenge window. */
  deleted(scope: Scope, { rollup, fromBlock }: Event<'roots-deleted'>): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-6']++
    const book = this.#context.books.of(rollup)
    const root = book.roots.find(({ block }) => block === fromBlock)
    if (root === undefined) {
      this.#breach('T-6', chain, scope, `no root of block ${fromBlock} stands that could be deleted`)
    } else {
      if (scope.timestamp * MS_PER_SECOND >= root.finalAtMs)
        this.#breach(
          'T-6',
          chain,
          scope,
          `the root of block ${fromBlock} is deleted after its challenge window`,
        )
      const right = book.rootsOfBatch(fromBlock)
      if (right !== null && sameRoots(right, root.roots))
        this.#breach('T-6', chain, scope, `the root of block ${fromBlock} is deleted and was right`)
    }
    book.deleteRoots(fromBlock)
    this.#context.finality.rootsDeleted(rollup, fromBlock, scope.block.header)
  }

  /** T-6: a challenge is turned down only when the root was right. */
  upheld(scope: Scope, { rollup, block }: Event<'challenge-lost'>): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-6']++
    const book = this.#context.books.of(rollup)
    const root = book.roots.find((each) => each.block === block)
    const right = book.rootsOfBatch(block)
    if (root === undefined || (right !== null && !sameRoots(right, root.roots)))
      this.#breach('T-6', chain, scope, `the challenge of the root of block ${block} is lost and was right`)
  }

  /** T-6: roots are forgotten by an upgrade that does so, and none that had stood for its window. */
  reset(scope: Scope, { rollup, fromBlock }: Event<'roots-reset'>): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-6']++
    const isUpgrade = scope.receipt.events.some(
      (event) => event.kind === 'contract-upgraded' && event.flaw === 'pending-roots-reset',
    )
    const book = this.#context.books.of(rollup)
    const nowMs = scope.timestamp * MS_PER_SECOND
    const stood = book.roots.find((root) => root.block >= fromBlock && root.finalAtMs <= nowMs)
    if (!isUpgrade || stood !== undefined)
      this.#breach('T-6', chain, scope, `the roots from block ${fromBlock} on are forgotten`)
    book.deleteRoots(fromBlock)
    this.#context.finality.rootsDeleted(rollup, fromBlock, scope.block.header)
  }

  upgraded({ timestamp }: Scope, event: Event<'contract-upgraded'>): void {
    this.#upgrades.upgraded(event, timestamp * MS_PER_SECOND)
  }

  /** T-6 at an L1 block: no root that has now stood for its window is wrong while a challenger could have said so. */
  l1Block(l1: ChainRecord, { header }: Block, atMs: number): void {
    const nowMs = header.timestamp * MS_PER_SECOND
    this.#silences.note(l1, header)
    for (const [rollup, book] of this.#context.books.all()) {
      const chain = this.#index.chains.get(rollup)
      if (chain?.spec.consensus.kind !== 'optimistic' || chain.spec.consensus.l1 !== l1.chainId) continue
      for (const root of book.roots) {
        if (root.judged || root.finalAtMs > nowMs) continue
        root.judged = true
        this.#judge(chain, book, root, atMs)
      }
    }
  }

  /** Takes a posting of an orphaned L1 block back. */
  undo(event: ChainEvent): void {
    if (event.kind === 'contract-upgraded') this.#upgrades.undo(event)
    if (!('rollup' in event)) return
    const book = this.#context.books.of(event.rollup)
    switch (event.kind) {
      case 'batch-posted':
        book.unbatched(event.toBlock)
        break
      case 'root-posted':
      case 'proof-posted':
        book.roots.pop()
        break
      case 'roots-deleted':
      case 'roots-reset':
        book.restoreRoots()
        break
    }
  }

  /** An L1 goes back to its block of this time (Unix seconds). */
  rewound(l1: ChainId, timestamp: number): void {
    this.#silences.rewind(l1, timestamp)
  }

  #mayPropose(
    scope: Scope,
    chain: ChainRecord,
    { kind, block }: Event<'root-posted'> | Event<'proof-posted'>,
  ): void {
    const { consensus, producers } = chain.spec
    if (consensus.kind === 'l1' || (consensus.kind === 'optimistic' && consensus.proposers === 'anyone'))
      return
    this.#tally.checked['T-6']++
    const from = scope.transaction?.from
    if (producers.some(({ address }) => address === from)) return
    if (this.#context.flaws.has(consensus.l1, rollupContract(chain.spec), 'proposer-unchecked')) return
    this.#breach('T-6', chain, scope, `${kind} for block ${block} by ${from}, who is no producer`)
  }

  #judge(chain: ChainRecord, book: RollupBook, root: PostedRoot, atMs: number): void {
    this.#tally.checked['T-6']++
    const right = book.rootsOfBatch(root.block)
    // Nobody who has not seen the batch's blocks can say what the root should be.
    if (right === null || sameRoots(right, root.roots)) return
    const { consensus } = chain.spec
    if (consensus.kind !== 'optimistic') return
    const l1 = this.#index.chains.get(consensus.l1)?.spec
    if (l1 === undefined) return
    const closed = [...this.#silences.of(l1.chainId), ...this.#upgrades.undisputed(chain.chainId)]
    const knownAtMs = Math.max(root.postedAtMs, book.knownAtMs(root.block))
    const able = consensus.challengers.find((challenger) =>
      couldChallenge(
        { rollup: chain.spec, l1, challenger, knownAtMs, finalAtMs: root.finalAtMs, closed },
        this.#context.faults,
      ),
    )
    if (able === undefined) return
    this.#tally.breach(
      'T-6',
      atMs,
      chain.chainId,
      `the root ${root.roots.stateRoot} of block ${root.block} is final, the chain's is ${right.stateRoot}, and ${able.node} could have challenged it`,
    )
  }

  #breach(id: 'T-3' | 'T-6', chain: ChainRecord, scope: Scope, detail: string): void {
    this.#tally.breach(id, scope.atMs, chain.chainId, detail)
  }
}
