// Steps at a cover fund.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

function check({ cover }: { readonly cover: string }, { scenario, path, findings }: StepCheck): void {
  findings.reference([...path, 'cover'], 'cover fund', cover, Object.keys(scenario.covers ?? {}))
}

function fundOf(scenario: Scenario, cover: string) {
  const { chain, asset } = scenario.covers![cover]!
  return {
    chainId: chainIdOf(scenario, chain),
    address: derivativeAddress('cover', cover),
    decimals: scenario.assets[asset]!.decimals,
  }
}

export const coverSteps: StepFamily<'buy-cover' | 'note-stress' | 'claim-cover'> = {
  'buy-cover': {
    check,
    resolve({ cover, amount }, { scenario }) {
      const { chainId, address, decimals } = fundOf(scenario, cover)
      const call = { kind: 'buy-cover', cover: address, amount: parseUnits(amount, decimals) } as const
      return { chainId, action: { kind: 'call', call } }
    },
  },
  'note-stress': {
    check,
    resolve({ cover }, { scenario }) {
      const { chainId, address } = fundOf(scenario, cover)
      return { chainId, action: { kind: 'call', call: { kind: 'note-stress', cover: address } } }
    },
  },
  'claim-cover': {
    check,
    resolve({ cover }, { scenario, seed, actor }) {
      const { chainId, address } = fundOf(scenario, cover)
      const call = { kind: 'claim-cover', cover: address, holder: accountOf(seed, actor) } as const
      return { chainId, action: { kind: 'call', call } }
    },
  },
}
