// What a watcher looks at for early warning. Each is a number that does not move while nothing happens.
import { type NetworkSpec, type PriceBook, priceAt } from '@solvent/protocol'
import type { Gathered } from '../build-report.ts'

export const warningSignals = [
  'order-flow',
  'backing',
  'oracle-deviation',
  'utilisation',
  'governance',
  'volatility',
] as const
export type WarningSignal = (typeof warningSignals)[number]

/** What counts as no news: the least standard deviation of each. */
export const leastDeviations: Readonly<Record<WarningSignal, number>> = {
  'order-flow': 1,
  backing: 0.002,
  'oracle-deviation': 0.002,
  utilisation: 0.01,
  governance: 0.5,
  volatility: 0.001,
}

/** What has been seen at one moment; order flow is a count since the start. */
export type WarningSample = Readonly<Record<WarningSignal, number>>

export function warningSample(
  { spec, prices }: { readonly spec: NetworkSpec; readonly prices: PriceBook },
  { auditor, books }: Gathered,
  { nowMs, sinceMs }: { readonly nowMs: number; readonly sinceMs: number },
): WarningSample {
  const now = Math.floor(nowMs / 1_000)
  const backing = auditor.backing()
  const covered = backing.map(({ locked, issued, minted, inTransit }) => {
    const claims = Number(minted + inTransit)
    return claims === 0 ? 1 : Math.min(1, Number(locked > issued ? locked : issued) / claims)
  })
  const lent = backing.flatMap(({ pools }) =>
    pools.map(({ cash, value }) => (value > 0n ? 1 - Number(cash) / Number(value) : 0)),
  )
  const paused = spec.bridges.filter(({ address }) =>
    spec.chains.some(({ chainId }) => auditor.pausedBy(chainId, address, now) !== null),
  )
  return {
    'order-flow': books.orders.orders.size,
    backing: Math.min(1, ...covered),
    'oracle-deviation': oracleDeviation(prices, books.credit.oracles(now), nowMs - spec.genesisMs),
    utilisation: Math.max(0, ...lent, ...books.credit.reserves(now).map(({ utilisation }) => utilisation)),
    governance: paused.length + decisions(books, now),
    volatility: meanOf([
      ...pricesMoved(prices, nowMs - spec.genesisMs, sinceMs - spec.genesisMs),
      ...books.markets.movesSince(Math.floor(sinceMs / 1_000)),
    ]),
  }
}

/** The largest distance of an answer on a chain from the price outside. */
function oracleDeviation(
  prices: PriceBook,
  answers: readonly { readonly asset: string; readonly priceE8: bigint | null }[],
  elapsedMs: number,
): number {
  const distances = answers.map(({ asset, priceE8 }) => {
    if (priceE8 === null || !prices.some(({ symbol }) => symbol === asset)) return 0
    const outside = Number(priceAt(prices, asset, elapsedMs))
    return outside === 0 ? 0 : Math.abs(Number(priceE8) / outside - 1)
  })
  return Math.max(0, ...distances)
}

/** What people have decided so far: sets of verifiers that took another's place, measures that were proposed, halts of trading. */
function decisions({ rotations, controls }: Gathered['books'], now: number): number {
  return [
    ...rotations.outcomes().map(({ rotated }) => rotated),
    ...controls.authorities().map(({ proposed }) => proposed),
    ...controls.breakers(now).map(({ trips }) => trips),
  ].reduce((sum, each) => sum + each, 0)
}

/** Absolute returns of all prices outside since the last sample. */
function pricesMoved(prices: PriceBook, elapsedMs: number, sinceMs: number): number[] {
  return prices.map(({ symbol }) => {
    const before = Number(priceAt(prices, symbol, Math.max(0, sinceMs)))
    return before === 0 ? 0 : Math.abs(Number(priceAt(prices, symbol, elapsedMs)) / before - 1)
  })
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length
}
