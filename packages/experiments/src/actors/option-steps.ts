// Steps at an option desk.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

interface OfSeries {
  readonly desk: string
  readonly series: string
}

function check({ desk, series }: OfSeries, { scenario, path, findings }: StepCheck): void {
  const desks = scenario.optionDesks ?? {}
  if (!findings.reference([...path, 'desk'], 'option desk', desk, Object.keys(desks))) return
  findings.reference([...path, 'series'], 'series of the desk', series, Object.keys(desks[desk]!.series))
}

function deskOf(scenario: Scenario, { desk, series }: OfSeries) {
  const { chain, asset, underlying } = scenario.optionDesks![desk]!
  return {
    chainId: chainIdOf(scenario, chain),
    of: { desk: derivativeAddress('option-desk', desk), series },
    quoteDecimals: scenario.assets[asset]!.decimals,
    baseDecimals: scenario.assets[underlying]!.decimals,
  }
}

export const optionSteps: StepFamily<'buy-option' | 'settle-options' | 'exercise-option'> = {
  'buy-option': {
    check,
    resolve(step, { scenario }) {
      const { chainId, of, quoteDecimals, baseDecimals } = deskOf(scenario, step)
      const call = {
        kind: 'buy-option',
        ...of,
        units: parseUnits(step.units, baseDecimals),
        maxPremium: parseUnits(step.maxPremium, quoteDecimals),
      } as const
      return { chainId, action: { kind: 'call', call } }
    },
  },
  'settle-options': {
    check,
    resolve(step, { scenario }) {
      const { chainId, of } = deskOf(scenario, step)
      return { chainId, action: { kind: 'call', call: { kind: 'settle-options', ...of } } }
    },
  },
  'exercise-option': {
    check,
    resolve(step, { scenario, seed, actor }) {
      const { chainId, of } = deskOf(scenario, step)
      const call = { kind: 'exercise-option', ...of, holder: accountOf(seed, actor) } as const
      return { chainId, action: { kind: 'call', call } }
    },
  },
}
