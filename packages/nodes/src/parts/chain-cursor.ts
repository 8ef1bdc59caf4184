// Where a follower stands on one chain: what has been announced, what is being fetched, what to ask for next.
// Numbers are block numbers; the follower asks for one range at a time.
import type { RequestId, TimerId } from '@solvent/ports'
import type { Address, Hash32, NodeId } from '@solvent/primitives'
import type { Block, BlockRange, BlockRequest, ChainSpec, SignedHeader } from '@solvent/protocol'
import type { MissingBlocks } from '@solvent/settlement'
import { addChunk, isChunk, missingTransactions, type PartialBlock } from './chunk-assembly.ts'

/** Hashes of announced and followed blocks that are remembered, the latest. */
const MAX_HASHES = 1_024
/** No reply may carry more blocks than this. */
const MAX_BLOCKS_IN_REPLY = 1_024

export type AnnouncementKind = 'new' | 'known' | 'fork'

export type RangeOutcome =
  /** Whole blocks in ascending order; `next` asks the same peer to go on. */
  | { readonly blocks: readonly Block[]; readonly next: BlockRequest | null }
  /** The reply is not what was asked for: its sender is broken or lies. */
  | { readonly malformed: string }

export class ChainCursor {
  readonly chain: ChainSpec
  /** Those with an address make blocks, the others only keep them. */
  #peers: readonly { readonly node: NodeId; readonly address: Address | null }[]
  readonly #hashes = new Map<number, Hash32>()
  #highest = 0
  #preferred = 0
  #forkFrom: number | null = null
  /** Where the range under way begins. */
  #askedFrom = 0
  /** A block of the range under way stands on nothing that could be followed. */
  isOffBranch = false
  #partial: PartialBlock | null = null
  /** Up to here blocks may exist that nobody announced to us; null when we do not ask. */
  probeTo: number | null = null
  /** The highest block that was announced when the range under way was asked for. */
  expected = 0
  /** The tip of the batch whose blocks were asked for. */
  expectedTip: Hash32 | null = null
  request: RequestId | null = null
  asked: BlockRequest | null = null
  retry: TimerId | null = null
  failures = 0
  lastHeardMs = 0
  silenceMs = 0
  /** How far back the next look for a common ancestor goes. */
  stepBack = 1

  constructor(chain: ChainSpec, self: NodeId) {
    this.chain = chain
    this.#peers = chain.producers.filter((producer) => producer.node !== self)
  }

  /** Nodes that keep blocks of others are asked too, after the producers. */
  askAlso(archives: readonly NodeId[]): void {
    this.#peers = [...this.#peers, ...archives.map((node) => ({ node, address: null }))]
  }

  /** Takes a verified header; `newestNumber` is the highest that the follower has, 0 at genesis. */
  announce({ header }: SignedHeader, hash: Hash32, newestNumber: number): AnnouncementKind {
    const { number } = header
    const before = this.#hashes.get(number)
    if (before === hash || (before === undefined && number <= newestNumber)) return 'known'
    this.note(number, hash)
    const peer = this.#peers.findIndex((each) => each.address === header.producer)
    if (peer >= 0) this.#preferred = peer
    if (number > this.#highest) this.#highest = number
    if (number > newestNumber) return 'new'
    this.#forkFrom = Math.min(this.#forkFrom ?? number, number)
    return 'fork'
  }

  /** A block of this number and hash is here or announced. */
  note(number: number, hash: Hash32): void {
    if (this.#hashes.get(number) === hash) return
    this.#hashes.set(number, hash)
    if (this.#hashes.size > MAX_HASHES) this.#hashes.delete(this.#hashes.keys().next().value as number)
  }

  /** The reply to the request that leaves now must bring everything announced so far, and what the L1 orders. */
  expect(missing: MissingBlocks | null): void {
    this.expected = this.#highest
    this.expectedTip = missing?.tip ?? null
  }

  /** What was announced stands on nothing that could be followed: it is not waited for. */
  giveUp(newestNumber: number): void {
    if (this.#highest === this.expected) this.#highest = newestNumber
    this.stepBack = 1
  }

  /** Announced blocks that the follower does not have. */
  isBehind(newestNumber: number): boolean {
    return newestNumber < this.#highest
  }

  /** The next range to ask for, or null when there is nothing to ask; `missing` is what the L1 orders and is not here. */
  nextRequest(newestNumber: number, missing: MissingBlocks | null): BlockRequest | null {
    const isIdle = !this.isBehind(newestNumber) && this.probeTo === null && this.#forkFrom === null
    const to = Math.max(this.#highest, this.probeTo ?? 0, missing?.to ?? 0)
    const next = this.#forkFrom ?? newestNumber + 1
    const from = missing === null ? next : Math.min(next, missing.from)
    if (from > to || (isIdle && missing === null)) return null
    this.#askedFrom = from
    this.isOffBranch = false
    return { chainId: this.chain.chainId, from, to, skip: 0 }
  }

  /** Whom to ask: the producer heard last, after failures the others in turn; null when there is nobody else. */
  peer(): NodeId | null {
    if (this.#peers.length === 0) return null
    return this.#peers[(this.#preferred + this.failures) % this.#peers.length]?.node ?? null
  }

  /** Reads a reply to `asked`. */
  takeRange(asked: BlockRequest, range: BlockRange): RangeOutcome {
    const { blocks, next } = range
    if (range.chainId !== this.chain.chainId) return { malformed: 'blocks of another chain' }
    if (blocks.length > MAX_BLOCKS_IN_REPLY) return { malformed: 'too many blocks' }
    const whole: Block[] = []
    let lowest = asked.from
    for (const block of blocks) {
      const { number, chainId } = block.header
      if (chainId !== this.chain.chainId || number < lowest || number > asked.to)
        return { malformed: 'a block out of range' }
      // Two branches may have a block of one number.
      lowest = number
      const skipped = block === blocks[0] ? asked.skip : 0
      if (skipped === 0 && !isChunk(block)) {
        whole.push(block)
        continue
      }
      if (blocks.length > 1) return { malformed: 'a chunk among other blocks' }
      this.#partial = addChunk(this.#partial, block, skipped)
      if (this.#partial === null) return { malformed: 'a chunk that continues nothing' }
      if (missingTransactions(this.#partial) < 0) return { malformed: 'a chunk too many' }
      if (missingTransactions(this.#partial) === 0) {
        whole.push(this.#partial.block)
        this.#partial = null
      }
    }
    if (next === null) return { blocks: whole, next: null }
    if (blocks.length === 0 || next.from < asked.from || next.from > asked.to)
      return { malformed: 'a range without progress' }
    if (next.from === asked.from && next.skip <= asked.skip) return { malformed: 'a range without progress' }
    return {
      blocks: whole,
      next: { chainId: this.chain.chainId, from: next.from, to: asked.to, skip: next.skip },
    }
  }

  /** The range has been read: a fork or a probe is asked for once. */
  endRange(): void {
    this.#forkFrom = null
    this.probeTo = null
    this.#partial = null
  }

  /**
   * A block whose parent we do not have: look further back, twice as far each time, down to what is final. False when all of
   * that was asked for: the block is of a branch that leaves ours below it.
   */
  lookBack(number: number, finalized: number): boolean {
    if (this.#askedFrom <= finalized) return false
    this.endRange()
    this.#forkFrom = Math.max(finalized, Math.min(number, this.#askedFrom) - this.stepBack)
    this.stepBack *= 2
    return true
  }
}
