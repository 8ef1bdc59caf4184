// Steps at a clearing house of perpetual futures.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Path } from '../scenario/findings.ts'
import { lotAndTickOf, ticksOfPrice } from '../scenario/order-books.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

type Verb =
  | 'deposit-margin'
  | 'withdraw-margin'
  | 'trade-perpetual'
  | 'order-perpetual'
  | 'cancel-perpetual-orders'

const MAX_TICKS = 2 ** 31 - 1

interface OrderTerms {
  readonly side: 'buy' | 'sell'
  readonly units: string
  readonly price: string
}

interface AtHouse {
  readonly house: string
  readonly market: string
}

function isKnown({ house, market }: AtHouse, { scenario, findings }: StepCheck, path: Path): boolean {
  const houses = scenario.perpetuals ?? {}
  if (!findings.reference([...path, 'house'], 'clearing house', house, Object.keys(houses))) return false
  return findings.reference(
    [...path, 'market'],
    'market of the house',
    market,
    Object.keys(houses[house]!.markets),
  )
}

/** Whether the market trades as the step does. */
function isOn(
  venue: 'virtual-amm' | 'order-book',
  step: AtHouse & { readonly do: Verb },
  check: StepCheck,
): boolean {
  if (!isKnown(step, check, check.path)) return false
  const market = check.scenario.perpetuals![step.house]!.markets[step.market]!
  if (market.venue === venue) return true
  check.findings.add('E_VALUE', [...check.path, 'market'], `${step.do} is for a market on ${venue}`, {
    got: `${step.market}, on ${market.venue}`,
    allowed:
      venue === 'order-book' ? 'trade-perpetual' : 'order-perpetual with a price, or cancel-perpetual-orders',
  })
  return false
}

/** Lots and ticks of an order on a book, whose lot and tick have been checked. */
function orderOn(
  scenario: Scenario,
  { house, market, side, units, price }: AtHouse & OrderTerms,
): { readonly lots: bigint; readonly priceTicks: number } | null {
  const { asset, markets } = scenario.perpetuals![house]!
  const { lot = '0', tick = '0', asset: symbol } = markets[market]!
  const [base, quote] = [scenario.assets[symbol], scenario.assets[asset]]
  if (base === undefined || quote === undefined) return null
  const { lotSize, tickSize } = lotAndTickOf({ lot, tick }, base.decimals, quote.decimals)
  if (lotSize === 0n || tickSize === null) return null
  const priceTicks = ticksOfPrice({ tick }, price, side === 'buy' ? 'floor' : 'up')
  return { lots: parseUnits(units, base.decimals) / lotSize, priceTicks }
}

function houseOf(scenario: Scenario, { house, market }: AtHouse) {
  const found = scenario.perpetuals![house]!
  return {
    chainId: chainIdOf(scenario, found.chain),
    address: derivativeAddress('perpetual', house),
    quoteDecimals: scenario.assets[found.asset]!.decimals,
    baseDecimals: scenario.assets[found.markets[market]!.asset]!.decimals,
  }
}

const margin: StepFamily<'deposit-margin'>['deposit-margin'] = {
  check(step, check) {
    isKnown(step, check, check.path)
  },
  resolve(step, { scenario }) {
    const { chainId, address, quoteDecimals } = houseOf(scenario, step)
    const { do: kind, market, margin: account, amount } = step
    const call = {
      kind,
      house: address,
      perpetual: market,
      margin: account,
      amount: parseUnits(amount, quoteDecimals),
    }
    return { chainId, action: { kind: 'call', call } }
  },
}

export const perpetualSteps: StepFamily<Verb> = {
  'deposit-margin': margin,
  'withdraw-margin': margin,
  'trade-perpetual': {
    check(step, check) {
      isOn('virtual-amm', step, check)
    },
    resolve(step, { scenario }) {
      const { chainId, address, quoteDecimals, baseDecimals } = houseOf(scenario, step)
      const { market, margin: account, side, units, limit } = step
      const sign = side === 'buy' ? 1n : -1n
      return {
        chainId,
        action: {
          kind: 'call',
          call: {
            kind: 'trade-perpetual',
            house: address,
            perpetual: market,
            margin: account,
            units: sign * parseUnits(units, baseDecimals),
            minCash: limit === undefined ? null : -sign * parseUnits(limit, quoteDecimals),
          },
        },
      }
    },
  },
  'order-perpetual': {
    check(step, check) {
      if (!isOn('order-book', step, check)) return
      const { scenario, findings, path } = check
      const market = scenario.perpetuals![step.house]!.markets[step.market]!
      const asset = scenario.assets[market.asset]
      if (asset === undefined) return
      if (!checkAmount(step.units, { symbol: market.asset, ...asset }, [...path, 'units'], findings)) return
      const order = orderOn(scenario, step)
      if (order === null) return
      if (order.lots === 0n)
        findings.add('E_RANGE', [...path, 'units'], 'the order is less than a lot', {
          got: step.units,
          allowed: `at least the market's lot, ${market.lot}`,
        })
      if (order.priceTicks < 1 || order.priceTicks > MAX_TICKS)
        findings.add(
          'E_RANGE',
          [...path, 'price'],
          'the price is no whole number of ticks that the book has',
          {
            got: step.price,
            allowed: `from one tick of ${market.tick} to 2^31 - 1`,
          },
        )
    },
    resolve(step, { scenario }) {
      const { chainId, address } = houseOf(scenario, step)
      const { market, margin: account, side, timeInForce } = step
      const order = orderOn(scenario, step)!
      return {
        chainId,
        action: {
          kind: 'call',
          call: {
            ...{ kind: 'order-perpetual', house: address, perpetual: market, margin: account },
            ...{ side, timeInForce, ...order },
          },
        },
      }
    },
  },
  'cancel-perpetual-orders': {
    check(step, check) {
      isOn('order-book', step, check)
    },
    resolve(step, { scenario }) {
      const { chainId, address } = houseOf(scenario, step)
      const { market, margin: account } = step
      return {
        chainId,
        action: {
          kind: 'call',
          call: { kind: 'cancel-perpetual-orders', house: address, perpetual: market, margin: account },
        },
      }
    },
  },
}
