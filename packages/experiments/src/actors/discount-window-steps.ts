// Steps at a discount window.
import { parseUnits } from '@solvent/primitives'
import { type Call, derivativeAddress } from '@solvent/protocol'
import { lentDecimals, lentToken } from '../lending/lent-asset.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

type Named = { readonly window: string }

function check({ window }: Named, { scenario, path, findings }: StepCheck): boolean {
  const known = Object.keys(scenario.controls?.discountWindows ?? {})
  return findings.reference([...path, 'window'], 'discount window', window, known)
}

function resolved(scenario: Scenario, { window }: Named, call: Call) {
  const { chain } = scenario.controls!.discountWindows[window]!
  return { chainId: chainIdOf(scenario, chain), action: { kind: 'call', call } } as const
}

const addressOf = ({ window }: Named) => derivativeAddress('discount-window', window)

function ofLoan(kind: 'repay-window' | 'seize-pledge') {
  return {
    check: (step: Named, at: StepCheck): void => void check(step, at),
    resolve: (step: Named & { readonly loan: number }, { scenario }: { readonly scenario: Scenario }) =>
      resolved(scenario, step, { kind, window: addressOf(step), loan: step.loan }),
  }
}

export const discountWindowSteps: StepFamily<'draw-window' | 'repay-window' | 'seize-pledge'> = {
  'draw-window': {
    check(step, at) {
      if (!check(step, at)) return
      const { collaterals } = at.scenario.controls!.discountWindows[step.window]!
      at.findings.reference(
        [...at.path, 'collateral'],
        `collateral of ${step.window}`,
        step.collateral,
        Object.keys(collaterals),
      )
    },
    resolve(step, { scenario }) {
      const { chain, asset } = scenario.controls!.discountWindows[step.window]!
      return resolved(scenario, step, {
        kind: 'draw-window',
        window: addressOf(step),
        collateral: lentToken(scenario, chain, step.collateral),
        pledged: parseUnits(step.pledged, lentDecimals(scenario, step.collateral)),
        amount: parseUnits(step.amount, scenario.assets[asset]!.decimals),
      })
    },
  },
  'repay-window': ofLoan('repay-window'),
  'seize-pledge': ofLoan('seize-pledge'),
}
