// Changes of the bridges that a shock strikes, and how much they carry.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { struckBridges } from '../shock.ts'

export type Bridge = Scenario['bridges'][string]

export function onStruck(scenario: Scenario, has: (bridge: Bridge) => boolean): boolean {
  return struckBridges(scenario).some((name) => has(scenario.bridges[name]!))
}

export function changedBridges(scenario: Scenario, change: (bridge: Bridge) => Bridge): Scenario {
  const struck = new Set(struckBridges(scenario))
  const bridges = Object.entries(scenario.bridges).map(([name, bridge]): [string, Bridge] => [
    name,
    struck.has(name) ? change(bridge) : bridge,
  ])
  return { ...scenario, bridges: Object.fromEntries(bridges) }
}

export function unitsOf(claims: Readonly<Record<string, string>>): number {
  return Object.values(claims).reduce((sum, claim) => sum + Number(claim), 0)
}

/** Whole cents: an amount that every asset of a scenario can have. */
export function decimal(amount: number): string {
  return amount.toFixed(2)
}
