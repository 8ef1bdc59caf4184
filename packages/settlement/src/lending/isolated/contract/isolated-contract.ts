// An isolated market's contract behind the chain's undo log. The journal has all of it: coins and collateral as POOL of the contract,
// shares of supply as a token of whoever supplied (a vault holds them like anybody), what is pledged as COLLATERAL and shares of debt as
// BORROWER of the account.
import type { Address } from '@solvent/primitives'
import { debtToken, type IsolatedMarketSpec, receiptToken } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../../ledger/undo-log.ts'
import type { IsolatedPosition, IsolatedTotals } from '../isolated-market.ts'

const EMPTY: IsolatedTotals = {
  supply: { assets: 0n, shares: 0n },
  borrow: { assets: 0n, shares: 0n },
  updatedAt: 0,
  rateAtTargetWad: 0n,
}

export class IsolatedContract {
  readonly spec: IsolatedMarketSpec
  readonly totals: UndoableCell<IsolatedTotals>
  readonly positions: UndoableMap<string, IsolatedPosition>
  /** Shares of supply, one base unit of collateral pledged, shares of debt. */
  readonly shareToken: Address
  readonly pledgeToken: Address
  readonly debtToken: Address

  constructor(log: UndoLog, spec: IsolatedMarketSpec) {
    this.spec = spec
    this.totals = new UndoableCell(log, EMPTY)
    this.positions = new UndoableMap(log)
    this.shareToken = receiptToken(spec.address, spec.loan.token)
    this.pledgeToken = receiptToken(spec.address, spec.collateral.token)
    this.debtToken = debtToken(spec.address, spec.loan.token)
  }

  write(owner: string, position: IsolatedPosition): void {
    if (position.collateral === 0n && position.borrowShares === 0n) this.positions.delete(owner)
    else this.positions.set(owner, position)
  }
}
