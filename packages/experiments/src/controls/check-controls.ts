// The meaning of controls: each guards one market or pool that is there, watches a price that it can see, stops what that contract
// does, and limits an asset that lies in it.
import type { StoppableAction } from '@solvent/protocol'
import { lendingPlaceNames } from '../lending/lending-place.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { checkAuthority } from './check-authorities.ts'
import { checkCollateralCheck } from './collateral-checks.ts'
import type { ScenarioBreaker, ScenarioOutflowLimit } from './control-schema.ts'
import { checkDiscountWindows } from './discount-windows.ts'
import { type GuardedContract, guardedContract } from './guarded-contract.ts'

interface Check {
  readonly scenario: Scenario
  readonly findings: Findings
  readonly warnings: ScenarioWarning[]
}

const DOES: Readonly<Record<GuardedContract['kind'], readonly StoppableAction[]>> = {
  market: ['swap'],
  pool: ['withdraw', 'borrow', 'liquidate'],
}

export function checkControls(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const { controls } = scenario
  if (controls === undefined) return
  const check = { scenario, findings, warnings }
  checkNames(check)
  for (const [name, breaker] of Object.entries(controls.breakers))
    checkBreaker(check, breaker, ['controls', 'breakers', name])
  for (const [name, limit] of Object.entries(controls.outflowLimits))
    checkOutflowLimit(check, limit, ['controls', 'outflowLimits', name])
  for (const [name, collateral] of Object.entries(controls.collateralChecks))
    checkCollateralCheck(scenario, collateral, ['controls', 'collateralChecks', name], findings)
  for (const [name, authority] of Object.entries(controls.authorities))
    checkAuthority(scenario, authority, ['controls', 'authorities', name], findings)
  checkDiscountWindows(scenario, findings, warnings)
}

/** A control is found by its name alone. */
function checkNames({ scenario: { controls }, findings }: Check): void {
  const places = Object.entries(controls ?? {}).flatMap(([section, entries]) =>
    Object.keys(entries).map((name) => ({ section, name })),
  )
  places.forEach(({ section, name }, index) => {
    const first = places.findIndex((each) => each.name === name)
    if (first !== index)
      findings.add('E_REFERENCE', ['controls', section, name], 'two controls have the same name', {
        got: name,
        allowed: `another name: it stands in ${places[first]!.section}`,
      })
  })
}

function checkBreaker({ scenario, findings, warnings }: Check, breaker: ScenarioBreaker, path: Path): void {
  const guarded = checkGuarded(scenario, breaker, path, findings)
  if (guarded === null) return
  const { oracle, stops = [], windowSeconds, haltSeconds } = breaker
  if (oracle !== undefined) {
    const here = Object.entries(scenario.oracles ?? {}).filter(
      ([, each]) => each.chain === guarded.chain && each.kind !== 'uptime',
    )
    findings.reference(
      [...path, 'oracle'],
      `oracle on ${guarded.chain}`,
      oracle,
      here.map(([name]) => name),
    )
  } else if (!guarded.saysPrice)
    findings.add('E_VALUE', path, 'a breaker needs a price to watch', {
      got: 'no oracle',
      allowed: 'an oracle of the chain, or a market that is no stable pool, which says its own',
    })
  stops.forEach((action, index) => {
    if (!DOES[guarded.kind].includes(action))
      findings.add('E_VALUE', [...path, 'stops', index], `a ${guarded.kind} does not do this`, {
        got: action,
        allowed: DOES[guarded.kind].join(', '),
      })
  })
  if (haltSeconds < windowSeconds / 100)
    warnings.push({
      rule: 'short-halt',
      path: path.join('.'),
      message: 'the halt is over in a hundredth of the window: it stops next to nothing',
    })
}

function checkOutflowLimit({ scenario, findings }: Check, limit: ScenarioOutflowLimit, path: Path): void {
  const guarded = checkGuarded(scenario, limit, path, findings)
  if (guarded === null) return
  findings.reference([...path, 'asset'], 'asset that lies there', limit.asset, guarded.assets)
  if (Number(limit.amount) === 0)
    findings.add('E_RANGE', [...path, 'amount'], 'a limit of nothing is a pause', {
      got: limit.amount,
      allowed: 'above 0',
    })
}

function checkGuarded(
  scenario: Scenario,
  named: { readonly market?: string | undefined; readonly pool?: string | undefined },
  path: Path,
  findings: Findings,
): GuardedContract | null {
  const { market, pool } = named
  if ((market === undefined) === (pool === undefined)) {
    findings.add('E_VALUE', path, 'a control guards one contract', {
      got: market === undefined ? 'neither market nor pool' : 'both market and pool',
      allowed: 'market or pool',
    })
    return null
  }
  if (market !== undefined)
    findings.reference(
      [...path, 'market'],
      'market',
      market,
      venuesOf(scenario).map(({ name }) => name),
    )
  else findings.reference([...path, 'pool'], 'lending pool', pool!, lendingPlaceNames(scenario))
  const guarded = guardedContract(scenario, named)
  return guarded !== null && guarded.chain in scenario.chains ? guarded : null
}
