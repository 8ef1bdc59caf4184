// The ledger family, L-1 to L-4 and L-6: conservation of value, entry by entry on what it touches, and in full
// sums every thousand entries. Amounts are base units; equality is exact.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AccountKind,
  type EntryCause,
  type JournalEntry,
  type Leg,
  lossReasons,
} from '@solvent/protocol'
import type { TokenBook } from './book.ts'
import type { ChainRecord, Scope } from './chain-record.ts'
import { entryProblem } from './entry-form.ts'
import type { Tally } from './tally.ts'

const REASONS: ReadonlySet<string> = new Set(lossReasons)

/** Causes under which SUPPLY may move: out of it (mint) or back into it (burn). */
const MINTING: ReadonlySet<EntryCause> = new Set<EntryCause>([
  'genesis',
  'bridge-mint',
  'bridge-issue',
  'pool-deposit',
  'lending-supply',
  'lending-borrow',
  'lending-treasury',
  // Premiums that a fund has not collected become receipts in the call that books a loss; they may be more than what the fund gives up.
  'lending-liquidate',
  'lending-auction',
  'isolated-supply',
  'isolated-pledge',
  'isolated-borrow',
  'isolated-fee',
  'add-liquidity',
  'stablecoin-mint',
  'nav-subscribe',
  'mint-vault-shares',
])
const BURNING: ReadonlySet<EntryCause> = new Set<EntryCause>([
  'bridge-burn',
  'bridge-redeem',
  'pool-withdraw',
  'lending-withdraw',
  'lending-repay',
  'lending-liquidate',
  'lending-auction',
  'lending-cover',
  'isolated-withdraw',
  'isolated-release',
  'isolated-repay',
  'isolated-liquidate',
  'remove-liquidity',
  'burn-vault-shares',
  'stablecoin-burn',
  'nav-payment',
])

export class LedgerRules {
  readonly #tally: Tally

  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** Books an entry and checks what it touches. */
  entry(scope: Scope, entry: JournalEntry): void {
    this.#form(scope, entry)
    const { chain } = scope
    const legs = entry.legs
    let book = chain.book.token(legs[0]?.token ?? ZERO_ADDRESS)
    let isMixed = false
    for (let i = 0; i < legs.length; i++) {
      const leg = legs[i]!
      if (leg.token !== book.token) {
        book = chain.book.token(leg.token)
        isMixed = true
      }
      const account = book.post(leg)
      if (leg.kind === 'SUPPLY') supply(book, entry.cause, leg)
      else {
        this.#tally.checked['L-3']++
        if (account.balance < 0n)
          this.#breach(scope, 'L-3', `${describe(leg)} has balance ${account.balance}`)
      }
    }
    if (isMixed) for (const leg of legs) this.#conserved(scope, chain.book.token(leg.token))
    else this.#conserved(scope, book)
    this.#leaves(scope, entry)
  }

  /** Block 0 must mint the genesis that the books were opened with; it is not booked again. */
  genesis(scope: Scope): void {
    const { book } = scope.chain
    for (const entry of scope.receipt.entries) {
      this.#form(scope, entry)
      for (const leg of entry.legs) {
        this.#tally.checked['L-2']++
        const held = book.token(leg.token).balance(leg.kind, leg.owner)
        if (held === leg.amount) continue
        this.#breach(
          scope,
          'L-2',
          `genesis gives ${describe(leg)} ${leg.amount}, the network's genesis ${held}`,
        )
      }
    }
  }

  /** Takes an entry of an orphaned block back. */
  undo(chain: ChainRecord, entry: JournalEntry): void {
    for (const leg of entry.legs) {
      chain.book.post({ ...leg, amount: -leg.amount })
      if (leg.kind !== 'SUPPLY') continue
      const book = chain.book.token(leg.token)
      if (leg.amount < 0n && MINTING.has(entry.cause)) book.minted += leg.amount
      if (leg.amount > 0n && BURNING.has(entry.cause)) book.burned -= leg.amount
    }
    chain.nextEntry = entry.index
  }

  /** Full sums of one chain (L-1, L-2, and the ESCROW sum of O-5). */
  sums(chain: ChainRecord, atMs: number): void {
    const tally = this.#tally
    for (const book of chain.book.tokens()) {
      const supply = book.sum('SUPPLY')
      const escrow = book.sum('ESCROW')
      const total = book.sum()
      const holders = total - supply
      book.dropEmptyEscrows()
      tally.checked['L-1']++
      if (total !== 0n) tally.breach('L-1', atMs, chain.chainId, `balances of ${book.token} sum to ${total}`)
      tally.checked['L-2']++
      if (-supply !== holders || -supply !== book.minted - book.burned) {
        tally.breach(
          'L-2',
          atMs,
          chain.chainId,
          `token ${book.token}: -SUPPLY ${-supply}, holders ${holders}, minted ${book.minted} - burned ${book.burned}`,
        )
      }
      tally.checked['O-5']++
      if (escrow !== book.escrowOwed) {
        tally.breach(
          'O-5',
          atMs,
          chain.chainId,
          `token ${book.token}: ESCROW holds ${escrow}, open orders are owed ${book.escrowOwed}`,
        )
      }
    }
  }

  #form(scope: Scope, entry: JournalEntry): void {
    const { chain } = scope
    this.#tally.checked['L-4']++
    const problem = entryProblem(scope, entry)
    if (problem !== null) this.#breach(scope, 'L-4', `entry ${entry.index} (${entry.cause}): ${problem}`)
    chain.nextEntry = entry.index + 1
  }

  /** L-1 on a touched asset: its running total. */
  #conserved(scope: Scope, { token, total }: TokenBook): void {
    this.#tally.checked['L-1']++
    if (total !== 0n) this.#breach(scope, 'L-1', `balances of ${token} sum to ${total} after entry`)
  }

  /** L-6: what enters BURN, LOSS and ROUNDING stays there, and LOSS has a reason. */
  #leaves(scope: Scope, entry: JournalEntry): void {
    this.#tally.checked['L-6']++
    for (let i = 0; i < entry.legs.length; i++) {
      const leg = entry.legs[i]!
      if (leg.kind !== 'BURN' && leg.kind !== 'LOSS' && leg.kind !== 'ROUNDING') continue
      if (leg.amount < 0n) this.#breach(scope, 'L-6', `${describe(leg)} gives back ${-leg.amount}`)
      if (leg.kind !== 'LOSS') continue
      if (!REASONS.has(leg.owner))
        this.#breach(scope, 'L-6', `LOSS of ${leg.amount} ${leg.token} for the reason "${leg.owner}"`)
      const key = `${scope.chain.chainId}:${leg.token}/${leg.owner}`
      this.#tally.losses.set(key, (this.#tally.losses.get(key) ?? 0n) + leg.amount)
    }
  }

  #breach(scope: Scope, id: 'L-1' | 'L-2' | 'L-3' | 'L-4' | 'L-6', detail: string): void {
    this.#tally.breach(
      id,
      scope.atMs,
      scope.chain.chainId,
      `block ${scope.block.header.number}, transaction ${scope.receipt.transactionHash}: ${detail}`,
    )
  }
}

function supply(book: TokenBook, cause: EntryCause, { amount }: Leg): void {
  if (amount < 0n && MINTING.has(cause)) book.minted -= amount
  if (amount > 0n && BURNING.has(cause)) book.burned += amount
}

function describe(leg: Leg): string {
  const token = leg.token === ZERO_ADDRESS ? 'gas' : leg.token
  return `${leg.kind satisfies AccountKind} ${leg.owner} (${token})`
}
