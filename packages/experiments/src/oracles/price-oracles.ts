// Which oracles say what something is worth: neither whether a sequencer is up, nor how sound contracts are.
import type { Scenario } from '../scenario/scenario-schema.ts'

/** Names of those on a chain, in the file's order. */
export function priceOraclesOn({ oracles = {} }: Scenario, chain: string): string[] {
  return Object.keys(oracles).filter((name) => {
    const { chain: on, kind } = oracles[name]!
    return on === chain && kind !== 'uptime' && kind !== 'measure'
  })
}
