// Money that stands ready beside the market: a lender of last resort, funds that sell cover, the fund of a clearing house.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf } from './control-section.ts'
import { decimal } from './struck-bridge.ts'

type Actor = Scenario['actors'][string]
type House = NonNullable<Scenario['perpetuals']>[string]

const MARGIN_SHARE = 0.1

export const discountWindow: Control = {
  name: 'discount-window',
  title: 'lenders of last resort, and whoever draws on them',
  setting: 'none: who would draw, and against what, is the file’s',
  isIn: (scenario) => entriesOf(scenario, 'discountWindows').length > 0,
  add: (scenario) => scenario,
  remove(scenario) {
    const bare = changedEntries(
      withoutStepsAt(scenario, (step) => 'window' in step),
      'discountWindows',
      () => null,
    )
    if (bare.custodians === undefined) return bare
    const custodians = Object.entries(bare.custodians).map(([name, { lastResort: _, ...custodian }]) => [
      name,
      custodian,
    ])
    return { ...bare, custodians: Object.fromEntries(custodians) }
  },
}

export const coverFunds: Control = {
  name: 'cover-funds',
  title: 'funds that sell cover against a price or a measure of the network, and whoever buys it',
  setting: 'none: who would buy is the file’s',
  isIn: ({ covers = {} }) => Object.keys(covers).length > 0,
  add: (scenario) => scenario,
  remove({ covers: _, ...scenario }) {
    return withoutStepsAt(scenario, (step) => 'cover' in step)
  },
}

export const clearingFund: Control = {
  name: 'clearing-fund',
  title: 'clearing houses of perpetual futures have an insurance fund',
  setting: 'a tenth of the margins that the file’s actors deposit',
  isIn: ({ perpetuals = {} }) => Object.values(perpetuals).some(({ fund }) => Number(fund) > 0),
  add: (scenario) =>
    withHouses(scenario, (house, name) => {
      if (Number(house.fund) > 0) return house
      const margins = Object.values(scenario.actors).flatMap(({ steps }) =>
        steps.flatMap((step) =>
          step.do === 'deposit-margin' && step.house === name ? [Number(step.amount)] : [],
        ),
      )
      return { ...house, fund: decimal(margins.reduce((sum, each) => sum + each, 0) * MARGIN_SHARE) }
    }),
  remove: (scenario) => withHouses(scenario, (house) => ({ ...house, fund: '0' })),
}

/** Steps go for good: what they name is not there any more. */
function withoutStepsAt(scenario: Scenario, isMeant: (step: Actor['steps'][number]) => boolean): Scenario {
  const actors = Object.entries(scenario.actors).map(([name, actor]): [string, Actor] => [
    name,
    { ...actor, steps: actor.steps.filter((step) => !isMeant(step)) },
  ])
  return { ...scenario, actors: Object.fromEntries(actors) }
}

function withHouses(scenario: Scenario, change: (house: House, name: string) => House): Scenario {
  if (scenario.perpetuals === undefined) return scenario
  const perpetuals = Object.entries(scenario.perpetuals).map(([name, house]) => [name, change(house, name)])
  return { ...scenario, perpetuals: Object.fromEntries(perpetuals) }
}
