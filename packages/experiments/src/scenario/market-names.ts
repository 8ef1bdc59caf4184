// The contracts of a scenario's markets: one by the market's name, or several that share its depth.
import type { Scenario } from './scenario-schema.ts'

export type ScenarioMarket = Scenario['markets'][string]

export interface Venue {
  /** Of the contract. */
  readonly name: string
  readonly market: ScenarioMarket
  /** From 0, and how many there are. */
  readonly place: number
  readonly of: number
}

/** All contracts, in the order of the file. */
export function venuesOf(scenario: Pick<Scenario, 'markets'>): Venue[] {
  return Object.entries(scenario.markets).flatMap(([name, market]) =>
    Array.from({ length: market.venues }, (_, place) => ({
      name: market.venues === 1 ? name : `${name}-${place + 1}`,
      market: onChain(market, place),
      place,
      of: market.venues,
    })),
  )
}

/** The market as one of its venues has it: on its chain. */
function onChain(market: ScenarioMarket, place: number): ScenarioMarket {
  const chains = [market.chain, ...market.alsoOn]
  return { ...market, chain: chains[place % chains.length]! }
}

/** The two symbols that a market trades, in its own order. */
export function pairOf(market: ScenarioMarket): readonly [string, string] {
  if (market.kind === 'order-book') return [market.base, market.quote]
  const [first = '', second = ''] = Object.keys(market.reserves)
  return [first, second]
}

/** Who provided its depth; nobody for a book. */
export function providerOf(market: ScenarioMarket): string | undefined {
  return market.kind === 'order-book' ? undefined : market.provider
}

/** Who may provide for markets. */
export function providerNames({ actors, providerCrowds }: Scenario): string[] {
  return [...Object.keys(actors), ...Object.keys(providerCrowds ?? {})]
}

/** All who are named as providers of a market. */
export function providersOf(market: ScenarioMarket): string[] {
  const provider = providerOf(market)
  const named =
    market.kind === 'concentrated' ? market.ranges.map((range) => range.provider ?? provider) : [provider]
  return named.filter((each) => each !== undefined)
}

/** The contracts for which somebody provides. */
export function marketsOfProvider(scenario: Pick<Scenario, 'markets'>, provider: string): string[] {
  return venuesOf(scenario)
    .filter(({ market }) => providersOf(market).includes(provider))
    .map(({ name }) => name)
}

/** What one of the venues holds of an amount: an even part, what does not divide in the first. */
export function partOf(amount: bigint, { place, of }: Pick<Venue, 'place' | 'of'>): bigint {
  const part = amount / BigInt(of)
  return place === 0 ? amount - part * BigInt(of - 1) : part
}
