// Steps that pay into a vault of a range or give its shares back.
import { parseUnits } from '@solvent/primitives'
import { vaultAddress } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import { pairOf } from '../scenario/market-names.ts'
import { type ScenarioVault, vaultsOf } from '../scenario/range-vaults.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { checkTraded, checkVenue, least, resolved, unitsOf } from './market-steps.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

type VaultVerb = 'join-vault' | 'leave-vault'
interface AtVault {
  readonly vault: string
  readonly deadlineSeconds?: number | undefined
}

const SHARE_DECIMALS = 18

export const vaultSteps: StepFamily<VaultVerb> = {
  'join-vault': {
    check(step, check) {
      const found = checkVault(step, check)
      if (found !== undefined) checkTraded(found.venue, step.amounts, 'amounts', check)
      checkShares(step.minShares, 'minShares', check)
    },
    resolve(step, resolution) {
      const { scenario } = resolution
      const { venue } = vaultOf(scenario, step)
      const [first, second] = pairOf(venue.market)
      const units = unitsOf(scenario)
      return resolved({ ...step, market: venue.name }, resolution, ({ market, deadline }) => ({
        ...{ kind: 'mint-vault-shares', market, vault: vaultAddress(step.vault), deadline },
        amount0: units(first, step.amounts[first] ?? '0'),
        amount1: units(second, step.amounts[second] ?? '0'),
        minShares: parseUnits(step.minShares, SHARE_DECIMALS),
      }))
    },
  },
  'leave-vault': {
    check(step, check) {
      const found = checkVault(step, check)
      if (found !== undefined) checkTraded(found.venue, step.minAmounts, 'minAmounts', check)
      checkShares(step.shares, 'shares', check)
    },
    resolve(step, resolution) {
      const { scenario, seed, actor } = resolution
      const at = { ...step, market: vaultOf(scenario, step).venue.name }
      return resolved(at, resolution, ({ market, deadline }) => ({
        ...{ kind: 'burn-vault-shares', market, vault: vaultAddress(step.vault), deadline },
        ...{ shares: parseUnits(step.shares, SHARE_DECIMALS), recipient: accountOf(seed, actor) },
        ...least(scenario, at),
      }))
    },
  },
}

function vaultOf(scenario: Scenario, { vault }: Pick<AtVault, 'vault'>): ScenarioVault {
  return vaultsOf(scenario).find(({ name }) => name === vault)!
}

function checkVault(step: AtVault, check: StepCheck): ScenarioVault | undefined {
  const { scenario, path, findings } = check
  const vaults = vaultsOf(scenario)
  const names = vaults.map(({ name }) => name)
  if (!findings.reference([...path, 'vault'], 'vault of a range', step.vault, names)) return undefined
  const found = vaultOf(scenario, step)
  checkVenue({ ...step, market: found.venue.name }, check)
  return found
}

function checkShares(amount: string, key: 'shares' | 'minShares', { path, findings }: StepCheck): void {
  checkAmount(amount, { symbol: 'shares', decimals: SHARE_DECIMALS }, [...path, key], findings)
}
