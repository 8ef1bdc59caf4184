// What one bridge's contract knows of another chain: the headers it was given, and which of them it takes for final. A
// header is final when a header that stands on it says so and enough distinct producers have signed from there on: as
// firm as the source chain is, and wrong when the source breaks its own finality. Sources: Rainbow Bridge's
// EthOnNearClient (every header relayed, linked by parent hashes), IBC's 07-tendermint client (trusting period,
// misbehaviour), Ethereum's light client sync protocol (two thirds of a committee).
import { type Address, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import type { BlockHeader, RevertReason, Verification } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'

/** A header as the client keeps it. */
export interface KnownHeader {
  readonly hash: Hash32
  readonly parentHash: Hash32
  readonly number: number
  readonly timestamp: number
  readonly producer: Address
  readonly outboxRoot: Hash32
  /** The newest block that it declares as firm as the bridge demands. */
  readonly firmTo: number
}

/** A header of a height at or below the newest final one that is not an ancestor of it: the source contradicts itself. */
export type Advance =
  | { readonly status: 'advanced'; readonly provableTo: number }
  | { readonly status: 'contradiction'; readonly header: KnownHeader }

export class HeaderClient {
  readonly #known: UndoableMap<Hash32, KnownHeader>
  readonly #provable: UndoableMap<Hash32, Hash32>
  readonly #provableTo: UndoableCell<number>
  readonly #newestAt: UndoableCell<number | null>
  readonly #isFrozen: UndoableCell<boolean>

  constructor(log: UndoLog) {
    this.#known = new UndoableMap(log)
    this.#provable = new UndoableMap(log)
    this.#provableTo = new UndoableCell(log, -1)
    this.#newestAt = new UndoableCell<number | null>(log, null)
    this.#isFrozen = new UndoableCell(log, false)
  }

  /** Why the client takes nothing any more, or null. Times: Unix seconds. */
  stopped(verification: Verification, now: number): RevertReason | null {
    if (this.#isFrozen.get()) return 'client-frozen'
    const newestAt = this.#newestAt.get()
    if (!('trustingPeriodMs' in verification) || newestAt === null) return null
    return now - newestAt > verification.trustingPeriodMs / MS_PER_SECOND ? 'client-expired' : null
  }

  has(hash: Hash32): boolean {
    return this.#known.get(hash) !== undefined
  }

  /** Whether a header may be added: a child of a known one, or the first of all, which the client trusts (weak subjectivity). */
  takes({ parentHash }: BlockHeader): boolean {
    return this.#newestAt.get() === null || this.has(parentHash)
  }

  add(header: KnownHeader): void {
    this.#known.set(header.hash, header)
    const newestAt = this.#newestAt.get()
    if (newestAt === null || header.timestamp > newestAt) this.#newestAt.set(header.timestamp)
  }

  /** The outbox root of a final header; undefined for all others. */
  provableRoot(hash: Hash32): Hash32 | undefined {
    return this.#provable.get(hash)
  }

  /**
   * Takes for final what the branch that ends in `tip` declares so, with `committee` distinct signers from there on.
   *
   * @param committee null where a header counts at once, on its producer's word; a re-org is then no contradiction
   * @param isFirm what makes a header firm; null where the tip says it
   */
  advance(
    tip: Hash32,
    committee: number | null,
    isFirm: ((header: KnownHeader) => boolean) | null = null,
  ): Advance {
    const signers = new Set<Address>()
    const final: KnownHeader[] = []
    const firmTo = this.#known.get(tip)?.firmTo ?? -1
    for (
      let at = this.#known.get(tip);
      at !== undefined && this.#provable.get(at.hash) === undefined;
      at = this.#known.get(at.parentHash)
    ) {
      signers.add(at.producer)
      if (final.length > 0 || ((isFirm?.(at) ?? at.number <= firmTo) && signers.size >= (committee ?? 1)))
        final.push(at)
    }
    const contradiction = final.find(({ number }) => number <= this.#provableTo.get())
    if (committee !== null && contradiction !== undefined) {
      this.#isFrozen.set(true)
      return { status: 'contradiction', header: contradiction }
    }
    for (const { hash, outboxRoot } of final) this.#provable.set(hash, outboxRoot)
    const newest = final[0]
    if (newest !== undefined) this.#provableTo.set(newest.number)
    return { status: 'advanced', provableTo: this.#provableTo.get() }
  }
}
