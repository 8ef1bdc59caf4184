// Who objects to what proposers of optimistic bridges say.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { type Bridge, changedBridges, onStruck } from './struck-bridge.ts'

export const disputers: Control = {
  name: 'disputers',
  title: 'somebody watches what proposers of an optimistic bridge say',
  setting: 'one disputer',
  isIn: (scenario) => onStruck(scenario, (bridge) => disputersOf(bridge) > 0),
  add: (scenario) => watched(scenario, (count) => Math.max(1, count)),
  remove: (scenario) => watched(scenario, () => 0),
}

function disputersOf({ verification }: Bridge): number {
  return verification.kind === 'optimistic' ? verification.disputers : 0
}

function watched(scenario: Scenario, change: (disputers: number) => number): Scenario {
  return changedBridges(scenario, (bridge) =>
    bridge.verification.kind === 'optimistic'
      ? { ...bridge, verification: { ...bridge.verification, disputers: change(disputersOf(bridge)) } }
      : bridge,
  )
}
