// Loans are called: borrowers lose the bonus, and what is seized is sold.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Channel } from './channel.ts'
import { type ActorPart, hasStep, withoutSteps } from './left-out-steps.ts'

type Keeper = NonNullable<Scenario['keepers']>[string]

/** More than there is to gain. */
const OUT_OF_REACH = '1000000000000'

export const liquidation: Channel = {
  name: 'liquidation',
  title: 'loans that are called, with collateral seized and sold',
  closedBy: 'nobody liquidates',
  isOpenIn: (scenario) => Object.keys(scenario.keepers ?? {}).length > 0 || hasStep(scenario, isLiquidation),
  close(scenario) {
    const quiet = withoutSteps(scenario, isLiquidation)
    if (quiet.keepers === undefined) return quiet
    const keepers = Object.entries(quiet.keepers).map(([name, keeper]): [string, Keeper] => [
      name,
      { ...keeper, minProfit: OUT_OF_REACH },
    ])
    return { ...quiet, keepers: Object.fromEntries(keepers) }
  },
}

function isLiquidation({ step }: ActorPart): boolean {
  return step.do === 'liquidate'
}
