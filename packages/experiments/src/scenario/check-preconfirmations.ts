// Promises of inclusion that can cost something: a bond, a penalty, and a bond that covers it; and somebody who gives those
// that a solver would act on.
import { parseUnits } from '@solvent/primitives'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

const GAS_DECIMALS = 18

export function checkPreconfirmations(
  { chains, solvers }: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const isPromised = Object.values(chains).some(({ preconfirmations }) => preconfirmations !== undefined)
  for (const [name, { risk }] of Object.entries(solvers)) {
    if (isPromised || !risk.confirmations.some(({ level }) => level === 'preconfirmed')) continue
    warnings.push({
      rule: 'T-10',
      path: `solvers.${name}.risk.confirmations`,
      message: `${name} would fill on a promise, and no chain has preconfirmations: it waits for the block, as at unsafe`,
    })
  }
  for (const [name, { preconfirmations }] of Object.entries(chains)) {
    if (preconfirmations === undefined) continue
    const path = ['chains', name, 'preconfirmations']
    const { bond, penalty } = preconfirmations
    for (const [key, amount] of Object.entries({ bond, penalty }))
      if (parseUnits(amount, GAS_DECIMALS) === 0n)
        findings.add('E_RANGE', [...path, key], 'a promise that costs nothing to break promises nothing', {
          got: amount,
          allowed: 'more than 0',
        })
    if (parseUnits(penalty, GAS_DECIMALS) <= parseUnits(bond, GAS_DECIMALS)) continue
    warnings.push({
      rule: 'T-10',
      path: `${path.join('.')}.penalty`,
      message: `a broken promise on ${name} costs ${penalty}, and the bond is ${bond}: the first one takes all of it, later ones cost nothing`,
    })
  }
}
