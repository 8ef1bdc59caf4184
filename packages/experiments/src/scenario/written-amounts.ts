// Every amount that a scenario's sections give, with its place and what it counts. Faults are apart (fault-amounts.ts), since
// an operator gives them one by one, and what they leave open is drawn.
import { stepAmounts } from '../actors/step-amounts.ts'
import { derivativeAmounts } from '../derivatives/derivative-amounts.ts'
import type { Path } from './findings.ts'
import { ofAsset, ofAssets, ofGwei, ofNumeraire, ofPrice, type WrittenAmount } from './fineness.ts'
import type { Scenario } from './scenario-schema.ts'

type Section = (scenario: Scenario) => WrittenAmount[]

export function writtenAmounts(scenario: Scenario): WrittenAmount[] {
  const sections: readonly Section[] = [
    ofPrices,
    ofChains,
    ofBridges,
    ofMarkets,
    ofLending,
    ofSolvers,
    ofUsers,
    ofTraders,
    ofMakers,
    ofActors,
  ]
  return sections.flatMap((section) => section(scenario))
}

function each<T>(
  section: string,
  entries: Readonly<Record<string, T>> | undefined,
  amounts: (value: T, path: readonly string[], name: string) => WrittenAmount[],
): WrittenAmount[] {
  return Object.entries(entries ?? {}).flatMap(([name, value]) => amounts(value, [section, name], name))
}

/** Chain → symbol → amount. */
function byChain(
  scenario: Scenario,
  holdings: Readonly<Record<string, Readonly<Record<string, string>>>>,
  path: Path,
): WrittenAmount[] {
  return Object.entries(holdings).flatMap(([chain, amounts]) =>
    ofAssets(scenario, amounts, [...path, chain], chain),
  )
}

const ofPrices: Section = (scenario) => [
  ...each('assets', scenario.assets, ({ price, supply }, path, symbol) => [
    ...ofPrice(price, [...path, 'price']),
    ...ofAsset(scenario, symbol, supply, [...path, 'supply']),
  ]),
  ...Object.entries(scenario.prices?.paths ?? {}).flatMap(([symbol, points]) =>
    points.flatMap(({ price }, index) => ofPrice(price, ['prices', 'paths', symbol, index, 'price'])),
  ),
  ...each('oracles', scenario.oracles, (oracle, path) => {
    switch (oracle.kind) {
      case 'feed':
        return [
          ...ofPrice(oracle.minAnswer, [...path, 'minAnswer']),
          ...ofPrice(oracle.maxAnswer, [...path, 'maxAnswer']),
        ]
      case 'peg':
        return ofPrice(oracle.price, [...path, 'price'])
      case 'capped-rate':
        return ofPrice(oracle.snapshotRate, [...path, 'snapshotRate'])
      default:
        return []
    }
  }),
]

const ofChains: Section = (scenario) =>
  each('chains', scenario.chains, (chain, path) => {
    const ofGas = (amount: string | undefined, key: string, ...place: string[]) =>
      ofAsset(scenario, scenario.gasAsset, amount, [...path, ...place, key])
    const { preconfirmations: promises } = chain
    return [
      ...gasPrices(chain, path),
      ...ofGas(chain.kind === 'optimistic' ? chain.rootBond : undefined, 'rootBond'),
      ...ofGas(chain.kind === 'zk' ? chain.proverFee : undefined, 'proverFee'),
      ...ofGas(promises?.bond, 'bond', 'preconfirmations'),
      ...ofGas(promises?.penalty, 'penalty', 'preconfirmations'),
    ]
  })

/** Whatever is called so many gwei. */
function gasPrices(value: unknown, path: Path): WrittenAmount[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && key.endsWith('Gwei')
      ? ofGwei(inner, [...path, key])
      : gasPrices(inner, [...path, key]),
  )
}

const ofBridges: Section = (scenario) =>
  each('bridges', scenario.bridges, (bridge, path) => {
    const { custody, verification, limiter, departureLimits, withdrawalCap, assets } = bridge
    const ofGas = (amount: string, ...place: string[]) =>
      ofAsset(scenario, scenario.gasAsset, amount, [...path, ...place])
    return [
      ...(custody.kind === 'hash-lock' ? ofGas(custody.safetyDeposit, 'custody', 'safetyDeposit') : []),
      ...(verification.kind === 'optimistic' ? ofGas(verification.bond, 'verification', 'bond') : []),
      ...ofAssets(scenario, withdrawalCap, [...path, 'withdrawalCap']),
      ...departureLimits.flatMap(({ asset, from, capacity, perSecond }, index) =>
        Object.entries({ capacity, perSecond }).flatMap(([key, amount]) =>
          ofAsset(scenario, asset, amount, [...path, 'departureLimits', index, key], from),
        ),
      ),
      ...Object.entries(limiter?.chains ?? {}).flatMap(([chain, { single, window }]) => [
        ...ofNumeraire(scenario, single, [...path, 'limiter', 'chains', chain, 'single']),
        ...ofNumeraire(scenario, window, [...path, 'limiter', 'chains', chain, 'window']),
      ]),
      ...Object.entries(limiter?.floors ?? {}).flatMap(([symbol, floor]) =>
        ofPrice(floor, [...path, 'limiter', 'floors', symbol]),
      ),
      ...Object.entries(assets).flatMap(([symbol, route]) =>
        (['claims', 'liquidity'] as const).flatMap((key) =>
          Object.entries(route[key]).flatMap(([chain, amount]) =>
            claimed(scenario, symbol, amount, [...path, 'assets', symbol, key, chain], chain),
          ),
        ),
      ),
    ]
  })

