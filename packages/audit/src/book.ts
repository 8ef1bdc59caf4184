// The audit's own fold of the journal: balances per token, kind and owner, and the running sums that make
// conservation checks cost a comparison. Shares nothing with the ledger of the settlement core.
import type { Address, ChainId } from '@solvent/primitives'
import type { AccountKind, Leg } from '@solvent/protocol'

/** One account of one token on one chain. */
export interface Account {
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  balance: bigint
}

/** All accounts of one token on one chain. */
export class TokenBook {
  readonly token: Address
  /** Sum of all balances, SUPPLY included (L-1). */
  total = 0n
  /** What entries that may mint or burn have moved out of and into SUPPLY (L-2). */
  minted = 0n
  burned = 0n
  /** What the escrows of open orders must hold, by the orders' events (O-5). */
  escrowOwed = 0n
  readonly #kinds = new Map<AccountKind, Map<string, Account>>()

  constructor(token: Address) {
    this.token = token
  }

  /** The account, made when it is new. */
  account(kind: AccountKind, owner: string): Account {
    let owners = this.#kinds.get(kind)
    if (owners === undefined) {
      owners = new Map()
      this.#kinds.set(kind, owners)
    }
    let account = owners.get(owner)
    if (account === undefined) {
      account = { kind, owner, token: this.token, balance: 0n }
      owners.set(owner, account)
    }
    return account
  }

  /** Books one leg of this token and returns its account. */
  post({ kind, owner, amount }: Leg): Account {
    const account = this.account(kind, owner)
    account.balance += amount
    this.total += amount
    return account
  }

  /** What all accounts of a kind hold together, added up anew; of all kinds by default. */
  sum(kind: AccountKind | null = null): bigint {
    let sum = 0n
    for (const [each, owners] of this.#kinds)
      if (kind === null || each === kind) for (const { balance } of owners.values()) sum += balance
    return sum
  }

  balance(kind: AccountKind, owner: string): bigint {
    return this.#kinds.get(kind)?.get(owner)?.balance ?? 0n
  }

  /** An empty escrow will not be used again; a long run must not keep one for each order. */
  dropEmptyEscrows(): void {
    const escrows = this.#kinds.get('ESCROW')
    if (escrows === undefined) return
    for (const [owner, { balance }] of escrows) if (balance === 0n) escrows.delete(owner)
  }

  *accounts(): IterableIterator<Account> {
    for (const owners of this.#kinds.values()) yield* owners.values()
  }
}

/** All tokens of one chain. */
export class ChainBook {
  readonly chainId: ChainId
  readonly #tokens = new Map<Address, TokenBook>()

  constructor(chainId: ChainId) {
    this.chainId = chainId
  }

  token(token: Address): TokenBook {
    let book = this.#tokens.get(token)
    if (book === undefined) {
      book = new TokenBook(token)
      this.#tokens.set(token, book)
    }
    return book
  }

  /** Books one leg and returns its account. */
  post(leg: Leg): Account {
    return this.token(leg.token).post(leg)
  }

  tokens(): IterableIterator<TokenBook> {
    return this.#tokens.values()
  }
}
