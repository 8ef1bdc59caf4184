// How soon somebody pauses the bridges that a shock strikes.
import type { WrittenFault } from '../../faults/fault-schema.ts'
import { shockAtSeconds, struckBridges } from '../shock.ts'
import type { Control } from './control.ts'

const DELAY_SECONDS = 300
const LABEL = 'early-pause'

export const earlyPause: Control = {
  name: 'early-pause',
  title: 'the issuer pauses the struck bridges soon',
  setting: `${DELAY_SECONDS / 60} minutes after the shock began`,
  isIn: () => false,
  add(scenario) {
    const atSeconds = Math.min(scenario.durationSeconds - 1, (shockAtSeconds(scenario) ?? 0) + DELAY_SECONDS)
    const pauses = struckBridges(scenario).map(
      (bridge, at): WrittenFault => ({
        kind: 'pause',
        bridge,
        atSeconds,
        authority: 'issuer',
        forSeconds: 0,
        label: `${LABEL}-${at + 1}`,
      }),
    )
    return { ...scenario, faults: [...scenario.faults, ...pauses] }
  },
  remove: (scenario) => scenario,
}
