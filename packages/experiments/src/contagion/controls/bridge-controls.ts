// Controls of the bridges that a shock strikes: limits by value, the verifiers' accountant, caps on withdrawals.
import { limiterSchema } from '../../scenario/bridge-controls-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { struckBridges } from '../shock.ts'
import type { Control } from './control.ts'

type Bridge = Scenario['bridges'][string]

const SINGLE_SHARE = 0.0025
const WINDOW_SHARE = 0.01
/** Ronin's cap of 2024 kept the loss near 1.4 % of the pool. */
const CAP_SHARE = 0.01

export const limiter: Control = {
  name: 'limiter',
  title: 'what leaves a chain in a day, by value',
  setting:
    '1 % a day of what the bridge carries at the start, a quarter of a per cent in one transfer; more waits for a day',
  isIn: (scenario) => onStruck(scenario, (bridge) => bridge.limiter !== undefined),
  add: (scenario) =>
    changed(scenario, (bridge) => {
      if (bridge.limiter !== undefined) return bridge
      const carried = Object.entries(bridge.assets).reduce(
        (sum, [asset, { claims }]) => sum + unitsOf(claims) * Number(scenario.assets[asset]!.price),
        0,
      )
      const limits = { single: decimal(carried * SINGLE_SHARE), window: decimal(carried * WINDOW_SHARE) }
      const written = {
        chains: Object.fromEntries(Object.keys(scenario.chains).map((chain) => [chain, limits])),
        floors: Object.fromEntries(
          Object.keys(bridge.assets).map((asset) => [asset, scenario.assets[asset]!.price]),
        ),
      }
      return { ...bridge, limiter: limiterSchema.parse(written) }
    }),
  remove: (scenario) => changed(scenario, ({ limiter: _, ...bridge }) => bridge),
}

export const accountant: Control = {
  name: 'accountant',
  title: 'verifiers attest no transfer that its source cannot have',
  setting: 'on',
  isIn: (scenario) => onStruck(scenario, (bridge) => bridge.accountant),
  add: (scenario) => changed(scenario, (bridge) => ({ ...bridge, accountant: true })),
  remove: (scenario) => changed(scenario, (bridge) => ({ ...bridge, accountant: false })),
}

export const withdrawalCap: Control = {
  name: 'withdrawal-cap',
  title: 'the most that one transfer may release at home',
  setting: '1 % of the claims at the start',
  isIn: (scenario) => onStruck(scenario, (bridge) => Object.keys(bridge.withdrawalCap).length > 0),
  add: (scenario) =>
    changed(scenario, (bridge) => {
      const caps = Object.entries(bridge.assets).map(([asset, { claims }]) => [
        asset,
        bridge.withdrawalCap[asset] ?? decimal(unitsOf(claims) * CAP_SHARE),
      ])
      return { ...bridge, withdrawalCap: Object.fromEntries(caps) }
    }),
  remove: (scenario) => changed(scenario, (bridge) => ({ ...bridge, withdrawalCap: {} })),
}

function onStruck(scenario: Scenario, has: (bridge: Bridge) => boolean): boolean {
  return struckBridges(scenario).some((name) => has(scenario.bridges[name]!))
}

function changed(scenario: Scenario, change: (bridge: Bridge) => Bridge): Scenario {
  const struck = new Set(struckBridges(scenario))
  const bridges = Object.entries(scenario.bridges).map(([name, bridge]): [string, Bridge] => [
    name,
    struck.has(name) ? change(bridge) : bridge,
  ])
  return { ...scenario, bridges: Object.fromEntries(bridges) }
}

function unitsOf(claims: Readonly<Record<string, string>>): number {
  return Object.values(claims).reduce((sum, claim) => sum + Number(claim), 0)
}

/** Whole cents: an amount that every asset of a scenario can have. */
function decimal(amount: number): string {
  return amount.toFixed(2)
}
