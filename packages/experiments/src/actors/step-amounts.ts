// The amounts of a step, each with the asset that it counts.
import type { Path } from '../scenario/findings.ts'
import { ofAsset, ofAssets, ofGwei, type WrittenAmount } from '../scenario/fineness.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioStep } from './step-rule.ts'

export function stepAmounts(scenario: Scenario, step: ScenarioStep, path: Path): WrittenAmount[] {
  return [...ofGwei(step.tipGwei, [...path, 'tipGwei']), ...amountsOf(scenario, step, path)]
}

function amountsOf(scenario: Scenario, step: ScenarioStep, path: Path): WrittenAmount[] {
  switch (step.do) {
    case 'swap': {
      const bought = boughtBy(scenario, step)
      return [
        ...ofAsset(scenario, step.sell, step.amount, [...path, 'amount']),
        ...(bought === undefined ? [] : ofAsset(scenario, bought, step.minOut, [...path, 'minOut'])),
      ]
    }
    case 'add-liquidity':
    case 'mint-range':
      return [
        ...ofAssets(scenario, step.amounts, [...path, 'amounts']),
        ...ofAssets(scenario, step.minAmounts, [...path, 'minAmounts']),
      ]
    case 'join-vault':
      return ofAssets(scenario, step.amounts, [...path, 'amounts'])
    case 'leave-vault':
      return ofAssets(scenario, step.minAmounts, [...path, 'minAmounts'])
    case 'place-order': {
      const venue = venuesOf(scenario).find(({ name }) => name === step.market)
      if (venue === undefined) return []
      return ofAsset(scenario, pairOf(venue.market)[0], step.amount, [...path, 'amount'])
    }
    case 'remove-liquidity':
    case 'burn-range':
      return ofAssets(scenario, step.minAmounts, [...path, 'minAmounts'])
    case 'exchange-stablecoin': {
      const stablecoin = scenario.stablecoins?.[step.stablecoin]
      if (stablecoin === undefined) return []
      const { stable, token } = stablecoin
      const [burned, minted] = step.direction === 'redeem' ? [stable, token] : [token, stable]
      return [
        ...ofAsset(scenario, burned, step.amount, [...path, 'amount']),
        ...ofAsset(scenario, minted, step.minOut, [...path, 'minOut']),
      ]
    }
    case 'buy-cover': {
      const fund = scenario.covers?.[step.cover]
      return fund === undefined ? [] : ofAsset(scenario, fund.asset, step.amount, [...path, 'amount'])
    }
    case 'draw-window': {
      const window = scenario.controls?.discountWindows[step.window]
      if (window === undefined) return []
      return [
        ...ofAsset(scenario, window.asset, step.amount, [...path, 'amount']),
        ...ofAsset(scenario, step.collateral, step.pledged, [...path, 'pledged']),
      ]
    }
    case 'subscribe-nav':
    case 'fill-buffer': {
      const fund = scenario.navFunds?.[step.fund]
      return fund === undefined ? [] : ofAsset(scenario, fund.asset, step.amount, [...path, 'amount'])
    }
    case 'request-redemption': {
      const fund = scenario.navFunds?.[step.fund]
      return fund === undefined ? [] : ofAsset(scenario, fund.share, step.shares, [...path, 'shares'])
    }
    case 'buy-option': {
      const desk = scenario.optionDesks?.[step.desk]
      if (desk === undefined) return []
      return [
        ...ofAsset(scenario, desk.underlying, step.units, [...path, 'units']),
        ...ofAsset(scenario, desk.asset, step.maxPremium, [...path, 'maxPremium']),
      ]
    }
    case 'deposit-margin':
    case 'withdraw-margin': {
      const house = scenario.perpetuals?.[step.house]
      return house === undefined ? [] : ofAsset(scenario, house.asset, step.amount, [...path, 'amount'])
    }
    case 'order-perpetual': {
      const market = scenario.perpetuals?.[step.house]?.markets[step.market]
      return market === undefined ? [] : ofAsset(scenario, market.asset, step.units, [...path, 'units'])
    }
    case 'trade-perpetual': {
      const house = scenario.perpetuals?.[step.house]
      const market = house?.markets[step.market]
      if (house === undefined || market === undefined) return []
      return [
        ...ofAsset(scenario, market.asset, step.units, [...path, 'units']),
        ...ofAsset(scenario, house.asset, step.limit, [...path, 'limit']),
      ]
    }
    case 'liquidate':
      return ofAsset(scenario, step.debt, step.amount, [...path, 'amount'])
    default:
      return 'asset' in step && 'amount' in step
        ? ofAsset(scenario, step.asset, step.amount, [...path, 'amount'], placeOf(step))
        : []
  }
}

function boughtBy(scenario: Scenario, { market, sell }: { readonly market: string; readonly sell: string }) {
  const venue = venuesOf(scenario).find(({ name }) => name === market)
  return venue === undefined ? undefined : pairOf(venue.market).find((symbol) => symbol !== sell)
}

/** The chain on whose token a step's amount counts, where the step names one. */
function placeOf(step: ScenarioStep): string | undefined {
  if (step.do === 'deliver-forged') return step.to
  if (step.do === 'bridge-out') return step.from
  return 'chain' in step ? step.chain : undefined
}
