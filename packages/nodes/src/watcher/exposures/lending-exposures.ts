// Lending pools: they owe their suppliers, and borrowers owe them. Who borrows and has no balance sheet here stands with all such
// borrowers of the pool: their collateral on one side, their debts on the other.
import type { AccountBalance } from '@solvent/audit'
import { divFloor } from '@solvent/primitives'
import {
  debtToken,
  type LendingPlace,
  lendingPlaces,
  type NetworkSpec,
  receiptToken,
} from '@solvent/protocol'
import type { ReserveOutcome } from '../credit-outcome.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import type { Holders } from './holders.ts'
import type { FaceOf, IssuedToken } from './issued-tokens.ts'
import { supplyOf } from './market-exposures.ts'

export interface LendingFacts {
  readonly spec: NetworkSpec
  readonly balances: readonly AccountBalance[]
  readonly reserves: readonly ReserveOutcome[]
  readonly faceOf: FaceOf
}

export const lendingNode = (draft: ExposureDraft, { name }: { readonly name: string }): string =>
  draft.node(`lending/${name}`, 'lending-market', true)

/** Adds the receipts of every reserve: of all that suppliers could claim, the holder's part of the scaled units. */
export function receipts(draft: ExposureDraft, issued: Map<string, IssuedToken>, facts: LendingFacts): void {
  for (const { pool, token, receipt, outcome } of reservesOf(facts)) {
    const units = supplyOf(facts.balances, { chainId: pool.chainId, token: receipt })
    issued.set(`${pool.chainId}/${receipt}`, {
      debtor: lendingNode(draft, pool),
      layer: 'receipt-token',
      seniority: 0,
      isItsOwnBacking: false,
      faceE8: (scaled) =>
        units > 0n ? facts.faceOf(pool.chainId, token, divFloor(outcome.supplied * scaled, units)) : 0n,
    })
  }
}

/** Supplies that are within the pool, and what borrowers owe it. */
export function lendingAccounts(draft: ExposureDraft, holders: Holders, facts: LendingFacts): void {
  const { balances, faceOf } = facts
  for (const { pool, token, receipt, debt, outcome } of reservesOf(facts)) {
    const { chainId } = pool
    const node = lendingNode(draft, pool)
    const inDebt = borrowersOf(pool, balances)
    const sheetOf = (owner: string) => {
      const holder = holders.of(owner)
      if (holders.hasSheet(holder) || !inDebt.has(owner)) return holder
      return draft.node(`lending/${pool.name}/borrowers`, 'user')
    }
    const partsOf = (kind: 'COLLATERAL' | 'BORROWER', of: typeof receipt, all: bigint) => {
      const units = supplyOf(balances, { chainId, token: of })
      return balances
        .filter((line) => line.kind === kind && line.chainId === chainId && line.token === of && units > 0n)
        .map(({ owner, amount }) => ({
          owner,
          amountE8: faceOf(chainId, token, divFloor(all * amount, units)),
        }))
    }
    for (const { owner, amountE8 } of partsOf('COLLATERAL', receipt, outcome.supplied)) {
      const layer = inDebt.has(owner) ? 'collateral' : 'lending'
      draft.claim({ debtor: node, creditor: sheetOf(owner), layer, amountE8 })
    }
    for (const { owner, amountE8 } of partsOf('BORROWER', debt, outcome.borrowed))
      draft.claim({ debtor: sheetOf(owner), creditor: node, layer: 'lending', amountE8 })
  }
}

function reservesOf({ spec, reserves }: LendingFacts) {
  return lendingPlaces(spec).flatMap((pool) =>
    pool.assets.flatMap(({ token, symbol }) => {
      const outcome = reserves.find((each) => each.id === pool.name && each.asset === symbol)
      if (outcome === undefined) return []
      const [receipt, debt] = [receiptToken(pool.address, token), debtToken(pool.address, token)]
      return [{ pool, token, receipt, debt, outcome }]
    }),
  )
}

function borrowersOf(pool: LendingPlace, balances: readonly AccountBalance[]): ReadonlySet<string> {
  const debts = new Set<string>(pool.assets.map(({ token }) => debtToken(pool.address, token)))
  return new Set(
    balances
      .filter((line) => line.kind === 'BORROWER' && line.chainId === pool.chainId && debts.has(line.token))
      .map(({ owner }) => owner),
  )
}
