// What authorities are asked for after a shock: accounts of attackers frozen, terms of what they pledge set. And how far they reach.
import { controlsSchema } from '../../controls/control-schema.ts'
import type { WrittenFault } from '../../faults/fault-schema.ts'
import { chainsOfAsset } from '../../scenario/asset-chains.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { struckBridges } from '../shock.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'
import { isPledged, reservesOf } from './lent-reserves.ts'
import { afterShock, answersOf, attackersOf, withoutAnswers } from './operators.ts'

const FREEZES = ['freeze-account', 'claw-back', 'halt-token']
/** Issuers of stablecoins answered within minutes to hours (incidents.md, response latencies). */
const DELAY_SECONDS = 300

export const issuerFreeze: Control = {
  name: 'issuer-freeze',
  title: "issuers freeze attackers' accounts",
  setting: `those of a struck bridge's assets, ${DELAY_SECONDS / 60} minutes after the shock began`,
  isIn: (scenario) => entriesOf(scenario, 'authorities').some(({ assets }) => Object.keys(assets).length > 0),
  add(scenario) {
    const atSeconds = afterShock(scenario, DELAY_SECONDS)
    if (issuerFreeze.isIn(scenario) || atSeconds === null) return scenario
    const places = struckBridges(scenario)
      .flatMap((bridge) => Object.keys(scenario.bridges[bridge]!.assets))
      .filter((asset) => asset !== scenario.gasAsset)
      .flatMap((asset) => chainsOfAsset(scenario, asset).map((chain) => ({ asset, chain })))
    const attackers = attackersOf(scenario)
    if (attackers.length === 0) return scenario
    const issuers = places.map(({ asset, chain }, at) => [
      `study-issuer-${at + 1}`,
      { chain, assets: { [asset]: ['freeze'] } },
    ])
    const { authorities } = controlsSchema.parse({ authorities: Object.fromEntries(issuers) })
    const freezes = places.flatMap(({ asset }, at) =>
      attackers.map(
        (account, of): WrittenFault => ({
          ...{ kind: 'freeze-account', atSeconds, authority: `study-issuer-${at + 1}`, asset, account },
          label: `study-freeze-${at + 1}-${of + 1}`,
        }),
      ),
    )
    const asked = { ...scenario, faults: [...scenario.faults, ...freezes] }
    return withEntries(asked, 'authorities', Object.entries(authorities))
  },
  /** What has nothing else to decide goes. */
  remove: (scenario) =>
    changedEntries(withoutFreezes(scenario), 'authorities', (authority) =>
      authority.pools.length === 0 ? null : { ...authority, assets: {} },
    ),
}

export const askedTerms: Control = {
  name: 'asked-terms',
  title: 'an authority is asked to freeze a collateral',
  setting: `assets of struck bridges, ${DELAY_SECONDS / 60} minutes after the shock began, by two of three members`,
  isIn: (scenario) => answersOf(scenario, ['set-terms']).length > 0,
  add(scenario) {
    const atSeconds = afterShock(scenario, DELAY_SECONDS)
    if (askedTerms.isIn(scenario) || atSeconds === null) return scenario
    const struck = new Set(
      struckBridges(scenario).flatMap((bridge) => Object.keys(scenario.bridges[bridge]!.assets)),
    )
    const asked = reservesOf(scenario).filter(({ asset, reserve }) => isPledged(reserve) && struck.has(asset))
    const pools = [...new Set(asked.map(({ pool }) => pool))]
    const nameOf = (pool: string) => `study-council-${pools.indexOf(pool) + 1}`
    const councils = pools.map((pool) => [
      nameOf(pool),
      { chain: scenario.lending![pool]!.chain, members: 3, quorum: 2, pools: [pool] },
    ])
    const { authorities } = controlsSchema.parse({ authorities: Object.fromEntries(councils) })
    const terms = asked.map(
      ({ pool, asset }, at): WrittenFault => ({
        ...{
          kind: 'set-terms',
          atSeconds,
          authority: nameOf(pool),
          pool,
          asset,
          ltvBps: 0,
          status: 'frozen',
        },
        label: `study-terms-${at + 1}`,
      }),
    )
    const changed = { ...scenario, faults: [...scenario.faults, ...terms] }
    return withEntries(changed, 'authorities', Object.entries(authorities))
  },
  remove: (scenario) => withoutAnswers(scenario, ['set-terms']),
}

export const jurisdictions: Control = {
  name: 'jurisdictions',
  title: 'authorities reach only accounts within their jurisdiction',
  setting: 'none: who lives where is the file’s',
  isIn: (scenario) => entriesOf(scenario, 'authorities').some(({ accounts }) => accounts !== undefined),
  add: (scenario) => scenario,
  remove: (scenario) => changedEntries(scenario, 'authorities', ({ accounts: _, ...authority }) => authority),
}

/** Also where they are the only fault: nobody is there any more to be asked. */
function withoutFreezes(scenario: Scenario): Scenario {
  return { ...scenario, faults: scenario.faults.filter(({ kind }) => !FREEZES.includes(kind)) }
}
