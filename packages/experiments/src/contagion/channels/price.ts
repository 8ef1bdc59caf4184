// Markets fall because thieves and those who flee sell, and oracles carry the price to whoever asks them.
import type { Channel } from './channel.ts'
import { without } from './left-out-faults.ts'
import { hasStep, withoutSteps } from './left-out-steps.ts'
import { isSale } from './shock-sales.ts'

export const price: Channel = {
  name: 'price',
  title: 'prices that fall on markets and in oracles',
  closedBy: 'thieves and those who flee sell nothing, and oracles tell what the world outside pays',
  isOpenIn: (scenario) =>
    Object.values(scenario.oracles ?? {}).some(
      (oracle) => oracle.kind === 'feed' && oracle.market !== undefined,
    ) ||
    scenario.faults.some(({ kind }) => isPriceFault(kind)) ||
    hasStep(scenario, isSale),
  close(scenario) {
    const told = without(withoutSteps(scenario, isSale), isPriceFault)
    if (told.oracles === undefined) return told
    const oracles = Object.entries(told.oracles).map(([name, oracle]) => {
      if (oracle.kind !== 'feed') return [name, oracle] as const
      const { market: _, ...outside } = oracle
      return [name, outside] as const
    })
    return { ...told, oracles: Object.fromEntries(oracles) }
  },
}

/** Sales, and what oracles say of prices. */
function isPriceFault(kind: string): boolean {
  return kind === 'depeg' || kind.startsWith('oracle-')
}
