// From a scenario's controls to their contracts.
import { parseUnits } from '@solvent/primitives'
import {
  type BreakerSpec,
  controlAddress,
  type NetworkControls,
  NO_CONTROLS,
  type OutflowLimitSpec,
  type Party,
} from '@solvent/protocol'
import { oracleAddress } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { assembleAuthorities } from './assemble-authorities.ts'
import { collateralCheckSpec } from './collateral-checks.ts'
import type { ScenarioBreaker, ScenarioOutflowLimit } from './control-schema.ts'
import { guardedContract, guardedDecimals, guardedToken } from './guarded-contract.ts'

const STOPS = { market: ['swap'], pool: ['withdraw', 'borrow', 'liquidate'] } as const

export function assembleControls(
  scenario: Scenario,
  seed: string,
  party: (node: string) => Party,
): NetworkControls {
  const { controls } = scenario
  if (controls === undefined) return NO_CONTROLS
  return {
    breakers: Object.entries(controls.breakers).map(([name, breaker]) =>
      breakerSpec(scenario, name, breaker),
    ),
    outflowLimits: Object.entries(controls.outflowLimits).map(([name, limit]) =>
      outflowLimitSpec(scenario, name, limit),
    ),
    authorities: assembleAuthorities(scenario, seed, party),
    collateralChecks: Object.entries(controls.collateralChecks).map(([name, check]) =>
      collateralCheckSpec(scenario, name, check),
    ),
  }
}

function breakerSpec(scenario: Scenario, name: string, breaker: ScenarioBreaker): BreakerSpec {
  const guarded = guardedContract(scenario, breaker)!
  const { oracle, moveBps, windowSeconds, haltSeconds, stops = STOPS[guarded.kind] } = breaker
  return {
    name,
    address: controlAddress(name),
    chainId: chainIdOf(scenario, guarded.chain),
    guarded: guarded.address,
    watched: oracle === undefined ? guarded.address : oracleAddress(oracle),
    moveBps: BigInt(moveBps),
    windowSeconds,
    haltSeconds,
    stops,
  }
}

function outflowLimitSpec(scenario: Scenario, name: string, limit: ScenarioOutflowLimit): OutflowLimitSpec {
  const guarded = guardedContract(scenario, limit)!
  const { asset, amount, windowSeconds } = limit
  return {
    name,
    address: controlAddress(name),
    chainId: chainIdOf(scenario, guarded.chain),
    guarded: guarded.address,
    token: guardedToken(scenario, guarded, asset),
    amount: parseUnits(amount, guardedDecimals(scenario, asset)),
    windowSeconds,
  }
}
