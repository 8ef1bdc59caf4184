// What a watcher measures of auctions of collateral: how many went to whom for how much, how many for nearly nothing, and what of the debts
// they did not bring back.
import type { Address } from '@solvent/primitives'
import type { Block, ChainEvent, CollateralAuctionEvent, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

/** Amounts are base units: lots of the collateral, everything else of the debt's coin. */
export interface CollateralAuctionOutcome {
  /** The pool's name, and the symbols. */
  readonly id: string
  readonly collateral: string
  readonly debt: string
  readonly started: number
  readonly ended: number
  readonly running: number
  readonly peakRunning: number
  readonly restarted: number
  /** In English auctions; of accounts that bid or bought. */
  readonly bids: number
  readonly bidders: number
  /** Ended at less than a thousandth of what was to be raised, and what of the collateral went so. */
  readonly nearZero: number
  readonly nearZeroLots: bigint
  /** Collateral sold, and given back to borrowers. */
  readonly sold: bigint
  readonly returned: bigint
  /** Debts that went to auction, of them recovered, and what was paid with penalties. */
  readonly owed: bigint
  readonly recovered: bigint
  readonly paid: bigint
  /** From the start of an auction to its end. */
  readonly longestSeconds: number
}

interface Auction {
  readonly line: string
  readonly startedAt: number
  readonly tab: bigint
  paid: bigint
  lot: bigint
}

interface Line {
  readonly id: string
  readonly collateral: string
  readonly debt: string
  started: number
  ended: number
  peakRunning: number
  restarted: number
  bids: number
  readonly bidders: Set<Address>
  nearZero: number
  nearZeroLots: bigint
  sold: bigint
  returned: bigint
  owed: bigint
  recovered: bigint
  paid: bigint
  longestSeconds: number
}

const NEAR_ZERO = 1_000n

export class AuctionMeter implements BlockBook {
  readonly #spec: NetworkSpec
  /** Blocks in order; what they say is added up when it is asked for, so that a re-org takes nothing back by halves. */
  readonly #blocks: {
    readonly hash: string
    readonly at: number
    readonly events: CollateralAuctionEvent[]
  }[] = []

  constructor(spec: NetworkSpec) {
    this.#spec = spec
  }

  followed({ hash, header, receipts }: Block): void {
    const events = receipts.flatMap((receipt) => receipt.events.filter(isOfAuction))
    if (events.length > 0) this.#blocks.push({ hash, at: header.timestamp, events })
  }

  orphaned({ hash }: Block): void {
    const at = this.#blocks.findLastIndex((block) => block.hash === hash)
    if (at >= 0) this.#blocks.splice(at, 1)
  }

  outcomes(): CollateralAuctionOutcome[] {
    const lines = new Map<string, Line>()
    const auctions = new Map<string, Auction>()
    for (const { at, events } of this.#blocks)
      for (const event of events) this.#event(event, at, lines, auctions)
    return [...lines.values()].map(({ bidders, ...line }) => ({
      ...line,
      running: line.started - line.ended,
      bidders: bidders.size,
    }))
  }

  #event(
    event: CollateralAuctionEvent,
    at: number,
    lines: Map<string, Line>,
    auctions: Map<string, Auction>,
  ): void {
    const key = `${event.pool}/${event.auction}`
    if (event.kind === 'auction-started') {
      const line = `${event.pool}/${event.collateral}/${event.debt}`
      const sum = lines.get(line) ?? this.#emptyLine(event)
      lines.set(line, sum)
      auctions.set(key, { line, startedAt: at, tab: event.tab, paid: 0n, lot: event.lot })
      sum.started++
      sum.owed += event.owed
      sum.peakRunning = Math.max(sum.peakRunning, sum.started - sum.ended)
      return
    }
    const auction = auctions.get(key)
    const sum = auction === undefined ? undefined : lines.get(auction.line)
    if (auction === undefined || sum === undefined) return
    switch (event.kind) {
      case 'auction-bid':
        sum.bids++
        sum.bidders.add(event.bidder)
        sum.returned += auction.lot - event.lot
        auction.lot = event.lot
        return
      case 'auction-restarted':
        sum.restarted++
        return
      case 'auction-settled':
        pay(sum, auction, event)
        end(sum, auction, at)
        return
      case 'auction-sold':
        sum.bidders.add(event.buyer)
        sum.returned += event.returned
        pay(sum, auction, event)
        if (event.isOver) end(sum, auction, at)
        return
    }
  }

  #emptyLine({ pool, collateral, debt }: Extract<CollateralAuctionEvent, { kind: 'auction-started' }>): Line {
    const spec = this.#spec.lendingPools.find(({ address }) => address === pool)
    const symbolOf = (token: Address): string =>
      spec?.reserves.find((reserve) => reserve.token === token)?.symbol ?? token
    return {
      ...{ id: spec?.name ?? pool, collateral: symbolOf(collateral), debt: symbolOf(debt) },
      ...{ started: 0, ended: 0, peakRunning: 0, restarted: 0, bids: 0, bidders: new Set<Address>() },
      ...{ nearZero: 0, nearZeroLots: 0n, sold: 0n, returned: 0n, owed: 0n, recovered: 0n, paid: 0n },
      longestSeconds: 0,
    }
  }
}

function pay(
  sum: Line,
  auction: Auction,
  { lot, paid, recovered }: { readonly lot: bigint; readonly paid: bigint; readonly recovered: bigint },
): void {
  sum.sold += lot
  sum.paid += paid
  sum.recovered += recovered
  auction.paid += paid
}

function end(sum: Line, auction: Auction, at: number): void {
  sum.ended++
  sum.longestSeconds = Math.max(sum.longestSeconds, at - auction.startedAt)
  if (auction.paid * NEAR_ZERO >= auction.tab) return
  sum.nearZero++
  sum.nearZeroLots += auction.lot
}

function isOfAuction(event: ChainEvent): event is CollateralAuctionEvent {
  return event.kind.startsWith('auction-')
}
