// Controls of the bridges that a shock strikes: limits by value, the verifiers' accountant, caps on withdrawals.
import { bridgeControlKeys, limiterSchema } from '../../scenario/bridge-controls-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { type Bridge, changedBridges, decimal, onStruck, unitsOf } from './struck-bridge.ts'

/** Faults that are about limits. */
const VOTES: ReadonlySet<string> = new Set(['vote', 'limiter-price'])

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
    changedBridges(scenario, (bridge) => {
      if (bridge.limiter !== undefined) return bridge
      return { ...bridge, limiter: limiterSchema.parse(limitsByValue(scenario, bridge)) }
    }),
  remove: (scenario) => withoutVotes(changedBridges(scenario, ({ limiter: _, ...bridge }) => bridge)),
}

export const governor: Control = {
  name: 'governor',
  title: 'the same limits kept by the verifiers before they sign',
  setting: 'as the limiter; bridges with a quorum of verifiers',
  isIn: (scenario) => onStruck(scenario, (bridge) => bridge.governor !== undefined),
  add: (scenario) =>
    changedBridges(scenario, (bridge) =>
      bridge.governor !== undefined || bridge.verification.kind !== 'quorum'
        ? bridge
        : { ...bridge, governor: bridgeControlKeys.governor.parse(limitsByValue(scenario, bridge)) },
    ),
  remove: (scenario) => withoutVotes(changedBridges(scenario, ({ governor: _, ...bridge }) => bridge)),
}

export const accountant: Control = {
  name: 'accountant',
  title: 'verifiers attest no transfer that its source cannot have',
  setting: 'on, at bridges with a quorum of verifiers',
  isIn: (scenario) => onStruck(scenario, (bridge) => bridge.accountant),
  add: (scenario) =>
    changedBridges(scenario, (bridge) =>
      bridge.verification.kind === 'quorum' ? { ...bridge, accountant: true } : bridge,
    ),
  remove: (scenario) => changedBridges(scenario, (bridge) => ({ ...bridge, accountant: false })),
}

export const withdrawalCap: Control = {
  name: 'withdrawal-cap',
  title: 'the most that one transfer may release at home',
  setting: '1 % of the claims at the start',
  isIn: (scenario) => onStruck(scenario, (bridge) => Object.keys(bridge.withdrawalCap).length > 0),
  add: (scenario) =>
    changedBridges(scenario, (bridge) => {
      const caps = Object.entries(bridge.assets).map(([asset, { claims }]) => [
        asset,
        bridge.withdrawalCap[asset] ?? decimal(unitsOf(claims) * CAP_SHARE),
      ])
      return { ...bridge, withdrawalCap: Object.fromEntries(caps) }
    }),
  remove: (scenario) => changedBridges(scenario, (bridge) => ({ ...bridge, withdrawalCap: {} })),
}

function limitsByValue(scenario: Scenario, { assets }: Bridge) {
  const carried = Object.entries(assets).reduce(
    (sum, [asset, { claims }]) => sum + unitsOf(claims) * Number(scenario.assets[asset]!.price),
    0,
  )
  const limits = { single: decimal(carried * SINGLE_SHARE), window: decimal(carried * WINDOW_SHARE) }
  return {
    chains: Object.fromEntries(Object.keys(scenario.chains).map((chain) => [chain, limits])),
    floors: Object.fromEntries(Object.keys(assets).map((asset) => [asset, scenario.assets[asset]!.price])),
  }
}

/** Where no limit is left nobody votes on what waits for it. */
function withoutVotes(scenario: Scenario): Scenario {
  const faults = scenario.faults.filter(({ kind, bridge }) => {
    const { limiter: limits, governor: kept } = scenario.bridges[String(bridge)] ?? {}
    return !VOTES.has(kind) || limits !== undefined || kept !== undefined
  })
  return { ...scenario, faults }
}
