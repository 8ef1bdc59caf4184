// Buckets on the lanes of a struck bridge, by the rules of Chainlink CCIP's token pools (RateLimiter.sol).
import type { Control } from './control.ts'
import { changedBridges, decimal, onStruck } from './struck-bridge.ts'

/** As much as a cap on one withdrawal, and again in a day. */
const CAPACITY_SHARE = 0.01
const DAY_SECONDS = 86_400
const RATE_DECIMALS = 6

export const departureLimit: Control = {
  name: 'departure-limit',
  title: 'what may leave a chain for another, as a bucket that fills again',
  setting: "1 % of the far chain's claims at the start, and as much again in a day",
  isIn: (scenario) => onStruck(scenario, ({ departureLimits }) => departureLimits.length > 0),
  add: (scenario) =>
    changedBridges(scenario, (bridge) => {
      if (bridge.departureLimits.length > 0) return bridge
      const departureLimits = Object.entries(bridge.assets).flatMap(([asset, { home, claims }]) =>
        Object.entries(claims).flatMap(([far, claimed]) => {
          const units = Number(claimed) * CAPACITY_SHARE
          const decimals = Math.min(RATE_DECIMALS, scenario.assets[asset]!.decimals)
          const limits = {
            asset,
            capacity: decimal(units),
            perSecond: (units / DAY_SECONDS).toFixed(decimals),
          }
          return [
            { ...limits, from: far, to: home },
            { ...limits, from: home, to: far },
          ]
        }),
      )
      return { ...bridge, departureLimits }
    }),
  remove: (scenario) => changedBridges(scenario, (bridge) => ({ ...bridge, departureLimits: [] })),
}
