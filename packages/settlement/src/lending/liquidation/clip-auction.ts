// A Dutch auction of collateral: the price falls until somebody buys, all of it or a part, at once. Source: makerdao/dss, clip.sol
// (kick, take, redo, status). Units: lot in wad, price in ray, tab and owe in rad. Nobody's coins are bound while he waits, so that
// it needs less liquidity than an English auction; its risk is a start too low or a fall too fast.
import { minBig, RAY } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { decreasedPrice, type PriceDecrease } from './price-decrease.ts'

export interface ClipSale {
  /** Still to be raised. */
  readonly tab: bigint
  /** Still to be sold. */
  readonly lot: bigint
  /** Whose collateral it is. */
  readonly usr: string
  /** When it began, Unix seconds. */
  readonly tic: number
  readonly top: bigint
}

export interface ClipRules {
  /** Start over the oracle's price, ray: 1.3 begins 30 % above. */
  readonly buf: bigint
  /** After so long it must begin anew. */
  readonly tailSeconds: number
  /** Below this share of the start it must begin anew, ray. */
  readonly cusp: bigint
  /** What a part may not leave less of, rad. */
  readonly dust: bigint
  readonly decrease: PriceDecrease
}

export type KickRefusal = 'zero-tab' | 'zero-lot' | 'zero-top-price'

/** @param price of the oracle, ray */
export function kickClip(
  start: { readonly usr: string; readonly tab: bigint; readonly lot: bigint; readonly price: bigint },
  { buf }: ClipRules,
  now: number,
): Outcome<{ readonly sale: ClipSale }, KickRefusal> {
  const { usr, tab, lot, price } = start
  if (tab <= 0n) return refused('zero-tab')
  if (lot <= 0n) return refused('zero-lot')
  const top = (price * buf) / RAY
  return top > 0n ? { status: 'ok', sale: { tab, lot, usr, tic: now, top } } : refused('zero-top-price')
}

/** The price now, and whether the sale has to begin anew. */
export function clipStatus(
  { tic, top }: ClipSale,
  { decrease, tailSeconds, cusp }: ClipRules,
  now: number,
): { readonly price: bigint; readonly needsRedo: boolean } {
  const price = decreasedPrice(decrease, top, now - tic)
  return { price, needsRedo: now - tic > tailSeconds || (price * RAY) / top < cusp }
}

export type TakeRefusal = 'needs-reset' | 'too-expensive' | 'no-partial-purchase' | 'zero-amount'

export interface Taken {
  /** What the buyer gets. */
  readonly slice: bigint
  /** What he pays. */
  readonly owe: bigint
  /** Collateral that goes home once the target is raised. */
  readonly returned: bigint
  /** Null: it is over. */
  readonly sale: ClipSale | null
  /** What was not raised though all is sold. */
  readonly shortfall: bigint
}

/**
 * Buys up to `amount` at the price of the moment, if that is at most `maxPrice`; never more than the target needs, and never so
 * that less than the dust is left of it.
 */
export function take(
  sale: ClipSale,
  { amount, maxPrice }: { readonly amount: bigint; readonly maxPrice: bigint },
  rules: ClipRules,
  now: number,
): Outcome<Taken, TakeRefusal> {
  const { price, needsRedo } = clipStatus(sale, rules, now)
  if (needsRedo || price === 0n) return refused('needs-reset')
  if (price > maxPrice) return refused('too-expensive')
  if (amount <= 0n) return refused('zero-amount')
  let slice = minBig(sale.lot, amount)
  let owe = slice * price
  if (owe > sale.tab) {
    owe = sale.tab
    slice = owe / price
  } else if (owe < sale.tab && slice < sale.lot && sale.tab - owe < rules.dust) {
    if (sale.tab <= rules.dust) return refused('no-partial-purchase')
    owe = sale.tab - rules.dust
    slice = owe / price
  }
  const tab = sale.tab - owe
  const lot = sale.lot - slice
  if (lot === 0n) return { status: 'ok', slice, owe, returned: 0n, sale: null, shortfall: tab }
  if (tab === 0n) return { status: 'ok', slice, owe, returned: lot, sale: null, shortfall: 0n }
  return { status: 'ok', slice, owe, returned: 0n, sale: { ...sale, tab, lot }, shortfall: 0n }
}

/** Begins a sale anew at the oracle's price of now. */
export function redo(
  sale: ClipSale,
  price: bigint,
  rules: ClipRules,
  now: number,
): Outcome<{ readonly sale: ClipSale }, 'cannot-reset' | 'zero-top-price'> {
  if (!clipStatus(sale, rules, now).needsRedo) return refused('cannot-reset')
  const top = (price * rules.buf) / RAY
  return top > 0n ? { status: 'ok', sale: { ...sale, tic: now, top } } : refused('zero-top-price')
}
