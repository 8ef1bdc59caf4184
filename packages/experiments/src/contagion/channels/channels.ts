// All channels that a study knows, in the order in which a loss runs through them.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Trial } from '../trial.ts'
import { backing } from './backing.ts'
import type { Channel } from './channel.ts'
import { collateral } from './collateral.ts'
import { fees } from './fees.ts'
import { intents } from './intents.ts'
import { inventory } from './inventory.ts'
import { liquidation } from './liquidation.ts'
import { marketDepth } from './market-depth.ts'
import { otherChains } from './other-chains.ts'
import { poolRuns } from './pool-runs.ts'
import { price } from './price.ts'
import { receivables } from './receivables.ts'

export const channels: readonly Channel[] = [
  backing,
  price,
  collateral,
  liquidation,
  marketDepth,
  poolRuns,
  inventory,
  receivables,
  intents,
  fees,
  otherChains,
]

/** Those that a scenario has. */
export function channelsOf(scenario: Scenario, shocked: Trial): Channel[] {
  return channels.filter((channel) => channel.isOpenIn(scenario, shocked))
}
