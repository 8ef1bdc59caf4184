// Solvers that were hit, or fear to be, fill less: orders expire.
import { type Scenario, scenarioSchema } from '../../scenario/scenario-schema.ts'
import type { Channel } from './channel.ts'

const BACKSTOP = 'backstop'
/** Bids last: above what others ask, and within what users allow by default. */
const MARGIN_BPS = 30

export const intents: Channel = {
  name: 'intents',
  title: 'orders that nobody fills any more',
  closedBy: `a solver from outside with ample stocks of unwrapped assets fills at ${MARGIN_BPS} bps what others leave`,
  isOpenIn: ({ users }) => Object.keys(users).length > 0,
  close(scenario) {
    const backstop = {
      strategy: { kind: 'cost-plus', marginBps: MARGIN_BPS },
      inventory: stocks(scenario),
      risk: { maxExposurePerBridge: '1000000000000', maxConcurrentOrders: 10_000 },
    }
    const added = scenarioSchema.shape.solvers.parse({ [BACKSTOP]: backstop })
    return { ...scenario, solvers: { ...scenario.solvers, ...added } }
  },
}

/** Enough of every unwrapped output for all orders to ask for it at their largest. */
function stocks(scenario: Scenario): Record<string, Record<string, string>> {
  const held: Record<string, Record<string, string>> = {}
  for (const chain of Object.keys(scenario.chains)) held[chain] = { [scenario.gasAsset]: '1000' }
  for (const { pairs, orders, value } of Object.values(scenario.users))
    for (const { to } of pairs) {
      if (isWrapped(scenario, to)) continue
      const units = Math.ceil((orders * Number(value.to)) / Number(scenario.assets[to.asset]!.price))
      const before = Number(held[to.chain]![to.asset] ?? '0')
      held[to.chain]![to.asset] = String(before + units)
    }
  return held
}

function isWrapped({ bridges }: Scenario, { chain, asset }: { chain: string; asset: string }): boolean {
  return Object.values(bridges).some(
    ({ custody, assets }) => custody.kind === 'lock-mint' && assets[asset]?.claims[chain] !== undefined,
  )
}
