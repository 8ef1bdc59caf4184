// The meaning of markets: two assets that exist on the chain, something of both, a fee below everything.
import { parseUnits } from '@solvent/primitives'
import { FEE_PIPS } from '@solvent/protocol'
import { checkAmount } from './check-amount.ts'
import { checkAssetOn, checkHoldings } from './check-holdings.ts'
import { checkMarketCrowds } from './check-market-crowds.ts'
import { checkMarketMakers, checkOrderBook } from './check-order-books.ts'
import { checkRanges } from './check-ranges.ts'
import { checkSourcing } from './check-sourcing.ts'
import { feePips } from './fee-pips.ts'
import type { Findings, Path } from './findings.ts'
import { pairOf, providerNames, providerOf, type ScenarioMarket, venuesOf } from './market-names.ts'
import type { Scenario } from './scenario-schema.ts'

/** Of each asset; a first provision of less would be worth no share (v2-core: 1,000 are locked). */
const LEAST_RESERVE = 1_000n
export function checkMarkets(scenario: Scenario, findings: Findings): void {
  checkNames(scenario, findings)
  checkArbitrageurs(scenario, findings)
  checkMarketMakers(scenario, findings)
  checkMarketCrowds(scenario, findings)
  checkSourcing(scenario, findings)
  for (const [name, market] of Object.entries(scenario.markets)) {
    const path = ['markets', name]
    checkFee(market, [...path, 'feeBps'], findings)
    if (market.kind === 'stable-swap' && Number(market.rate) === 0)
      findings.add('E_RANGE', [...path, 'rate'], 'a rate of zero makes one asset worthless', {
        got: market.rate,
        allowed: 'above 0',
      })
    const provider = providerOf(market)
    if (provider !== undefined)
      findings.reference([...path, 'provider'], 'actor or crowd', provider, providerNames(scenario))
    if (!findings.reference([...path, 'chain'], 'chain', market.chain, Object.keys(scenario.chains))) continue
    const isKnown = market.alsoOn.map((chain, index) =>
      findings.reference([...path, 'alsoOn', index], 'chain', chain, Object.keys(scenario.chains)),
    )
    if (isKnown.includes(false)) continue
    if (market.alsoOn.length >= market.venues)
      findings.add('E_VALUE', [...path, 'alsoOn'], 'there are more chains than venues', {
        got: `${market.alsoOn.length + 1} chains, venues: ${market.venues}`,
        allowed: 'a venue for each chain at least',
      })
    if (market.kind === 'order-book') {
      checkOrderBook(scenario, market, path, findings)
      continue
    }
    checkReserves(scenario, market, [...path, 'reserves'], findings)
    if (market.kind === 'concentrated') checkRanges(scenario, name, findings)
  }
}

/** Somebody who trades between markets knows two of one pair, and has something to trade with. */
function checkArbitrageurs(scenario: Scenario, findings: Findings): void {
  const venues = venuesOf(scenario)
  const names = venues.map(({ name }) => name)
  for (const [name, { markets = names, stablecoins, inventory }] of Object.entries(
    scenario.arbitrageurs ?? {},
  )) {
    const path = ['arbitrageurs', name]
    markets.forEach((market, index) =>
      findings.reference([...path, 'markets', index], 'market', market, names),
    )
    checkHoldings(scenario, inventory, [...path, 'inventory'], findings)
    stablecoins.forEach((coin, index) => {
      const at = [...path, 'stablecoins', index]
      const known = Object.keys(scenario.stablecoins ?? {})
      if (findings.reference(at, 'stablecoin', coin, known)) checkPeg(scenario, coin, markets, at, findings)
    })
    if (stablecoins.length > 0) continue
    const pairs = venues
      .filter((venue) => markets.includes(venue.name))
      .map(({ market }) => [...pairOf(market)].sort().join('/'))
    if (!pairs.some((pair, index) => pairs.indexOf(pair) !== index))
      findings.add('E_VALUE', [...path, 'markets'], 'there is nothing to trade between', {
        got: pairs.join(', ') || 'no market',
        allowed: 'two markets of the same two assets, or one with venues',
      })
  }
}