/** What is on a far chain is locked at home, and counts there, too. */
function claimed(
  scenario: Scenario,
  symbol: string,
  amount: string,
  path: Path,
  chain: string,
): WrittenAmount[] {
  const sides = [
    ...ofAsset(scenario, symbol, amount, path, chain),
    ...ofAsset(scenario, symbol, amount, path),
  ]
  return sides.sort((a, b) => a.decimals - b.decimals).slice(0, 1)
}

const ofMarkets: Section = (scenario) => [
  ...each('markets', scenario.markets, (market, path) =>
    market.kind === 'order-book' ? [] : ofAssets(scenario, market.reserves, [...path, 'reserves']),
  ),
  ...derivativeAmounts(scenario),
]

const ofLending: Section = (scenario) => [
  ...each('lending', scenario.lending, ({ reserves, positions, insurance }, path) => [
    ...ofAssets(scenario, insurance?.stake ?? {}, [...path, 'insurance', 'stake']),
    ...Object.entries(reserves).flatMap(([lent, { floor, cap }]) => [
      ...ofPrice(floor, [...path, 'reserves', lent, 'floor']),
      ...ofPrice(cap, [...path, 'reserves', lent, 'cap']),
    ]),
    ...Object.entries(positions).flatMap(([holder, position]) =>
      (['supplied', 'collateral', 'borrowed'] as const).flatMap((side) =>
        ofAssets(scenario, position[side], [...path, 'positions', holder, side]),
      ),
    ),
  ]),
  ...each('isolatedMarkets', scenario.isolatedMarkets, ({ loan, collateral, positions }, path) =>
    Object.entries(positions).flatMap(([holder, position]) => [
      ...ofAsset(scenario, loan, position.supplied, [...path, 'positions', holder, 'supplied']),
      ...ofAsset(scenario, collateral, position.collateral, [...path, 'positions', holder, 'collateral']),
      ...ofAsset(scenario, loan, position.borrowed, [...path, 'positions', holder, 'borrowed']),
    ]),
  ),
  ...Object.entries(scenario.controls?.outflowLimits ?? {}).flatMap(([name, { asset, amount }]) =>
    ofAsset(scenario, asset, amount, ['controls', 'outflowLimits', name, 'amount']),
  ),
  ...Object.entries(scenario.controls?.collateralChecks ?? {}).flatMap(([name, { asset, most }]) =>
    ofAsset(scenario, asset, most, ['controls', 'collateralChecks', name, 'most']),
  ),
  ...each('populations', scenario.populations, (population, path) => {
    const lent = population.kind === 'suppliers' ? population.asset : population.collateral
    return ofAsset(scenario, lent, population.amount, [...path, 'amount'])
  }),
]

const ofSolvers: Section = (scenario) =>
  each('solvers', scenario.solvers, ({ inventory, borrowed, risk }, path) => [
    ...byChain(scenario, inventory, [...path, 'inventory']),
    ...ofAssets(scenario, borrowed, [...path, 'borrowed']),
    ...ofNumeraire(scenario, risk.maxExposurePerBridge, [...path, 'risk', 'maxExposurePerBridge']),
    ...risk.confirmations.flatMap(({ upTo }, index) =>
      ofNumeraire(scenario, upTo, [...path, 'risk', 'confirmations', index, 'upTo']),
    ),
  ])

const ofUsers: Section = (scenario) =>
  each('users', scenario.users, ({ holdings, value }, path) => [
    ...byChain(scenario, holdings, [...path, 'holdings']),
    ...ofNumeraire(scenario, value.from, [...path, 'value', 'from']),
    ...ofNumeraire(scenario, value.to, [...path, 'value', 'to']),
  ])

/** Keepers and arbitrageurs. */
const ofTraders: Section = (scenario) => [
  ...each('keepers', scenario.keepers, ({ holdings, minProfit }, path) => [
    ...ofAssets(scenario, holdings, [...path, 'holdings']),
    ...ofNumeraire(scenario, minProfit, [...path, 'minProfit']),
  ]),
  ...each('arbitrageurs', scenario.arbitrageurs, ({ inventory, minProfit }, path) => [
    ...byChain(scenario, inventory, [...path, 'inventory']),
    ...ofNumeraire(scenario, minProfit, [...path, 'minProfit']),
  ]),
]

const ofMakers: Section = (scenario) => [
  ...each('marketMakers', scenario.marketMakers, ({ inventory }, path) =>
    ofAssets(scenario, inventory, [...path, 'inventory']),
  ),
  ...each('traders', scenario.traders, ({ holdings }, path) =>
    ofAssets(scenario, holdings, [...path, 'holdings']),
  ),
]

const ofActors: Section = (scenario) =>
  each('actors', scenario.actors, ({ holdings, steps }, path) => [
    ...byChain(scenario, holdings, [...path, 'holdings']),
    ...steps.flatMap((step, index) => stepAmounts(scenario, step, [...path, 'steps', index])),
  ])
