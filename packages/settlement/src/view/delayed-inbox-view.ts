// What a follower makes of a rollup's delayed inbox on its L1: how much of it somebody may force in by now, and when the next may be.
// It reads what the contract's events say, block by block, and takes back what an orphaned block said.
//
// Slots of a quiet L1 go by without a block here, and their number counts on; slots that were missed do not count, and are known when the
// next block tells. Whoever has seen none missed of late goes by time; whoever has counts blocks until one tells of none.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { Block, ChainSpec, NetworkSpec } from '@solvent/protocol'
import { UndoableCell, UndoLog, type UndoSegment, undoSegment } from '../ledger/undo-log.ts'
import { ForcedInbox, type WaitingRules } from '../rollup/forced-inbox.ts'
import { waitingRulesOf } from '../rollup/forced-inclusion.ts'

export class DelayedInboxView {
  readonly #rollup: ChainId
  readonly #l1: Pick<ChainSpec, 'chainId' | 'slotMs'>
  readonly #rules: WaitingRules
  readonly #log = new UndoLog()
  readonly #inbox = new ForcedInbox(this.#log)
  readonly #missed = new UndoableCell(this.#log, 0)
  readonly #height = new UndoableCell(this.#log, 0)
  /** Slots missed before the newest block. */
  readonly #missedLately = new UndoableCell(this.#log, 0)
  /** What each followed block of the L1 wrote. */
  readonly #segments = new Map<Hash32, UndoSegment>()

  constructor(rollup: ChainId, l1: Pick<ChainSpec, 'chainId' | 'slotMs'>, rules: WaitingRules) {
    this.#rollup = rollup
    this.#l1 = l1
    this.#rules = rules
  }

  /** A followed block of any chain. */
  onBlock({ header, hash, receipts }: Block): void {
    if (header.chainId !== this.#l1.chainId) return
    this.#missed.set(this.#missed.get() + header.missedBefore)
    this.#missedLately.set(header.missedBefore)
    const height = header.number - this.#missed.get()
    this.#height.set(height)
    for (const { events } of receipts)
      for (const event of events) {
        if (!('rollup' in event) || event.rollup !== this.#rollup) continue
        if (event.kind === 'transaction-forced') this.#inbox.add(event.hash, height)
        else if (event.kind === 'forced-read') this.#read(event.read, event.by, height)
      }
    this.#segments.set(hash, this.#log.seal())
  }

  /** It is followed no more; the newest first. */
  onOrphaned({ hash }: Block): void {
    const segment = this.#segments.get(hash)
    if (segment === undefined) return
    this.#segments.delete(hash)
    undoSegment(segment)
  }

  /** How many of the inbox may be read by force in the next block at a moment, ms after genesis; null when no more than have been. */
  forcible(elapsedMs: number): number | null {
    const next = this.#height.get() + 1
    const byTime = Math.floor(elapsedMs / this.#l1.slotMs) - this.#missed.get()
    return this.#inbox.forcible(this.#goesByTime ? Math.max(next, byTime) : next, this.#rules)
  }

  /** When the next of the inbox may be read by force, if no slot is missed until then, ms after genesis; null when only blocks can tell. */
  get nextForcibleMs(): number | null {
    const block = this.#goesByTime ? this.#inbox.nextForcible(this.#rules) : null
    return block === null ? null : (block + this.#missed.get()) * this.#l1.slotMs
  }

  get #goesByTime(): boolean {
    return this.#missedLately.get() === 0
  }

  #read(read: number, by: 'batch' | 'call', height: number): void {
    if (by === 'batch') this.#inbox.readInBatch(read, height, this.#rules)
    else this.#inbox.force(read, height, this.#rules)
  }
}

/** Makes the view of a rollup's inbox; null for one without a delay buffer, where nobody has to call. */
export function delayedInboxView(
  { chains }: Pick<NetworkSpec, 'chains'>,
  { chainId, consensus }: Pick<ChainSpec, 'chainId' | 'consensus'>,
): DelayedInboxView | null {
  if (consensus.kind === 'l1') return null
  const l1 = chains.find((chain) => chain.chainId === consensus.l1)
  const rules = l1 === undefined ? null : waitingRulesOf(consensus, l1)
  return l1 === undefined || rules === null ? null : new DelayedInboxView(chainId, l1, rules)
}
