// The balance sheet of a custodian or lender outside the chain. Depositors hold claims; the chain sees the coins at its address and
// nothing else. What it lends on (to an affiliate, say) leaves the address while the claims stay: leverage and commingling that no
// contract can see. It pays whoever asks first while it has coins, halts when it is short, and is then wound up pro rata.
// Sources: the record of November 2022 (ftx-2022: customers' coins lent to an affiliate, withdrawals halted, recovery pro rata);
// Diamond, Dybvig 1983 for the run that follows from first come, first served. Base units of one coin.
import { BPS, minBig, mulDivFloor } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'

export interface CustodianBook {
  /** What it owes, by depositor. */
  readonly claims: ReadonlyMap<string, bigint>
  readonly owed: bigint
  /** At its address: all that the chain sees. */
  readonly liquid: bigint
  /** Lent on, at face value: hidden. */
  readonly lent: bigint
  readonly status: 'open' | 'halted' | 'wound-up'
  /** Once it is wound up: what was there for all, and claims of that moment. */
  readonly estate: { readonly assets: bigint; readonly owed: bigint } | null
}

export interface CustodianRules {
  /** It halts when the coins at its address fall below this share of its claims; 0: only when it cannot pay. */
  readonly haltBelowBps: bigint
}

export const EMPTY_CUSTODIAN: CustodianBook = {
  claims: new Map(),
  owed: 0n,
  liquid: 0n,
  lent: 0n,
  status: 'open',
  estate: null,
}

export type CustodyRefusal = 'zero-amount' | 'halted'

export function depositWith(
  book: CustodianBook,
  holder: string,
  amount: bigint,
): Outcome<{ readonly book: CustodianBook }, CustodyRefusal> {
  if (amount <= 0n) return refused('zero-amount')
  if (book.status !== 'open') return refused('halted')
  const claims = new Map(book.claims).set(holder, (book.claims.get(holder) ?? 0n) + amount)
  return { status: 'ok', book: { ...book, claims, owed: book.owed + amount, liquid: book.liquid + amount } }
}

/** Lends coins on: only coins that are there, and nobody is asked. */
export function lendOn(
  book: CustodianBook,
  amount: bigint,
): Outcome<{ readonly book: CustodianBook }, CustodyRefusal | 'not-enough-coins'> {
  if (amount <= 0n) return refused('zero-amount')
  if (book.status !== 'open') return refused('halted')
  if (amount > book.liquid) return refused('not-enough-coins')
  return { status: 'ok', book: { ...book, liquid: book.liquid - amount, lent: book.lent + amount } }
}

/** A loan ends: `repaid` of its face value comes back, the rest is lost. */
export function loanEnds(
  book: CustodianBook,
  { face, repaid }: { readonly face: bigint; readonly repaid: bigint },
): Outcome<{ readonly book: CustodianBook; readonly loss: bigint }, 'zero-amount' | 'not-lent'> {
  if (face <= 0n || repaid < 0n || repaid > face) return refused('zero-amount')
  if (face > book.lent) return refused('not-lent')
  return {
    status: 'ok',
    loss: face - repaid,
    book: { ...book, liquid: book.liquid + repaid, lent: book.lent - face },
  }
}

export type WithdrawalOutcome =
  | { readonly status: 'paid'; readonly book: CustodianBook; readonly paid: bigint }
  /** It was short: nothing is paid from here on. */
  | { readonly status: 'halts'; readonly book: CustodianBook }
  | { readonly status: 'refused'; readonly reason: CustodyRefusal | 'more-than-claim' }

/** Pays a withdrawal, or halts because of it. */
export function withdrawFrom(
  book: CustodianBook,
  holder: string,
  amount: bigint,
  { haltBelowBps }: CustodianRules,
): WithdrawalOutcome {
  if (amount <= 0n) return refused('zero-amount')
  if (book.status !== 'open') return refused('halted')
  const claim = book.claims.get(holder) ?? 0n
  if (amount > claim) return refused('more-than-claim')
  const liquid = book.liquid - amount
  const owed = book.owed - amount
  if (liquid < 0n || liquid * BPS < owed * haltBelowBps)
    return { status: 'halts', book: { ...book, status: 'halted' } }
  return {
    status: 'paid',
    paid: amount,
    book: { ...book, liquid, owed, claims: without(book.claims, holder, amount) },
  }
}

/** Ends it: what is there, loans included at what they bring, is for all claims alike. */
export function windUp(
  book: CustodianBook,
  loanValue: bigint,
): Outcome<{ readonly book: CustodianBook; readonly shortfall: bigint }, 'not-halted' | 'not-lent'> {
  if (book.status !== 'halted') return refused('not-halted')
  if (loanValue < 0n || loanValue > book.lent) return refused('not-lent')
  const assets = book.liquid + loanValue
  const estate = { assets, owed: book.owed }
  const shortfall = book.owed > assets ? book.owed - assets : 0n
  return { status: 'ok', shortfall, book: { ...book, liquid: assets, lent: 0n, status: 'wound-up', estate } }
}

/** A depositor's part of the estate, rounded down and at most his claim. */
export function claimEstate(
  book: CustodianBook,
  holder: string,
): Outcome<{ readonly book: CustodianBook; readonly paid: bigint }, 'not-wound-up' | 'nothing-claimed'> {
  if (book.estate === null) return refused('not-wound-up')
  const claim = book.claims.get(holder) ?? 0n
  if (claim === 0n) return refused('nothing-claimed')
  const paid = estateShare(book.estate, claim)
  return {
    status: 'ok',
    paid,
    book: {
      ...book,
      liquid: book.liquid - paid,
      owed: book.owed - claim,
      claims: without(book.claims, holder, claim),
    },
  }
}

/** What a claim is paid out of an estate: its part, rounded down, and at most all of it. */
export function estateShare({ assets, owed }: NonNullable<CustodianBook['estate']>, claim: bigint): bigint {
  return minBig(claim, mulDivFloor(assets, claim, owed))
}

/** What the chain cannot see: claims that no coin at the address stands for. */
export function hiddenGap({ owed, liquid }: CustodianBook): bigint {
  return owed > liquid ? owed - liquid : 0n
}

function without(claims: CustodianBook['claims'], holder: string, amount: bigint): CustodianBook['claims'] {
  const left = (claims.get(holder) ?? 0n) - amount
  const next = new Map(claims)
  if (left === 0n) next.delete(holder)
  else next.set(holder, left)
  return next
}
