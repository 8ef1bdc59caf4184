// One view of a borrower over all lending places of a chain: how much of one coin may stand behind the loans of one account (G-5).
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'
import { isPledged, reservesOf, suppliedOf } from './lent-reserves.ts'
import { decimal } from './struck-bridge.ts'

/** Banks' limit for one counterparty, of the lender's capital (Basel Committee, bcbs283, 2014); here of what is lent. */
const LARGE_EXPOSURE = 0.25

export const collateralCheck: Control = {
  name: 'collateral-check',
  title: 'one view over all lending places of a chain of what a borrower has pledged',
  setting:
    'of one coin as much as is worth 25 % of what is lent there at the start, or what somebody has pledged then',
  isIn: (scenario) => entriesOf(scenario, 'collateralChecks').length > 0,
  add(scenario) {
    if (collateralCheck.isIn(scenario)) return scenario
    const chains = [...new Set(placesOf(scenario).map(({ chain }) => chain))]
    const added = chains.flatMap((chain) => {
      const places = placesOf(scenario).filter((place) => place.chain === chain)
      const lent = places.reduce((sum, place) => sum + place.lent, 0)
      const coins = [...new Set(places.flatMap(({ pledged }) => pledged))]
      return coins.map((asset) => {
        const most = Math.max(
          (LARGE_EXPOSURE * lent) / Number(scenario.assets[asset]!.price),
          ...places.map(({ mostPledged }) => mostPledged(asset)),
        )
        return { pools: places.map(({ name }) => name), asset, most: decimal(most) }
      })
    })
    return withEntries(
      scenario,
      'collateralChecks',
      added.map((check, at) => [`study-view-${at + 1}`, check]),
    )
  },
  remove: (scenario) => changedEntries(scenario, 'collateralChecks', () => null),
}

interface Place {
  readonly name: string
  readonly chain: string
  /** Coins. */
  readonly pledged: readonly string[]
  /** By value, at the start. */
  readonly lent: number
  /** By one account at the start. */
  readonly mostPledged: (asset: string) => number
}

function placesOf(scenario: Scenario): Place[] {
  const { assets, lending = {}, isolatedMarkets = {} } = scenario
  const worthOf = (asset: string, amount: number) => amount * Number(assets[asset]?.price ?? 0)
  const pools = Object.entries(lending).map(([name, { chain, positions }]): Place => {
    const reserves = reservesOf(scenario).filter(({ pool }) => pool === name)
    return {
      name,
      chain,
      pledged: reserves.flatMap(({ asset, reserve }) => (isPledged(reserve) && asset in assets ? asset : [])),
      lent: reserves.reduce(
        (sum, { asset, reserve }) =>
          isPledged(reserve) ? sum : sum + worthOf(asset, suppliedOf(scenario, name, asset)),
        0,
      ),
      mostPledged: (asset) =>
        Math.max(0, ...Object.values(positions).map(({ collateral }) => Number(collateral[asset] ?? 0))),
    }
  })
  const isolated = Object.entries(isolatedMarkets).map(([name, market]): Place => {
    const positions = Object.values(market.positions)
    return {
      name,
      chain: market.chain,
      pledged: market.collateral in assets ? [market.collateral] : [],
      lent: positions.reduce((sum, { supplied }) => sum + worthOf(market.loan, Number(supplied)), 0),
      mostPledged: (asset) =>
        asset === market.collateral ? Math.max(0, ...positions.map((each) => Number(each.collateral))) : 0,
    }
  })
  return [...pools, ...isolated]
}
