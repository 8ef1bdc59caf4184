// A lending pool's contract: its reserves and accounts behind the chain's undo log. The machine's accounts have what is pledged and
// what is owed; receipts that back nothing are tokens like any other and stand in the ledger alone. The journal has all of it:
// cash as POOL of the contract, lots and bids of auctions as its LIQ, pledged receipts as COLLATERAL and debt tokens as BORROWER of the account.
import type { Address } from '@solvent/primitives'
import { debtToken, type LendingPoolSpec, receiptToken } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { Account, EModeCategory } from '../account.ts'
import type { Reserve } from '../reserve.ts'
import type { CollateralAuction } from './collateral-auction.ts'

export class LendingContract {
  readonly spec: LendingPoolSpec
  readonly reserves: UndoableMap<string, Reserve>
  readonly accounts: UndoableMap<string, Account>
  /** Those that run, by number. */
  readonly auctions: UndoableMap<number, CollateralAuction>
  readonly nextAuction: UndoableCell<number>
  /** Of a slow engine: when an account was last liquidated, Unix seconds. */
  readonly liquidatedAt: UndoableMap<string, number>
  readonly eModes: ReadonlyMap<string, EModeCategory>
  readonly #tokens: ReadonlyMap<string, { readonly receipt: Address; readonly debt: Address }>

  constructor(log: UndoLog, spec: LendingPoolSpec) {
    this.spec = spec
    this.reserves = new UndoableMap(log)
    this.accounts = new UndoableMap(log)
    this.auctions = new UndoableMap(log)
    this.nextAuction = new UndoableCell(log, 0)
    this.liquidatedAt = new UndoableMap(log)
    this.eModes = new Map(spec.eModes.map((eMode) => [eMode.name, eMode]))
    this.#tokens = new Map(
      spec.reserves.map(({ token }) => [
        token,
        { receipt: receiptToken(spec.address, token), debt: debtToken(spec.address, token) },
      ]),
    )
  }

  /** @param token of a reserve */
  receiptOf(token: string): Address {
    return this.#tokensOf(token).receipt
  }

  /** @param token of a reserve */
  debtOf(token: string): Address {
    return this.#tokensOf(token).debt
  }

  #tokensOf(token: string) {
    const found = this.#tokens.get(token)
    if (found === undefined) throw new Error(`The pool ${this.spec.name} has no reserve of ${token}.`)
    return found
  }
}
