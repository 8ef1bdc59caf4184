// Declared outages of block producers, T-7: a producer that is down makes no block of its chain, and one with near-empty
// blocks puts nobody's transaction into them but what the L1 forces upon the chain. Evidence: what the scenario declares, and blocks. Times: Unix ms; a block
// counts at the start of its slot.
import { type Address, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import { type Block, type SequencerOutage, transactionDigest } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex } from './chain-record.ts'
import type { Tally } from './tally.ts'

/** A slot may be filled so many slots late, so that what was under way when the outage began still appears. */
const SLOTS_UNDER_WAY = 2
/** The word that the producer fails takes this long to reach it, at most. */
const WORD_MS = 30_000

interface Judged {
  readonly outage: SequencerOutage
  readonly producer: Address
  readonly fromMs: number
  readonly untilMs: number
}

export class OutageRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  /** How far apart producers' clocks may be by declared faults. */
  readonly #clockSpreadMs: number
  readonly #outages: Judged[] = []
  /** Transactions that an L1 forced upon a chain. */
  readonly #forced = new Set<Hash32>()

  constructor(tally: Tally, index: NetworkIndex, clockSpreadMs: number) {
    this.#tally = tally
    this.#index = index
    this.#clockSpreadMs = clockSpreadMs
  }

  /** The L1 forced a transaction upon a chain: it may stand in a block that is otherwise empty. */
  forced(hash: Hash32): void {
    this.#forced.add(hash)
  }

  /** The word may come after blocks that it is about. */
  declared(outage: SequencerOutage): void {
    const chain = this.#index.chains.get(outage.chainId)
    const producer = chain?.spec.producers.find(({ node }) => node === outage.producer)
    if (chain === undefined || producer === undefined) return
    const graceMs = SLOTS_UNDER_WAY * chain.spec.slotMs + WORD_MS + this.#clockSpreadMs
    const judged = {
      outage,
      producer: producer.address,
      fromMs: outage.fromMs + graceMs,
      untilMs: outage.untilMs - this.#clockSpreadMs,
    }
    // A later order of the same producer's replaces what is left of an earlier one.
    for (const [i, earlier] of this.#outages.entries()) {
      if (earlier.producer !== judged.producer || earlier.outage.chainId !== outage.chainId) continue
      if (earlier.untilMs > outage.fromMs) this.#outages[i] = { ...earlier, untilMs: outage.fromMs }
    }
    this.#outages.push(judged)
    for (const block of chain.branch) this.#judge(judged, chain, block)
  }

  /** A block of the branch. */
  block(chain: ChainRecord, block: Block): void {
    for (const judged of this.#outages) {
      if (judged.outage.chainId === chain.chainId) this.#judge(judged, chain, block)
    }
  }

  /** An outage without a block in it has been kept, too. */
  end(): void {
    this.#tally.checked['T-7'] += this.#outages.length
  }

  #judge({ outage, producer, fromMs, untilMs }: Judged, chain: ChainRecord, block: Block): void {
    const { header } = block
    if (header.producer !== producer) return
    this.#tally.checked['T-7']++
    const atMs = this.#index.spec.genesisMs + header.number * chain.spec.slotMs
    if (atMs < fromMs || atMs >= untilMs || (outage.mode === 'near-empty' && this.#isNearEmpty(block))) return
    const detail = `block ${header.number} of ${chain.spec.name}, with ${header.transactionCount} transactions, by ${outage.producer}, which is ${outage.mode} from ${outage.fromMs / MS_PER_SECOND} to ${outage.untilMs / MS_PER_SECOND}`
    this.#tally.breach('T-7', atMs, chain.chainId, detail)
  }

  #isNearEmpty({ header, transactions }: Block): boolean {
    return (
      transactions.length === header.transactionCount &&
      transactions.every(({ transaction }) => this.#forced.has(transactionDigest(transaction)))
    )
  }
}
