// The double-entry journal of one chain: balances by (token, kind, owner), entries numbered without gaps (L-4). Amounts are
// bigint base units. Nothing else in the package changes a balance.
import { type Address, isSameCanonical, SolventError } from '@solvent/primitives'
import type { AccountKind, EntryCause, JournalEntry, Leg, Rounding } from '@solvent/protocol'
import { type ClaimedEntries, NO_CLAIMS } from './claimed-entries.ts'
import { UndoableCell, UndoableMap, type UndoLog } from './undo-log.ts'

/** The two rules an entry must satisfy; part of `SettlementRules`. */
export interface LedgerRules {
  readonly legsBalance: (legs: readonly Leg[]) => boolean
  readonly mayBeNegative: (kind: AccountKind) => boolean
}

/** One account and what it holds. */
export interface Balance {
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  readonly amount: bigint
}

type AccountsOfToken = Map<AccountKind, UndoableMap<string, bigint>>

const NO_ROUNDING: readonly Rounding[] = Object.freeze([])

export class Ledger {
  readonly #log: UndoLog
  readonly #rules: LedgerRules
  readonly #accounts = new Map<Address, AccountsOfToken>()
  readonly #count: UndoableCell<number>
  /** Those since the last `takePosted`, and what is left of others behind them: it is written over. */
  readonly #posted: JournalEntry[] = []
  #postedCount = 0
  #claims: ClaimedEntries = NO_CLAIMS

  constructor(log: UndoLog, rules: LedgerRules) {
    this.#log = log
    this.#rules = rules
    this.#count = new UndoableCell(log, 0)
  }

  balance(kind: AccountKind, owner: string, token: Address): bigint {
    return this.#accounts.get(token)?.get(kind)?.get(owner) ?? 0n
  }

  /**
   * Appends one entry and moves its legs, in order; false, and nothing has changed, when a debit would leave a balance
   * below zero.
   *
   * @throws E_INVARIANT when the legs do not sum to zero per token: a bug of the caller
   */
  post(cause: EntryCause, legs: readonly Leg[], rounding: readonly Rounding[] = NO_ROUNDING): boolean {
    if (!this.#rules.legsBalance(legs)) throw unbalanced(cause, legs)
    const mark = this.#log.mark()
    for (const leg of legs) {
      const owners = this.#ownersOf(leg.token, leg.kind)
      const before = owners.get(leg.owner)
      const after = (before ?? 0n) + leg.amount
      if (after < 0n && leg.amount < 0n && !this.#rules.mayBeNegative(leg.kind)) {
        this.#log.rollback(mark)
        return false
      }
      owners.replace(leg.owner, before, after)
    }
    for (const leg of legs) Object.freeze(leg)
    this.#append({
      index: this.#count.get(),
      cause,
      legs: Object.freeze(legs),
      rounding: Object.freeze(rounding),
    })
    return true
  }

  /** From now on, what is posted may be one of these. */
  expect(claims: ClaimedEntries): void {
    this.#claims = claims
  }

  /** How many entries have been posted since the last `takePosted`, for `dropPosted`. */
  postedCount(): number {
    return this.#postedCount
  }

  /** The entries posted since there were so many of them. */
  postedSince(count: number): readonly JournalEntry[] {
    return this.#posted.slice(count, this.#postedCount)
  }

  /** Forgets entries that a rollback has taken back. */
  dropPosted(count: number): void {
    this.#postedCount = count
  }

  /** The entries posted since the last call, frozen. */
  takePosted(): readonly JournalEntry[] {
    const posted = this.#posted.slice(0, this.#postedCount)
    this.#postedCount = 0
    return Object.freeze(posted)
  }

  /** All accounts that hold something, ordered by token, kind, owner. */
  balances(): readonly Balance[] {
    const all: Balance[] = []
    for (const [token, kinds] of this.#accounts) {
      for (const [kind, owners] of kinds) {
        for (const [owner, amount] of owners.entries())
          if (amount !== 0n) all.push({ kind, owner, token, amount })
      }
    }
    return all.sort(
      (a, b) => compareText(a.token, b.token) || compareText(a.kind, b.kind) || compareText(a.owner, b.owner),
    )
  }

  #append(entry: JournalEntry): void {
    const { first, entries } = this.#claims
    const claimed = entries[entry.index - first]
    const isClaimed = claimed !== undefined && isSameCanonical(entry, claimed)
    this.#count.set(entry.index + 1)
    this.#posted[this.#postedCount++] = isClaimed ? claimed : Object.freeze(entry)
  }

  #ownersOf(token: Address, kind: AccountKind): UndoableMap<string, bigint> {
    let kinds = this.#accounts.get(token)
    if (kinds === undefined) {
      kinds = new Map()
      this.#accounts.set(token, kinds)
    }
    let owners = kinds.get(kind)
    if (owners === undefined) {
      owners = new UndoableMap(this.#log)
      kinds.set(kind, owners)
    }
    return owners
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function unbalanced(cause: EntryCause, legs: readonly Leg[]): SolventError {
  return new SolventError({
    code: 'E_INVARIANT',
    message: 'The legs of a journal entry do not sum to zero.',
    details: { cause, legs: legs.map((leg) => `${leg.kind} ${leg.owner} ${leg.token} ${leg.amount}`) },
  })
}
