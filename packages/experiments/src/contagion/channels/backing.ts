// What is locked behind a wrapped asset is gone: everybody who holds it, inventories included, holds less.
import { formatUnits, parseUnits } from '@solvent/primitives'
import { stepSchema } from '../../actors/actor-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { RECAPITALISER } from '../shock.ts'
import type { Trial } from '../trial.ts'
import type { Channel } from './channel.ts'

/** Before the end, so that the watcher still sees the block. */
const BEFORE_END_SECONDS = 120

export const backing: Channel = {
  name: 'backing',
  title: 'wrapped assets that are no longer covered',
  closedBy: 'a recapitaliser from outside refills the lock before the end',
  isOpenIn: (scenario, shocked) => holes(scenario, shocked).length > 0,
  close(scenario, shocked) {
    const refills = holes(scenario, shocked)
    const holdings: Record<string, Record<string, string>> = {}
    for (const { home, asset, amount } of refills) holdings[home] = { ...holdings[home], [asset]: amount }
    const atSeconds = Math.max(0, scenario.durationSeconds - BEFORE_END_SECONDS)
    const steps = refills.map(({ bridge, asset, amount }) =>
      stepSchema.parse({ do: 'refill', bridge, asset, amount, atSeconds }),
    )
    return {
      ...scenario,
      assets: supplied(scenario, refills),
      actors: { ...scenario.actors, [RECAPITALISER]: { holdings, steps } },
    }
  },
}

/** What the recapitaliser brings comes on top of what others have. */
function supplied(scenario: Scenario, refills: ReturnType<typeof holes>): Scenario['assets'] {
  const assets = { ...scenario.assets }
  for (const { asset, amount } of refills) {
    const { supply, decimals } = assets[asset]!
    if (supply === undefined) continue
    const raised = parseUnits(supply, decimals) + parseUnits(amount, decimals)
    assets[asset] = { ...assets[asset]!, supply: formatUnits(raised, decimals) }
  }
  return assets
}

/** Deficits of locks at the end of the run with all channels open. */
function holes(scenario: Scenario, { report }: Trial) {
  return report.bridges.flatMap(({ id, asset, deficit }) => {
    const bridge = scenario.bridges[id]
    if (bridge?.custody.kind !== 'lock-mint' || deficit <= 0n) return []
    const amount = formatUnits(deficit, scenario.assets[asset]!.decimals)
    return [{ bridge: id, asset, amount, home: bridge.assets[asset]!.home }]
  })
}
