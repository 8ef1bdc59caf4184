// Accounts at lending pools at the end of a run: what they have pledged and owe.
import type { Address, ChainId } from '@solvent/primitives'
import { divFloor } from '@solvent/primitives'
import { debtToken, lendingPlaces, receiptToken } from '@solvent/protocol'
import type { Line } from './holdings-sheet.ts'
import type { Trial } from './trial.ts'

/** A reserve with the tokens that it issues, and how it stands. Base units of its token. */
export interface ReserveSheet {
  readonly pool: Address
  readonly chainId: ChainId
  readonly token: Address
  readonly receipt: Address
  readonly cash: bigint
  /** What its suppliers could claim, and what all its borrowers owe. */
  readonly supplied: bigint
  readonly borrowed: bigint
  /** Receipts that exist. */
  readonly receipts: bigint
}

/** Somebody's account at one pool. */
export interface LendingAccount {
  readonly pool: Address
  readonly chainId: ChainId
  readonly owner: string
  /** Receipts. */
  readonly pledged: readonly Line[]
  /** Coins. */
  readonly owed: readonly Line[]
}

export interface LendingSheet {
  readonly reserves: readonly ReserveSheet[]
  /** Of all pools. */
  readonly accounts: readonly LendingAccount[]
}

export function lendingSheet({ plan, report }: Pick<Trial, 'plan' | 'report'>): LendingSheet {
  const { balances } = report
  const supplies = new Map<string, bigint>()
  for (const { kind, chainId, token, amount } of balances)
    if (kind === 'SUPPLY') supplies.set(`${chainId}/${token}`, -amount)
  const reserves: ReserveSheet[] = []
  const accounts: LendingAccount[] = []
  for (const { name, address, chainId, assets } of lendingPlaces(plan.spec)) {
    const byOwner = new Map<string, { pledged: Line[]; owed: Line[] }>()
    const of = (owner: string) => {
      const known = byOwner.get(owner) ?? { pledged: [], owed: [] }
      byOwner.set(owner, known)
      return known
    }
    for (const { token, symbol } of assets) {
      const outcome = report.lending.find((each) => each.id === name && each.asset === symbol)
      if (outcome === undefined) continue
      const [receipt, debt] = [receiptToken(address, token), debtToken(address, token)]
      const units = supplies.get(`${chainId}/${debt}`) ?? 0n
      const { cash, supplied, borrowed } = outcome
      const receipts = supplies.get(`${chainId}/${receipt}`) ?? 0n
      reserves.push({ pool: address, chainId, token, receipt, cash, supplied, borrowed, receipts })
      for (const line of balances) {
        if (line.chainId !== chainId) continue
        if (line.kind === 'COLLATERAL' && line.token === receipt) of(line.owner).pledged.push(line)
        if (line.kind === 'BORROWER' && line.token === debt && units > 0n)
          of(line.owner).owed.push({ chainId, token, amount: divFloor(borrowed * line.amount, units) })
      }
    }
    for (const [owner, account] of byOwner) accounts.push({ pool: address, chainId, owner, ...account })
  }
  return { reserves, accounts }
}
