// Providers of markets leave: what is sold after that moves the price further.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Channel } from './channel.ts'
import { without } from './left-out-faults.ts'
import { type ActorPart, hasStep, withoutSteps } from './left-out-steps.ts'

const WITHDRAWAL = 'withdraw-liquidity'
/** A threshold that no pressure reaches. */
const NOBODY_LEAVES = 1_000

export const marketDepth: Channel = {
  name: 'market-depth',
  title: 'providers who take their depth out of markets',
  closedBy: 'they stay',
  isOpenIn: (scenario) =>
    scenario.faults.some(({ kind }) => kind === WITHDRAWAL) ||
    hasStep(scenario, isRemoval) ||
    Object.keys(scenario.providerCrowds ?? {}).length > 0,
  close: (scenario) => without(withoutSteps(patient(scenario), isRemoval), (kind) => kind === WITHDRAWAL),
}

/** Crowds whose people bear anything. */
function patient(scenario: Scenario): Scenario {
  const { providerCrowds } = scenario
  if (providerCrowds === undefined) return scenario
  const calm = Object.entries(providerCrowds).map(([name, crowd]): [string, typeof crowd] => [
    name,
    { ...crowd, lossWeight: 0, herding: 0, thresholds: [{ share: 1, value: NOBODY_LEAVES }] },
  ])
  return { ...scenario, providerCrowds: Object.fromEntries(calm) }
}

function isRemoval({ step }: ActorPart): boolean {
  return step.do === 'remove-liquidity' || (step.do === 'burn-range' && step.percent > 0)
}
