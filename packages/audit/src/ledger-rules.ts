// The ledger family, L-1 to L-4 and L-6: conservation of value, entry by entry on what it touches, and in full
// sums every thousand entries. Amounts are base units; equality is exact.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AccountKind,
  accountKinds,
  type EntryCause,
  entryHash,
  type JournalEntry,
  type Leg,
  lossReasons,
} from '@solvent/protocol'
import type { ChainRecord, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

const TWO_256 = 1n << 256n
const KINDS: ReadonlySet<string> = new Set(accountKinds)
const REASONS: ReadonlySet<string> = new Set(lossReasons)

/** Causes under which SUPPLY may move: out of it (mint) or back into it (burn). */
const MINTING: ReadonlySet<EntryCause> = new Set<EntryCause>(['genesis', 'bridge-mint'])
const BURNING: ReadonlySet<EntryCause> = new Set<EntryCause>(['bridge-burn'])

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
    for (let i = 0; i < legs.length; i++) {
      const leg = legs[i]!
      const account = chain.book.post(leg)
      if (leg.kind === 'SUPPLY') this.#supply(scope, entry.cause, leg)
      else {
        this.#tally.checked['L-3']++
        if (account.balance < 0n)
          this.#breach(scope, 'L-3', `${describe(leg)} has balance ${account.balance}`)
      }
    }
    this.#conserved(scope, legs)
    this.#leaves(scope, entry)
  }

  /** The entry of block 0 must be the genesis that the books were opened with; it is not booked again. */
  genesis(scope: Scope, entry: JournalEntry): void {
    const { chain } = scope
    this.#form(scope, entry)
    for (const leg of entry.legs) {
      this.#tally.checked['L-2']++
      const held = chain.book.token(leg.token).balance(leg.kind, leg.owner)
      if (held !== leg.amount)
        this.#breach(
          scope,
          'L-2',
          `genesis gives ${describe(leg)} ${leg.amount}, the network's genesis ${held}`,
        )
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
    chain.lastEntry = entry.previous
  }

  /** Full sums of one chain (L-1, L-2, and the ESCROW sum of O-5). */
  sums(chain: ChainRecord, atMs: number): void {
    const tally = this.#tally
    for (const book of chain.book.tokens()) {
      let total = 0n
      let holders = 0n
      let escrow = 0n
      let supply = 0n
      for (const { kind, balance } of book.accounts()) {
        total += balance
        if (kind === 'SUPPLY') supply += balance
        else holders += balance
        if (kind === 'ESCROW') escrow += balance
      }
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

  /** L-4: the entry by itself, and its place in the chain of entries. */
  #form(scope: Scope, entry: JournalEntry): void {
    const { chain } = scope
    this.#tally.checked['L-4']++
    const problem = chain.lastEntry === null ? null : placeProblem(chain, entry)
    const fault = problem ?? legsProblem(entry) ?? causeProblem(scope, entry)
    if (fault !== null) this.#breach(scope, 'L-4', `entry ${entry.index} (${entry.cause}): ${fault}`)
    chain.nextEntry = entry.index + 1
    chain.lastEntry = entryHash(entry)
  }

  #supply(scope: Scope, cause: EntryCause, leg: Leg): void {
    const book = scope.chain.book.token(leg.token)
    if (leg.amount < 0n && MINTING.has(cause)) book.minted -= leg.amount
    if (leg.amount > 0n && BURNING.has(cause)) book.burned += leg.amount
  }

  /** L-1 on the touched assets: their running totals. */
  #conserved(scope: Scope, legs: readonly Leg[]): void {
    let last: string | null = null
    for (let i = 0; i < legs.length; i++) {
      const { token } = legs[i]!
      if (token === last) continue
      last = token
      this.#tally.checked['L-1']++
      const { total } = scope.chain.book.token(token)
      if (total !== 0n) this.#breach(scope, 'L-1', `balances of ${token} sum to ${total} after entry`)
    }
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

function placeProblem(chain: ChainRecord, entry: JournalEntry): string | null {
  if (entry.index !== chain.nextEntry) return `index ${entry.index}, expected ${chain.nextEntry}`
  if (entry.previous !== chain.lastEntry) return `previous ${entry.previous}, expected ${chain.lastEntry}`
  return null
}

function legsProblem(entry: JournalEntry): string | null {
  const legs = entry.legs
  if (legs.length < 2) return `${legs.length} legs`
  let sum = 0n
  const first = legs[0]!.token
  let isMixed = false
  for (let i = 0; i < legs.length; i++) {
    const { kind, amount, token } = legs[i]!
    if (!KINDS.has(kind)) return `a leg of kind ${kind}`
    if (amount === 0n) return 'a leg of zero'
    if (amount >= TWO_256 || amount <= -TWO_256) return `a leg of ${amount}`
    if (token !== first) isMixed = true
    sum += amount
  }
  if (isMixed) return mixedProblem(legs)
  return sum === 0n ? null : `legs of ${first} sum to ${sum}`
}

function mixedProblem(legs: readonly Leg[]): string | null {
  const sums = new Map<string, bigint>()
  for (const { token, amount } of legs) sums.set(token, (sums.get(token) ?? 0n) + amount)
  for (const [token, sum] of sums) if (sum !== 0n) return `legs of ${token} sum to ${sum}`
  return null
}

/** The event of the receipt, or the call, that an entry of this cause needs. */
function causeProblem(scope: Scope, entry: JournalEntry): string | null {
  const { receipt, transaction, block } = scope
  switch (entry.cause) {
    case 'genesis':
      return block.header.number === 0 ? null : `in block ${block.header.number}`
    case 'gas':
      return transaction === null ? 'without a transaction' : null
    case 'transfer':
      return transaction?.call.kind === 'transfer' ? null : 'in a transaction that is no transfer'
    case 'escrow-open':
      return hasEvent(scope, 'order-opened')
    case 'escrow-claim':
      return hasEvent(scope, 'order-claimed')
    case 'escrow-refund':
      return hasEvent(scope, 'order-refunded')
    case 'fill':
      return hasEvent(scope, 'order-filled')
    case 'bridge-lock':
      return hasStep(scope, 'locked')
    case 'bridge-burn':
      return hasStep(scope, 'burned')
    case 'bridge-mint':
      return hasStep(scope, 'minted')
    case 'bridge-release':
      return hasStep(scope, 'released')
    case 'bridge-dust-refund':
      return receipt.events.some((event) => event.kind === 'message-sent') ? null : 'without a message sent'
    default:
      return 'of a cause that is not in the list'
  }
}

function hasEvent(scope: Scope, kind: string): string | null {
  const { events } = scope.receipt
  for (let i = 0; i < events.length; i++) if (events[i]!.kind === kind) return null
  return `without an event ${kind}`
}

function hasStep(scope: Scope, step: string): string | null {
  const { events } = scope.receipt
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    if (event.kind === 'bridge-transfer' && event.step === step) return null
  }
  return `without a bridge transfer ${step}`
}

function describe(leg: Leg): string {
  const token = leg.token === ZERO_ADDRESS ? 'gas' : leg.token
  return `${leg.kind satisfies AccountKind} ${leg.owner} (${token})`
}
