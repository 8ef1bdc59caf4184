// Providers of markets leave: what is sold after that moves the price further.
import type { Channel } from './channel.ts'
import { without } from './left-out-faults.ts'
import { type ActorPart, hasStep, withoutSteps } from './left-out-steps.ts'

const WITHDRAWAL = 'withdraw-liquidity'

export const marketDepth: Channel = {
  name: 'market-depth',
  title: 'providers who take their depth out of markets',
  closedBy: 'they stay',
  isOpenIn: (scenario) =>
    scenario.faults.some(({ kind }) => kind === WITHDRAWAL) || hasStep(scenario, isRemoval),
  close: (scenario) => without(withoutSteps(scenario, isRemoval), (kind) => kind === WITHDRAWAL),
}

function isRemoval({ step }: ActorPart): boolean {
  return step.do === 'remove-liquidity' || (step.do === 'burn-range' && step.percent > 0)
}
