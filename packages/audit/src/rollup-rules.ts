// What rollups say on their L1: T-3 of batches, roots and proofs, and T-6. Times: Unix seconds unless the name says ms.
// Sources: OP Stack batch inbox and output proposals (ethereum-optimism/docs), commit and prove of zk rollups.
import { type ChainId, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import type { Block, ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { couldChallenge } from './challenge-chance.ts'
import type { FaultBook } from './fault-book.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import { L1Silences } from './l1-silences.ts'
import { hasLapsed } from './lapse.ts'
import { type PostedRoot, RollupBook, type Roots, sameRoots } from './rollup-book.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export class RollupRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #finality: FinalityTracker
  readonly #faults: FaultBook
  readonly #books = new Map<ChainId, RollupBook>()
  readonly #silences = new L1Silences()

  constructor(
    tally: Tally,
    index: NetworkIndex,
    { finality, faults }: { readonly finality: FinalityTracker; readonly faults: FaultBook },
  ) {
    this.#tally = tally
    this.#index = index
    this.#finality = finality
    this.#faults = faults
  }

  /** How far the L1 has ordered a rollup. */
  batchedTo(rollup: ChainId): number {
    return this.#books.get(rollup)?.batchedTo ?? 0
  }

  /** T-3: batches follow each other, come within the window of their oldest block and hold none whose time has not come. */
  batched(scope: Scope, { rollup, fromBlock, toBlock, tip }: Event<'batch-posted'>): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-3']++
    const book = this.#bookOf(rollup)
    const before = book.batchedTo
    if (fromBlock <= before || toBlock < fromBlock)
      this.#breach('T-3', chain, scope, `batch ${fromBlock} to ${toBlock} after ${before}`)
    if (hasLapsed(this.#index, chain.spec, fromBlock, scope.timestamp))
      this.#breach(
        'T-3',
        chain,
        scope,
        `batch from block ${fromBlock} posted at ${scope.timestamp}, after its sequencing window`,
      )
    const beginsAt = this.#slotBegins(chain, toBlock)
    if (beginsAt > scope.timestamp) {
      this.#breach(
        'T-3',
        chain,
        scope,
        `batch to block ${toBlock}, which begins at ${beginsAt}, posted at ${scope.timestamp}`,
      )
    }
    const knownAtMs = scope.timestamp * MS_PER_SECOND
    book.batched({ from: fromBlock, to: toBlock, tip, roots: rootsOfTip(chain, tip), knownAtMs })
    this.#holdsAll(chain, book, tip, scope.atMs)
    this.#finality.batch(rollup, toBlock, scope.block.header)
    if (tip === chain.headHash && chain.head !== null && chain.head.number <= toBlock) {
      chain.knownUntil = Math.max(chain.knownUntil, beginsAt)
    }
  }

  /** T-3: a root or proof rises, and is that of the end of a batch. */
  proposed(scope: Scope, event: Event<'root-posted'> | Event<'proof-posted'>): void {
    const { kind, rollup, block, stateRoot, outboxRoot } = event
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-3']++
    const book = this.#bookOf(rollup)
    if (block <= book.settledTo || !book.hasBatchTo(block)) {
      this.#breach(
        'T-3',
        chain,
        scope,
        `${kind} for block ${block} after ${book.settledTo}, batched to ${book.batchedTo}`,
      )
    }
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
    if (kind === 'root-posted') this.#finality.root(rollup, block, scope.block.header)
    else this.#finality.proof(rollup, block, scope.block.header)
  }

  /** T-6: only a root that was not the chain's may be deleted, and only within its challenge window. */
  deleted(scope: Scope, { rollup, fromBlock }: Event<'roots-deleted'>): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-6']++
    const book = this.#bookOf(rollup)
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
    this.#finality.rootsDeleted(rollup, fromBlock, scope.block.header)
  }

  /** T-3: no block comes that no batch holds and that the L1 has no room for any more. */
  inWindow(chain: ChainRecord, { header }: Block, atMs: number): void {
    const { consensus } = chain.spec
    if (consensus.kind === 'l1' || header.number <= this.batchedTo(chain.chainId)) return
    const l1 = this.#index.chains.get(consensus.l1)?.head
    if (l1 === null || l1 === undefined) return
    this.#tally.checked['T-3']++
    if (!hasLapsed(this.#index, chain.spec, header.number, l1.timestamp)) return
    const detail = `block ${header.number} is in no batch and its sequencing window ended before ${l1.timestamp}`
    this.#tally.breach('T-3', atMs, chain.chainId, detail)
  }

  /** A block of a rollup, now at the head of its branch, may be the tip that a batch has named before. */
  rollupBlock(chain: ChainRecord, { hash, header }: Block, atMs: number): void {
    const book = this.#books.get(chain.chainId)
    if (chain.spec.consensus.kind === 'l1' || book === undefined || header.number > book.batchedTo) return
    const l1 = this.#index.chains.get(chain.spec.consensus.l1)?.head
    book.tipSeen(hash, header, (l1?.timestamp ?? 0) * MS_PER_SECOND)
    this.#holdsAll(chain, book, hash, atMs)
  }

  /** T-6 at an L1 block: no root that has now stood for its window is wrong while a challenger could have said so. */
  l1Block(l1: ChainRecord, { header }: Block, atMs: number): void {
    const nowMs = header.timestamp * MS_PER_SECOND
    this.#silences.note(l1, header)
    for (const [rollup, book] of this.#books) {
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
    if (!('rollup' in event)) return
    const book = this.#bookOf(event.rollup)
    switch (event.kind) {
      case 'batch-posted':
        book.unbatched(event.toBlock)
        break
      case 'root-posted':
      case 'proof-posted':
        book.roots.pop()
        break
      case 'roots-deleted':
        book.restoreRoots()
        break
    }
  }

  /** An L1 goes back to its block of this time (Unix seconds). */
  rewound(l1: ChainId, timestamp: number): void {
    this.#silences.rewind(l1, timestamp)
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
    const silences = this.#silences.of(l1.chainId)
    const knownAtMs = Math.max(root.postedAtMs, book.knownAtMs(root.block))
    const able = consensus.challengers.find((challenger) =>
      couldChallenge(
        { rollup: chain.spec, l1, challenger, knownAtMs, finalAtMs: root.finalAtMs, silences },
        this.#faults,
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

  /** T-3: a batch holds every block of its branch since the last one; what it leaves out would have lapsed unseen. */
  #holdsAll({ branch, chainId }: ChainRecord, book: RollupBook, tip: Hash32, atMs: number): void {
    const slots = book.slotsBefore(tip)
    if (slots === null || slots[0] > slots[1] || !branch.some(({ hash }) => hash === tip)) return
    this.#tally.checked['T-3']++
    const [first, last] = slots
    const left = branch.find(({ header }) => header.number >= first && header.number <= last)
    if (left === undefined) return
    const detail = `the batch to ${tip} begins at ${last + 1} and leaves block ${left.header.number} out`
    this.#tally.breach('T-3', atMs, chainId, detail)
  }

  #slotBegins(chain: ChainRecord, number: number): number {
    return Math.floor((this.#index.spec.genesisMs + number * chain.spec.slotMs) / MS_PER_SECOND)
  }

  #bookOf(rollup: ChainId): RollupBook {
    let book = this.#books.get(rollup)
    if (book === undefined) {
      book = new RollupBook()
      this.#books.set(rollup, book)
    }
    return book
  }

  #breach(id: 'T-3' | 'T-6', chain: ChainRecord, scope: Scope, detail: string): void {
    this.#tally.breach(id, scope.atMs, chain.chainId, detail)
  }
}

/** What a block of the branch commits to, or null when the audit has not seen it. */
function rootsOfTip(chain: ChainRecord, tip: Hash32): Roots | null {
  for (let i = chain.branch.length - 1; i >= 0; i--) {
    const { hash, header } = chain.branch[i]!
    if (hash === tip) return header
  }
  return null
}
