// Steps at a fund of assets outside the chain.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

function check({ fund }: { readonly fund: string }, { scenario, path, findings }: StepCheck): void {
  findings.reference([...path, 'fund'], 'fund', fund, Object.keys(scenario.navFunds ?? {}))
}

function fundOf(scenario: Scenario, fund: string) {
  const { chain, asset } = scenario.navFunds![fund]!
  return {
    chainId: chainIdOf(scenario, chain),
    navFund: derivativeAddress('nav-fund', fund),
    decimals: scenario.assets[asset]!.decimals,
  }
}

const withCoins: StepFamily<'subscribe-nav'>['subscribe-nav'] = {
  check,
  resolve({ do: kind, fund, amount }, { scenario }) {
    const { chainId, navFund, decimals } = fundOf(scenario, fund)
    return {
      chainId,
      action: { kind: 'call', call: { kind, navFund, amount: parseUnits(amount, decimals) } },
    }
  },
}

export const navFundSteps: StepFamily<
  'subscribe-nav' | 'fill-buffer' | 'request-redemption' | 'pay-redemptions'
> = {
  'subscribe-nav': withCoins,
  'fill-buffer': withCoins,
  'request-redemption': {
    check,
    resolve({ fund, shares }, { scenario }) {
      const { chainId, navFund, decimals } = fundOf(scenario, fund)
      const call = { kind: 'request-redemption', navFund, shares: parseUnits(shares, decimals) } as const
      return { chainId, action: { kind: 'call', call } }
    },
  },
  'pay-redemptions': {
    check,
    resolve({ fund }, { scenario }) {
      const { chainId, navFund } = fundOf(scenario, fund)
      return { chainId, action: { kind: 'call', call: { kind: 'pay-redemptions', navFund } } }
    },
  },
}
