// The auctions that run, pool by pool, and what reserves wait for from them; writes of an orphaned block are taken back.
import type { AuctionRecord } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import type { PoolRecord } from './credit-pool.ts'
import type { WriteLog } from './credit-undo.ts'
import type { ReserveRecord } from './reserve-record.ts'

export class AuctionBook {
  readonly #log: WriteLog
  readonly #auctions = new Map<PoolRecord['spec'], Map<number, AuctionRecord>>()

  constructor(log: WriteLog) {
    this.#log = log
  }

  recordOf({ spec }: PoolRecord, auction: number): AuctionRecord | undefined {
    return this.#auctions.get(spec)?.get(auction)
  }

  running({ spec }: PoolRecord): Iterable<AuctionRecord> {
    return this.#auctions.get(spec)?.values() ?? []
  }

  /** What the auction is after this event; null when it is over. */
  write(scope: Scope, { spec }: PoolRecord, auction: number, next: AuctionRecord | null): void {
    const all = this.#auctions.get(spec) ?? new Map<number, AuctionRecord>()
    this.#auctions.set(spec, all)
    const before = all.get(auction)
    if (next === null) all.delete(auction)
    else all.set(auction, next)
    this.#log.note(scope.block.hash, () => {
      if (before === undefined) all.delete(auction)
      else all.set(auction, before)
    })
  }

  /** A reserve waits for so much more from auctions; for less, where negative. */
  awaits(scope: Scope, reserve: ReserveRecord, more: bigint): void {
    const before = reserve.facts
    reserve.facts = { ...before, auctioned: before.auctioned + more }
    this.#log.note(scope.block.hash, () => {
      reserve.facts = before
    })
  }
}
