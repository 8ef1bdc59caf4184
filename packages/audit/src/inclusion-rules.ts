// Messages that are believed because they are in the source chain's outbox, S-6: the audit looks the message up in the
// blocks that it has read itself, in the place that the evidence names, under a block that was as firm at that time as the
// bridge demands. Source and destination reach the audit in either order: what cannot be judged yet waits.
import { type ChainId, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import {
  type BridgeMessage,
  type ChainEvent,
  type FinalityLevel,
  messageKey,
  rollupContract,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import type { FlawBook } from './flaw-book.ts'
import type { Tally } from './tally.ts'

/** A delivery whose header, or whose header's finality, is not known yet. */
interface Open {
  readonly chainId: ChainId
  readonly message: BridgeMessage
  readonly digest: Hash32
  readonly header: Hash32
  readonly leaf: number
  /** What its block must be: exitable under a root of its rollup, else what its bridge demands. */
  readonly level: FinalityLevel
  /** Start of the slot in which it was accepted, Unix ms. */
  readonly atMs: number
}

/** What inclusions are judged by. */
export interface InclusionContext {
  readonly finality: FinalityTracker
  readonly exploits: ExploitRegister
  readonly flaws: FlawBook
  /** Times of two chains compare only within it, ms. */
  readonly clockSpreadMs: number
}

export class InclusionRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #context: InclusionContext
  #open: Open[] = []

  constructor(tally: Tally, index: NetworkIndex, context: InclusionContext) {
    this.#tally = tally
    this.#index = index
    this.#context = context
  }

  delivered(
    scope: Scope,
    { message, digest, evidence }: Extract<ChainEvent, { kind: 'message-delivered' }>,
  ): void {
    if (evidence.kind !== 'header-inclusion' && evidence.kind !== 'rollup-root') return
    this.#tally.checked['S-6']++
    const { chainId } = scope.chain
    if (this.#context.flaws.hasAny(chainId, message.bridge, ['proof-unchecked'])) return
    const { header, leaf } = evidence
    const isExit = evidence.kind === 'rollup-root'
    const source = this.#index.chains.get(message.srcChainId)?.spec
    // A contract without a challenge window lets exits go at once.
    const isUnheld =
      isExit &&
      source !== undefined &&
      this.#context.flaws.has(chainId, rollupContract(source), 'challenge-window-zero')
    const own = this.#index.bridges.get(message.bridge)?.finality ?? 'finalized'
    const level: FinalityLevel = isUnheld ? 'unsafe' : isExit ? 'exitable' : own
    const open = { chainId, message, digest, header, leaf, level, atMs: scope.atMs }
    if (!this.#judge(open)) this.#open.push(open)
  }

  /** Judges what has become decidable; cheap when nothing waits. */
  advance(): void {
    if (this.#open.length > 0) this.#open = this.#open.filter((open) => !this.#judge(open))
  }

  /** What is still open was never shown to be in a block. */
  end(): void {
    for (const open of this.#open) this.#breach(open, 'no such header, or not as firm as its bridge demands')
  }

  /** Takes a delivery of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-delivered') return
    this.#open = this.#open.filter(
      ({ chainId, digest }) => chainId !== chain.chainId || digest !== event.digest,
    )
  }

  /** True when nothing is left to wait for. */
  #judge(open: Open): boolean {
    const { message, digest, header, leaf, level, atMs } = open
    if (this.#context.exploits.isDeclared(digest)) return true
    const source = this.#index.chains.get(message.srcChainId)
    const block = source?.outbox.block(header)
    if (source === undefined || block === undefined) return false
    if (!source.outbox.isWhole) return true
    const { finality, clockSpreadMs } = this.#context
    const firmAtMs = finality.reachedAtMs(source.chainId, block.number, level)
    if (firmAtMs === null) return false
    const timestamp = source.spec.slotMs * block.number + this.#index.spec.genesisMs
    if (block.isOrphan) this.#breach(open, `the source has left block ${block.number}`)
    else if (leaf >= block.count || source.outbox.digestAt(leaf) !== digest)
      this.#breach(open, `place ${leaf} under block ${block.number} holds ${source.outbox.digestAt(leaf)}`)
    else if (Math.max(firmAtMs, timestamp) > atMs + clockSpreadMs + MS_PER_SECOND)
      this.#breach(open, `block ${block.number} was ${level} at ${firmAtMs} ms`)
    return true
  }

  #breach({ chainId, message, header, atMs }: Open, detail: string): void {
    const name = this.#index.bridges.get(message.bridge)?.name
    this.#tally.breach(
      'S-6',
      atMs,
      chainId,
      `message ${messageKey(message)} over ${name}, header ${header}: ${detail}`,
    )
  }
}
