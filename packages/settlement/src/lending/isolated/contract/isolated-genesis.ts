// An isolated market as genesis finds it: shares of supply and debt, at a million a unit as the first of each are, and what is pledged.
import type { GenesisBalance } from '@solvent/protocol'
import { type IsolatedPosition, NO_POSITION } from '../isolated-market.ts'
import { VIRTUAL_SHARES } from '../shares.ts'
import type { IsolatedContract } from './isolated-contract.ts'

export function openIsolatedMarket(
  contract: IsolatedContract,
  balances: readonly GenesisBalance[],
  atSeconds: number,
): void {
  const { shareToken, debtToken, pledgeToken, spec } = contract
  let supplied = 0n
  let owed = 0n
  const positions = new Map<string, IsolatedPosition>()
  const change = (owner: string, more: Partial<IsolatedPosition>): void => {
    const { collateral, borrowShares } = positions.get(owner) ?? NO_POSITION
    positions.set(owner, {
      collateral: collateral + (more.collateral ?? 0n),
      borrowShares: borrowShares + (more.borrowShares ?? 0n),
    })
  }
  for (const { owner, token, amount } of balances) {
    if (token === shareToken) supplied += amount
    else if (token === pledgeToken) change(owner, { collateral: amount })
    else if (token === debtToken) {
      owed += amount
      change(owner, { borrowShares: amount })
    }
  }
  for (const [owner, position] of positions) contract.positions.set(owner, position)
  contract.totals.set({
    supply: { assets: supplied / VIRTUAL_SHARES, shares: supplied },
    borrow: { assets: owed / VIRTUAL_SHARES, shares: owed },
    updatedAt: atSeconds,
    rateAtTargetWad: spec.rate.kind === 'adaptive-curve' ? spec.rate.atTargetWad : 0n,
  })
}
