// Who trades the same asset in several places carries its price from one to the other.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Channel } from './channel.ts'

type Arbitrageur = NonNullable<Scenario['arbitrageurs']>[string]

/** More than there is to gain. */
const OUT_OF_REACH = '1000000000000'

export const otherChains: Channel = {
  name: 'other-chains',
  title: 'prices that arbitrage carries to other chains and markets',
  closedBy: 'arbitrageurs do not trade',
  isOpenIn: ({ arbitrageurs = {} }) => Object.keys(arbitrageurs).length > 0,
  close(scenario) {
    const arbitrageurs = Object.entries(scenario.arbitrageurs ?? {}).map(
      ([name, each]): [string, Arbitrageur] => [name, { ...each, minProfit: OUT_OF_REACH }],
    )
    return { ...scenario, arbitrageurs: Object.fromEntries(arbitrageurs) }
  },
}
