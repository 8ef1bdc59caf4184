// The order that L1s give to their rollups, T-3: batches, and blocks that no batch holds. Times: Unix seconds unless the name
// says ms. Sources: OP Stack batch inbox and derivation (ethereum-optimism/docs).
import { type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import type { Block, ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import { hasLapsed } from './lapse.ts'
import type { RollupBook, Roots } from './rollup-book.ts'
import type { RollupBooks } from './rollup-books.ts'
import type { Tally } from './tally.ts'

export class BatchRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #finality: FinalityTracker
  readonly #books: RollupBooks

  constructor(
    tally: Tally,
    index: NetworkIndex,
    { finality, books }: { readonly finality: FinalityTracker; readonly books: RollupBooks },
  ) {
    this.#tally = tally
    this.#index = index
    this.#finality = finality
    this.#books = books
  }

  /** T-3: batches follow each other, come within the window of their oldest block and hold none whose time has not come. */
  batched(
    scope: Scope,
    { rollup, fromBlock, toBlock, tip }: Extract<ChainEvent, { kind: 'batch-posted' }>,
  ): void {
    const chain = this.#index.chains.get(rollup)
    if (chain === undefined) return
    this.#tally.checked['T-3']++
    const book = this.#books.of(rollup)
    const before = book.batchedTo
    if (fromBlock <= before || toBlock < fromBlock)
      this.#breach(chain, scope.atMs, `batch ${fromBlock} to ${toBlock} after ${before}`)
    if (hasLapsed(this.#index, chain.spec, fromBlock, scope.timestamp))
      this.#breach(
        chain,
        scope.atMs,
        `batch from block ${fromBlock} posted at ${scope.timestamp}, after its sequencing window`,
      )
    const beginsAt = this.#slotBegins(chain, toBlock)
    if (beginsAt > scope.timestamp) {
      this.#breach(
        chain,
        scope.atMs,
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

  /** T-3: no block comes that no batch holds and that the L1 has no room for any more. */
  inWindow(chain: ChainRecord, { header }: Block, atMs: number): void {
    const { consensus } = chain.spec
    if (consensus.kind === 'l1' || header.number <= this.#books.batchedTo(chain.chainId)) return
    const l1 = this.#index.chains.get(consensus.l1)?.head
    if (l1 === null || l1 === undefined) return
    this.#tally.checked['T-3']++
    if (!hasLapsed(this.#index, chain.spec, header.number, l1.timestamp)) return
    const detail = `block ${header.number} is in no batch and its sequencing window ended before ${l1.timestamp}`
    this.#breach(chain, atMs, detail)
  }

  /** A block of a rollup, now at the head of its branch, may be the tip that a batch has named before. */
  followed(chain: ChainRecord, { hash, header }: Block, atMs: number): void {
    const { consensus } = chain.spec
    if (consensus.kind === 'l1' || header.number > this.#books.batchedTo(chain.chainId)) return
    const l1 = this.#index.chains.get(consensus.l1)?.head
    const book = this.#books.of(chain.chainId)
    book.tipSeen(hash, header, (l1?.timestamp ?? 0) * MS_PER_SECOND)
    this.#holdsAll(chain, book, hash, atMs)
  }

  /** T-3: a batch holds every block of its branch since the last one; what it leaves out would have lapsed unseen. */
  #holdsAll(chain: ChainRecord, book: RollupBook, tip: Hash32, atMs: number): void {
    const { branch } = chain
    const slots = book.slotsBefore(tip)
    if (slots === null || slots[0] > slots[1] || !branch.some(({ hash }) => hash === tip)) return
    this.#tally.checked['T-3']++
    const [first, last] = slots
    const left = branch.find(({ header }) => header.number >= first && header.number <= last)
    if (left === undefined) return
    const detail = `the batch to ${tip} begins at ${last + 1} and leaves block ${left.header.number} out`
    this.#breach(chain, atMs, detail)
  }

  #slotBegins(chain: ChainRecord, number: number): number {
    return Math.floor((this.#index.spec.genesisMs + number * chain.spec.slotMs) / MS_PER_SECOND)
  }

  #breach({ chainId }: ChainRecord, atMs: number, detail: string): void {
    this.#tally.breach('T-3', atMs, chainId, detail)
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
