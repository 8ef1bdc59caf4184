// Claims that a shock leaves unpaid, whoever has gained by it: what one loses to another is no loss of all, and yet a promise that was not
// kept. In the numeraire times 10^8.
import { type Address, type ChainId, maxBig } from '@solvent/primitives'
import { priceAt, valueE8 } from '@solvent/protocol'
import { pricesOf } from './holdings-sheet.ts'
import type { LossSheet } from './loss-sheet.ts'
import type { Trial } from './trial.ts'

/** Debts beyond collateral and beyond solvers' means, deficits of bridges, and what derivatives and custodians owe and have not. */
export function unpaidClaims(before: Trial, after: Trial, sheet: LossSheet): bigint {
  return sheet['bad-debt'] + sheet['solver-lenders'] + ofContracts(after) - ofContracts(before)
}

function ofContracts({ plan, report }: Trial): bigint {
  const { tokens, derivatives: specs } = plan.spec
  const worth = (symbol: string, decimals: number, amount: bigint) =>
    valueE8(maxBig(0n, amount), decimals, priceAt(pricesOf(plan), symbol, plan.durationMs))
  const worthAt = (chainId: ChainId, token: Address, amount: bigint) => {
    const found = tokens.find((each) => each.chainId === chainId && each.address === token)
    return found === undefined ? 0n : worth(found.symbol, found.decimals, amount)
  }
  const bridges = report.bridges.reduce((sum, { address, asset, deficit }) => {
    const home = plan.spec.bridges
      .find((bridge) => bridge.address === address)
      ?.routes.find(({ symbol }) => symbol === asset)?.home
    return home === undefined ? sum : sum + worthAt(home.chainId, home.token, deficit)
  }, 0n)
  const { perpetuals, covers, optionDesks, custodians, discountWindows } = report.derivatives
  const missing = [
    ...perpetuals.map(({ id, badDebt }) => ({ id, kind: 'perpetual', amount: badDebt })),
    ...covers.map(({ id, unpaid }) => ({ id, kind: 'cover', amount: unpaid })),
    ...discountWindows.map(({ id, unpaid }) => ({ id, kind: 'discount-window', amount: unpaid })),
    ...optionDesks.map(({ id, owed, due }) => ({ id, kind: 'option-desk', amount: owed - due })),
    ...custodians.map(({ id, owed, estate }) => ({ id, kind: 'custodian', amount: owed - estate })),
  ]
  return missing.reduce((sum, { id, kind, amount }) => {
    const spec = specs.find((each) => each.kind === kind && each.name === id)
    return spec === undefined ? sum : sum + worthAt(spec.chainId, spec.token, amount)
  }, bridges)
}
