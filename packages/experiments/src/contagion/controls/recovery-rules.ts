// What follows a bridge's loss: who pauses, and whether all holders share it.
import type { WrittenFault } from '../../faults/fault-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { struckBridges } from '../shock.ts'
import type { Control } from './control.ts'
import { afterShock, withoutAnswers } from './operators.ts'
import { changedBridges, onStruck } from './struck-bridge.ts'

const PAUSES = ['pause', 'unpause']
const SHARED_AFTER_SECONDS = 600

/** Others wait for a pause and act on it, so that the rest of a study keeps the file's own. */
export const noPause: Control = {
  name: 'no-pause',
  title: 'nobody pauses a bridge',
  setting: 'pauses of the file are left out',
  isIn: () => false,
  add: (scenario) => withoutAnswers(scenario, PAUSES),
  remove: (scenario) => scenario,
}

export const socialisedLoss: Control = {
  name: 'socialised-loss',
  title: 'holders of a struck bridge share its loss, in place of who comes last',
  setting: `the issuer shares it ${SHARED_AFTER_SECONDS / 60} minutes after the shock began; bridges that lock and mint`,
  isIn: (scenario) => onStruck(scenario, ({ recovery }) => recovery === 'socialised'),
  add(scenario) {
    if (socialisedLoss.isIn(scenario)) return scenario
    const atSeconds = afterShock(scenario, SHARED_AFTER_SECONDS)
    if (atSeconds === null) return scenario
    const sharing = changedBridges(scenario, (bridge) =>
      bridge.custody.kind === 'lock-mint' ? { ...bridge, recovery: 'socialised' } : bridge,
    )
    return { ...sharing, faults: [...sharing.faults, ...sharesOf(sharing, atSeconds)] }
  },
  remove: (scenario) =>
    changedBridges(withoutAnswers(scenario, ['share-loss']), (bridge) => ({
      ...bridge,
      recovery: 'first-come',
    })),
}

function sharesOf(scenario: Scenario, atSeconds: number): WrittenFault[] {
  return struckBridges(scenario).flatMap((bridge) =>
    scenario.bridges[bridge]!.recovery !== 'socialised'
      ? []
      : Object.keys(scenario.bridges[bridge]!.assets).map(
          (asset): WrittenFault => ({
            ...{ kind: 'share-loss', atSeconds, bridge, asset },
            label: `study-share-${bridge}-${asset.toLowerCase()}`,
          }),
        ),
  )
}
