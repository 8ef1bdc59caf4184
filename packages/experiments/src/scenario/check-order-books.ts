// The meaning of limit order books and of those who make markets on them: lots and ticks that are whole base units, a rebate within the
// fee, money to quote with.
import { checkHoldings } from './check-holdings.ts'
import type { Findings, Path } from './findings.ts'
import { pairOf, venuesOf } from './market-names.ts'
import { type BookMarket, lotAndTick } from './order-books.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkOrderBook(scenario: Scenario, market: BookMarket, path: Path, findings: Findings): void {
  const [first, second] = pairOf(market)
  for (const [key, symbol] of [
    ['base', first],
    ['quote', second],
  ] as const)
    if (scenario.assets[symbol] === undefined) {
      findings.reference([...path, key], 'asset', symbol, Object.keys(scenario.assets))
      return
    }
  if (first === second)
    findings.add('E_VALUE', [...path, 'quote'], 'a book trades one asset for another', {
      got: second,
      allowed: `not ${first}`,
    })
  if (Number(market.makerRebateBps) > Number(market.feeBps))
    findings.add('E_RANGE', [...path, 'makerRebateBps'], 'makers cannot be given more than takers pay', {
      got: market.makerRebateBps,
      allowed: `at most feeBps (${market.feeBps})`,
    })
  const { lotSize, tickSize } = lotAndTick(scenario, market)
  if (lotSize === 0n)
    findings.add('E_RANGE', [...path, 'lot'], 'a lot is less than a base unit', {
      got: market.lot,
      allowed: `at least 1 base unit of ${first}`,
    })
  else if (tickSize === null)
    findings.add('E_RANGE', [...path, 'tick'], 'a tick of one lot is not a whole number of base units', {
      got: `${market.tick} for ${market.lot} ${first}`,
      allowed: `lot · tick a whole number of base units of ${second}, at least 1`,
    })
}

export function checkMarketMakers(scenario: Scenario, findings: Findings): void {
  const venues = venuesOf(scenario)
  for (const [name, maker] of Object.entries(scenario.marketMakers ?? {})) {
    const path = ['marketMakers', name]
    if (maker.house !== undefined) {
      checkPerpetualMaker(scenario, maker, path, findings)
      continue
    }
    const names = venues.map((each) => each.name)
    if (!findings.reference([...path, 'market'], 'market', maker.market, names)) continue
    const { market } = venues.find((each) => each.name === maker.market)!
    if (market.kind !== 'order-book') {
      findings.add('E_VALUE', [...path, 'market'], 'quotes stand in an order book', {
        got: market.kind,
        allowed: 'a market of kind order-book',
      })
      continue
    }
    checkHoldings(scenario, { [market.chain]: maker.inventory }, [...path, 'inventory'], findings)
    for (const symbol of Object.keys(maker.inventory))
      findings.reference([...path, 'inventory', symbol], 'asset of the market', symbol, pairOf(market))
    if (Number(maker.size) < Number(market.lot))
      findings.add('E_RANGE', [...path, 'size'], 'it quotes less than a lot', {
        got: maker.size,
        allowed: `at least the market's lot, ${market.lot}`,
      })
  }
}

type ScenarioMaker = NonNullable<Scenario['marketMakers']>[string]

/** It quotes in a book of the house, with margin in the house's coin. */
function checkPerpetualMaker(
  scenario: Scenario,
  { house: name, market: wanted, inventory, size }: ScenarioMaker,
  path: Path,
  findings: Findings,
): void {
  const houses = scenario.perpetuals ?? {}
  if (!findings.reference([...path, 'house'], 'clearing house', name!, Object.keys(houses))) return
  const { chain, asset, markets } = houses[name!]!
  const books = Object.keys(markets).filter((each) => markets[each]!.venue === 'order-book')
  if (!findings.reference([...path, 'market'], 'market of the house on an order book', wanted, books)) return
  checkHoldings(scenario, { [chain]: inventory }, [...path, 'inventory'], findings)
  for (const symbol of Object.keys(inventory))
    findings.reference([...path, 'inventory', symbol], 'coin that margin is in', symbol, [asset])
  if (Number(inventory[asset] ?? 0) === 0)
    findings.add('E_RANGE', [...path, 'inventory'], 'a maker without margin cannot quote', {
      got: '0',
      allowed: `an amount of ${asset}`,
    })
  const { lot = '0' } = markets[wanted]!
  if (Number(size) < Number(lot))
    findings.add('E_RANGE', [...path, 'size'], 'it quotes less than a lot', {
      got: size,
      allowed: `at least the market's lot, ${lot}`,
    })
}
