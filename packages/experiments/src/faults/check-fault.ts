// The meaning of faults: they hit what exists, within the run.
import { assertNever } from '@solvent/primitives'
import type { ScenarioFault } from '../scenario/scenario-schema.ts'
import { checkBridgeFault } from './bridge-faults.ts'
import type { FaultCheck } from './fault-context.ts'
import { checkNetworkFault } from './network-faults.ts'
import { checkNodeFault } from './node-faults.ts'
import { checkSequencerFault } from './sequencer-faults.ts'
import { checkUpgradeFault } from './upgrade-faults.ts'

export function checkFault(fault: ScenarioFault, check: FaultCheck): void {
  const { scenario, path, findings } = check
  if (fault.atSeconds > scenario.durationSeconds) {
    findings.add('E_RANGE', [...path, 'atSeconds'], 'the fault comes after the end of the run', {
      got: String(fault.atSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  }
  switch (fault.kind) {
    case 'crash':
    case 'suspend':
    case 'clock-skew':
      return checkNodeFault(fault, check)
    case 'partition':
    case 'link':
      return checkNetworkFault(fault, check)
    case 'forge':
    case 'pause':
    case 'unpause':
      return checkBridgeFault(fault, check)
    case 'upgrade':
      return checkUpgradeFault(fault, check)
    case 'sequencer-outage':
      return checkSequencerFault(fault, check)
    default:
      return assertNever(fault)
  }
}
