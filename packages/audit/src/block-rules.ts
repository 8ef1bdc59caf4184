// Blocks and their finality, T-2 and T-3. Times: Unix seconds.
// Finality of the L1 follows from the votes in its headers (validator-votes.ts); rollups follow what the L1 says of them.
import { MS_PER_SECOND } from '@solvent/primitives'
import { type Block, headerDigest } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex } from './chain-record.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import type { InvariantId } from './invariant-id.ts'
import type { Tally } from './tally.ts'

export class BlockRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #finality: FinalityTracker

  constructor(tally: Tally, index: NetworkIndex, finality: FinalityTracker) {
    this.#tally = tally
    this.#index = index
    this.#finality = finality
  }

  /** T-2: the block by itself and after its parent, before its receipts are read. */
  block(chain: ChainRecord, block: Block, atMs: number): void {
    const { header, hash } = block
    const breach = (detail: string): void =>
      this.#breach('T-2', chain, atMs, `block ${header.number}: ${detail}`)
    this.#tally.checked['T-2']++
    if (headerDigest(header) !== hash) breach(`hash ${hash}, its header hashes to ${headerDigest(header)}`)
    const timestamp = Math.floor(
      (this.#index.spec.genesisMs + header.number * chain.spec.slotMs) / MS_PER_SECOND,
    )
    if (header.timestamp !== timestamp) breach(`stamped ${header.timestamp}, its slot begins at ${timestamp}`)
    if (header.number > 0 && !chain.spec.producers.some(({ address }) => address === header.producer)) {
      breach(`made by ${header.producer}, who is no producer`)
    }
    if (block.transactions.length !== header.transactionCount)
      breach(`${block.transactions.length} transactions, the header says ${header.transactionCount}`)
    if (header.missedBefore > header.emptyBefore)
      breach(`${header.missedBefore} slots missed of ${header.emptyBefore}`)
    const parent = chain.head
    const parentNumber = parent?.number ?? 0
    if (header.number > 0 && header.number !== parentNumber + 1 + header.emptyBefore)
      breach(`${header.emptyBefore} empty blocks after block ${parentNumber}`)
    if (parent === null) return
    if (header.parentHash !== chain.headHash)
      breach(`parent ${header.parentHash}, the head is ${chain.headHash}`)
    if (header.timestamp < parent.timestamp)
      breach(`stamped ${header.timestamp}, its parent ${parent.timestamp}`)
  }

  /** T-3 of the L1 itself. */
  l1Finality(chain: ChainRecord, block: Block, atMs: number): void {
    const { header } = block
    const { consensus } = chain.spec
    this.#tally.checked['T-3']++
    const { number, justified, finalized } = header
    const breach = (detail: string): void => this.#breach('T-3', chain, atMs, `block ${number}: ${detail}`)
    if (consensus.kind !== 'l1') {
      if (justified !== -1 || finalized !== -1 || header.votes !== 0)
        breach(`a rollup block claims justified ${justified}, finalised ${finalized}, votes ${header.votes}`)
      return
    }
    if (finalized > justified || justified > number) breach(`finalised ${finalized}, justified ${justified}`)
    if (chain.head !== null && (finalized < chain.head.finalized || justified < chain.head.justified)) {
      breach(
        `finality falls from ${chain.head.finalized} to ${finalized}, justified from ${chain.head.justified} to ${justified}`,
      )
    }
    const voted = chain.votes?.add(block)
    if (voted !== undefined && number > 0) {
      if (justified !== voted.justified || finalized !== voted.finalized)
        breach(
          `justified ${justified}, finalised ${finalized}; its votes make that ${voted.justified} and ${voted.finalized}`,
        )
      if (voted.foreign !== 0)
        breach(`votes ${header.votes}, of which ${voted.foreign} are not its producer's`)
    }
    this.#finality.l1Header(header)
  }

  /** T-3: a re-org keeps what is finalised, as far as people have not overruled it; `from` is the first slot that it changes. */
  reorganised(chain: ChainRecord, from: number, atMs: number): void {
    this.#tally.checked['T-3']++
    const { overruledAbove } = chain
    const finalized = Math.min(
      this.#finality.finalized(chain.chainId),
      overruledAbove ?? Number.POSITIVE_INFINITY,
    )
    if (from <= finalized)
      this.#breach(
        'T-3',
        chain,
        atMs,
        `the branch changes from block ${from} on, block ${finalized} is finalised`,
      )
  }

  #breach(id: InvariantId, chain: ChainRecord, atMs: number, detail: string): void {
    this.#tally.breach(id, atMs, chain.chainId, detail)
  }
}
