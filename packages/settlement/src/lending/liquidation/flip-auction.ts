// An English auction of collateral: bids rise to the debt, then the lot for it shrinks. Source: makerdao/dss, cat.sol (bite, as
// of March 2020) and flip.sol (kick, tend, dent, deal, tick, yank left out). Names are the contract's: lot (collateral, wad), bid
// and tab (coins paid and coins wanted, rad), guy (bidder), tic (end of his bid), end (of the auction), beg (least raise), ttl (life of
// a bid), tau (life of an auction). From a bid of 0 every bid is a raise: with one bidder left, a lot goes for nearly nothing.
import { minBig, RAY, WAD } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'

export interface FlipAuction {
  readonly lot: bigint
  readonly bid: bigint
  /** The highest bidder; who began the auction while nobody has bid. */
  readonly guy: string
  /** Unix seconds; 0: nobody has bid. */
  readonly tic: number
  /** Unix seconds. */
  readonly end: number
  /** Whose collateral it is: gets back what is not needed. */
  readonly usr: string
  readonly tab: bigint
}

export interface FlipRules {
  /** 1.05 in wad: a bid raises by 5 %, or a lot falls by it. */
  readonly beg: bigint
  readonly ttlSeconds: number
  readonly tauSeconds: number
}

export interface Bite {
  readonly lot: bigint
  /** Normalised debt that goes with the lot. */
  readonly art: bigint
  /** With the penalty. */
  readonly tab: bigint
}

/**
 * The part of an unsafe vault that goes to auction.
 *
 * @param vault collateral `ink` and normalised debt `art`, both wad
 * @param terms `spot` price over collateral ratio and debt's `rate`, ray; `lump` largest lot, wad; `chop` 1.13 in ray: penalty of 13 %
 */
export function bite(
  vault: { readonly ink: bigint; readonly art: bigint },
  terms: { readonly spot: bigint; readonly rate: bigint; readonly lump: bigint; readonly chop: bigint },
): Outcome<Bite, 'not-unsafe' | 'null-auction'> {
  const { ink, art } = vault
  if (ink * terms.spot >= art * terms.rate) return refused('not-unsafe')
  const lot = minBig(ink, terms.lump)
  if (lot <= 0n) return refused('null-auction')
  const sold = minBig(art, (lot * art) / ink)
  return { status: 'ok', lot, art: sold, tab: (sold * terms.rate * terms.chop) / RAY }
}

/** Begins an auction with a bid of 0. */
export function kickFlip(
  start: { readonly usr: string; readonly by: string; readonly tab: bigint; readonly lot: bigint },
  { tauSeconds }: FlipRules,
  now: number,
): FlipAuction {
  const { usr, by, tab, lot } = start
  return { lot, bid: 0n, guy: by, tic: 0, end: now + tauSeconds, usr, tab }
}

export type BidRefusal =
  | 'already-finished-tic'
  | 'already-finished-end'
  | 'higher-than-tab'
  | 'bid-not-higher'
  | 'insufficient-increase'
  | 'tend-not-finished'
  | 'lot-not-lower'
  | 'insufficient-decrease'

interface Refund {
  readonly to: string
  readonly amount: bigint
}

/** Raises the bid for the whole lot; the bidder pays the last one back and the difference to the system. */
export function tend(
  auction: FlipAuction,
  { bidder, bid }: { readonly bidder: string; readonly bid: bigint },
  rules: FlipRules,
  now: number,
): Outcome<{ readonly auction: FlipAuction; readonly refund: Refund; readonly income: bigint }, BidRefusal> {
  const late = whyLate(auction, now)
  if (late !== null) return refused(late)
  if (bid > auction.tab) return refused('higher-than-tab')
  if (bid <= auction.bid) return refused('bid-not-higher')
  if (bid * WAD < rules.beg * auction.bid && bid !== auction.tab) return refused('insufficient-increase')
  return {
    status: 'ok',
    auction: { ...auction, guy: bidder, bid, tic: now + rules.ttlSeconds },
    refund: { to: auction.guy, amount: auction.bid },
    income: bid - auction.bid,
  }
}

/** Asks for less of the lot at the full target; the bidder pays the last one back, the rest of the lot goes home. */
export function dent(
  auction: FlipAuction,
  { bidder, lot }: { readonly bidder: string; readonly lot: bigint },
  rules: FlipRules,
  now: number,
): Outcome<{ readonly auction: FlipAuction; readonly refund: Refund; readonly freed: bigint }, BidRefusal> {
  const late = whyLate(auction, now)
  if (late !== null) return refused(late)
  if (auction.bid !== auction.tab) return refused('tend-not-finished')
  if (lot >= auction.lot || lot < 0n) return refused('lot-not-lower')
  if (rules.beg * lot > auction.lot * WAD) return refused('insufficient-decrease')
  return {
    status: 'ok',
    auction: { ...auction, guy: bidder, lot, tic: now + rules.ttlSeconds },
    refund: { to: auction.guy, amount: auction.bid },
    freed: auction.lot - lot,
  }
}

/** Ends an auction in which somebody bid: the lot is his. What is missing of the target is the system's loss. */
export function deal(
  { tic, end, guy, lot, bid, tab }: FlipAuction,
  now: number,
): Outcome<{ readonly winner: string; readonly lot: bigint; readonly shortfall: bigint }, 'not-finished'> {
  if (tic === 0 || (tic >= now && end >= now)) return refused('not-finished')
  return { status: 'ok', winner: guy, lot, shortfall: tab - bid }
}

/** Begins an auction anew that ended without a bid. */
export function tick(
  auction: FlipAuction,
  { tauSeconds }: FlipRules,
  now: number,
): Outcome<{ readonly auction: FlipAuction }, 'not-finished' | 'bid-already-placed'> {
  if (auction.end >= now) return refused('not-finished')
  if (auction.tic !== 0) return refused('bid-already-placed')
  return { status: 'ok', auction: { ...auction, end: now + tauSeconds } }
}

function whyLate({ tic, end }: FlipAuction, now: number): BidRefusal | null {
  if (tic !== 0 && tic <= now) return 'already-finished-tic'
  return end > now ? null : 'already-finished-end'
}
