// All kinds of faults, family by family: how each is checked and what it becomes.

import { actFaults } from './act-faults.ts'
import { bridgeFaults } from './bridge-faults.ts'
import { byzantineFaults } from './byzantine-faults.ts'
import { consensusFaults } from './consensus-faults.ts'
import { custodyFaults } from './custody-faults.ts'
import { depegFaults } from './depeg-faults.ts'
import type { FaultFamily, FaultRule } from './fault-context.ts'
import type { ScenarioFault } from './fault-schema.ts'
import { finalityViolations } from './finality-violation.ts'
import { inclusionFaults } from './inclusion-faults.ts'
import { keyThefts } from './key-theft.ts'
import { limiterFaults } from './limiter-faults.ts'
import { liquidityFaults } from './liquidity-faults.ts'
import { managerFaults } from './manager-faults.ts'
import { marketFaults } from './market-faults.ts'
import { measureFaults } from './measure-faults.ts'
import { networkFaults } from './network-faults.ts'
import { nodeFaults } from './node-faults.ts'
import { optimisticFaults } from './optimistic-faults.ts'
import { oracleFaults } from './oracle-faults.ts'
import { promiseFaults } from './promise-faults.ts'
import { recoveryFaults } from './recovery-faults.ts'
import { rollupFaults } from './rollup-faults.ts'
import { rotationFaults } from './rotation-faults.ts'
import { sequencerFaults } from './sequencer-faults.ts'
import { signingFaults } from './signing-faults.ts'
import { solverFaults } from './solver-faults.ts'
import { sourceFaults } from './source-faults.ts'
import { upgradeFaults } from './upgrade-faults.ts'

const rules: FaultFamily<ScenarioFault['kind']> = {
  ...bridgeFaults,
  ...sourceFaults,
  ...marketFaults,
  ...liquidityFaults,
  ...depegFaults,
  ...solverFaults,
  ...managerFaults,
  ...measureFaults,
  ...inclusionFaults,
  ...promiseFaults,
  ...oracleFaults,
  ...signingFaults,
  ...keyThefts,
  ...limiterFaults,
  ...custodyFaults,
  ...nodeFaults,
  ...byzantineFaults,
  ...actFaults,
  ...networkFaults,
  ...rollupFaults,
  ...optimisticFaults,
  ...recoveryFaults,
  ...sequencerFaults,
  ...rotationFaults,
  ...upgradeFaults,
  ...consensusFaults,
  ...finalityViolations,
}

/** The rule of a fault's kind. */
export function ruleOf<F extends ScenarioFault>(fault: F): FaultRule<F> {
  return rules[fault.kind] as unknown as FaultRule<F>
}
