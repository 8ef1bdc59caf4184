// From a scenario's liquidation engine to the contract's, and what is wrong with it.
import { MS_PER_SECOND, parseUnits } from '@solvent/primitives'
import type { LiquidationEngine } from '@solvent/protocol'
import { auctionFaults, type ParameterFault } from '@solvent/settlement'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioLendingPool } from './lending-schema.ts'
import { lentDecimals, lentToken } from './lent-asset.ts'

/** To see a block, and to be in the next. */
const LEAST_BLOCKS = 2

/** Dust counts in the coin with the fewest decimals that can be borrowed: one auction is for one debt. */
export function engineOf(scenario: Scenario, pool: ScenarioLendingPool): LiquidationEngine {
  const { engine } = pool
  if (engine.kind === 'fixed-spread') return engine
  if (engine.kind === 'slow') return { ...engine, partBps: BigInt(engine.partBps) }
  const both = {
    penaltyBps: BigInt(engine.penaltyBps),
    lots: Object.entries(engine.lots).map(([lent, most]) => ({
      token: lentToken(scenario, pool.chain, lent),
      most: parseUnits(most, lentDecimals(scenario, lent)),
    })),
  }
  if (engine.kind === 'english') {
    const { raiseBps, bidSeconds, auctionSeconds } = engine
    return { kind: 'english', ...both, raiseBps: BigInt(raiseBps), bidSeconds, auctionSeconds }
  }
  const { startBps, floorBps, tailSeconds, dust, decrease } = engine
  return {
    ...{ kind: 'dutch', ...both, tailSeconds },
    startBps: BigInt(startBps),
    floorBps: BigInt(floorBps),
    dust: parseUnits(dust, dustDecimals(scenario, pool)),
    decrease: decrease.kind === 'linear' ? decrease : { ...decrease, keptBps: BigInt(decrease.keptBps) },
  }
}

/** Checks an engine whose pool's reserves exist; the faults of its parameters are for the caller to tell. */
export function checkEngine(
  scenario: Scenario,
  pool: ScenarioLendingPool,
  path: Path,
  findings: Findings,
): ParameterFault[] {
  const { engine, reserves } = pool
  if (engine.kind === 'fixed-spread' || engine.kind === 'slow') return auctionFaults(engineOf(scenario, pool))
  const before = findings.problems.length
  for (const [lent, most] of Object.entries(engine.lots)) {
    const at = [...path, 'lots', lent]
    if (!findings.reference(at, 'reserve of the pool', lent, Object.keys(reserves))) continue
    checkAmount(most, { symbol: lent, decimals: lentDecimals(scenario, lent) }, at, findings)
  }
  if (engine.kind === 'dutch') {
    const decimals = dustDecimals(scenario, pool)
    checkAmount(engine.dust, { symbol: 'the debt', decimals }, [...path, 'dust'], findings)
  }
  return findings.problems.length > before
    ? []
    : [...auctionFaults(engineOf(scenario, pool)), ...blockFaults(scenario, pool)]
}

/** What runs, and leaves nobody the time to act: whoever answers a block is in the next one at the earliest. */
function blockFaults(scenario: Scenario, { chain, engine }: ScenarioLendingPool): ParameterFault[] {
  const slotSeconds = scenario.chains[chain]!.slotMs / MS_PER_SECOND
  const least = LEAST_BLOCKS * slotSeconds
  const times: readonly (readonly [number, string])[] =
    engine.kind === 'english'
      ? [
          [engine.bidSeconds, 'bidSeconds: a bid ends before another keeper can answer it'],
          [engine.auctionSeconds, 'auctionSeconds: an auction ends before keepers can bid'],
        ]
      : engine.kind === 'dutch'
        ? [
            [engine.tailSeconds, 'tailSeconds: an auction is too old before anybody can buy'],
            ...(engine.decrease.kind === 'linear'
              ? [[engine.decrease.seconds, 'decrease: the price is 0 before anybody can buy'] as const]
              : []),
          ]
        : []
  return times
    .filter(([seconds]) => seconds < least)
    .map(([seconds, reason]) => ({
      severity: 'dubious',
      reason: `${reason} (${seconds} s, blocks of ${slotSeconds} s)`,
    }))
}

function dustDecimals(scenario: Scenario, { reserves }: ScenarioLendingPool): number {
  const borrowable = Object.entries(reserves).filter(([, { borrowing }]) => borrowing === 'enabled')
  return Math.min(18, ...borrowable.map(([lent]) => lentDecimals(scenario, lent)))
}