/** Whoever trades on a peg has to know the market of the token, and one where the stablecoin is traded for the same dollars. */
function checkPeg(
  scenario: Scenario,
  coin: string,
  markets: readonly string[],
  path: Path,
  findings: Findings,
): void {
  const { stable, token, chain, market } = scenario.stablecoins![coin]!
  const known = venuesOf(scenario).filter(({ name }) => markets.includes(name))
  const ofToken = known.find(({ name }) => name === market)
  if (ofToken === undefined)
    return findings.add('E_VALUE', path, `what ${coin} gives is sold on ${market}`, {
      got: markets.join(', '),
      allowed: `${market} among its markets`,
    })
  const dollar = pairOf(ofToken.market).find((symbol) => symbol !== token)!
  const pair = [stable, dollar].sort().join('/')
  if (known.some((each) => each.market.chain === chain && [...pairOf(each.market)].sort().join('/') === pair))
    return
  findings.add('E_VALUE', path, `there is nowhere to buy ${stable}`, {
    got: markets.join(', '),
    allowed: `a market of ${stable} and ${dollar} on ${chain} among its markets`,
  })
}

function checkFee(market: ScenarioMarket, path: Path, findings: Findings): void {
  if (market.kind === 'stable-swap' && feePips(market) > FEE_PIPS / 2)
    findings.add('E_RANGE', path, 'a stable pool keeps at most half of what goes out (Curve, MAX_FEE)', {
      got: market.feeBps,
      allowed: 'from 0 to 5000',
    })
  else if (feePips(market) >= FEE_PIPS)
    findings.add('E_RANGE', path, 'a fee of everything leaves nothing to trade', {
      got: market.feeBps,
      allowed: 'from 0 to below 10000',
    })
}

/** A venue of one market may not have the name of another. */
function checkNames(scenario: Scenario, findings: Findings): void {
  const names = venuesOf(scenario).map(({ name }) => name)
  const clash = names.find((each, index) => names.indexOf(each) !== index)
  if (clash === undefined) return
  findings.add('E_REFERENCE', ['markets', clash], 'two markets have the same name', {
    got: clash,
    allowed: 'names that differ also from the venues of a split market (name-1, name-2, …)',
  })
}

function checkReserves(
  scenario: Scenario,
  market: Exclude<ScenarioMarket, { kind: 'order-book' }>,
  path: Path,
  findings: Findings,
): void {
  const symbols = Object.keys(market.reserves)
  if (symbols.length !== 2)
    findings.add(
      'E_VALUE',
      path,
      symbols.length < 2 ? 'a pool without assets has no price' : 'a pair has two assets',
      {
        got: symbols.length === 0 ? 'none' : symbols.join(', '),
        allowed: 'two assets and how much of each is in the pool',
      },
    )
  for (const [symbol, amount] of Object.entries(market.reserves)) {
    for (const chain of [market.chain, ...market.alsoOn])
      checkAssetOn(scenario, { symbol, chain, path: [...path, symbol], findings })
    const asset = scenario.assets[symbol]
    if (asset === undefined) continue
    if (asset.transferFeeBps > 0)
      findings.add(
        'E_VALUE',
        [...path, symbol],
        `a market counts what is given, and ${symbol} arrives short`,
        {
          got: symbol,
          allowed: 'assets without transferFeeBps',
        },
      )
    if (!checkAmount(amount, { symbol, ...asset }, [...path, symbol], findings)) continue
    const units = parseUnits(amount, asset.decimals)
    if (units === 0n)
      findings.add('E_RANGE', [...path, symbol], 'a pool without an asset has a price of zero', {
        got: amount,
        allowed: 'more than 0',
      })
    else if (units / BigInt(market.venues) <= LEAST_RESERVE)
      findings.add(
        'E_RANGE',
        [...path, symbol],
        'the pool is smaller than the shares that it locks for ever',
        {
          got: amount,
          allowed: `more than ${LEAST_RESERVE} base units in every venue`,
        },
      )
    else if (units >= 1n << 112n)
      findings.add('E_RANGE', [...path, symbol], 'the pool keeps its reserves in 112 bits', {
        got: amount,
        allowed: `less than 2^112 base units (${asset.decimals} decimals)`,
      })
  }
}
