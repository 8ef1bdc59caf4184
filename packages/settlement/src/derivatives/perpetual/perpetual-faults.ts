// What is wrong with the rules of a market for perpetual futures.
import { BPS } from '@solvent/primitives'
import { dynamicMarginFaults } from '../../controls/dynamic-margin.ts'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'
import type { MarketRules } from './clearing-house.ts'

export function perpetualFaults(rules: MarketRules): ParameterFault[] {
  const { initialMarginBps, maintenanceMarginBps, tradeFeeBps, liquidationFeeBps, funding, venue } = rules
  const faults = impossibleOf([
    [rules.baseUnit <= 0n || rules.quoteUnit <= 0n, 'both coins have a whole unit'],
    [initialMarginBps <= 0n || initialMarginBps > BPS, 'the initial margin is above 0 and at most 1'],
    [
      maintenanceMarginBps <= 0n || maintenanceMarginBps >= initialMarginBps,
      'the maintenance margin is above 0 and below the initial margin, or who opens is liquidated at once',
    ],
    [tradeFeeBps < 0n || tradeFeeBps >= BPS, 'the fee of a trade is from 0 to below 1'],
    [liquidationFeeBps < 0n || liquidationFeeBps >= BPS, 'the fee of a liquidation is from 0 to below 1'],
    [!(funding.intervalSeconds >= 1), 'a funding interval lasts at least a second'],
    [funding.clampE18 < 0n || funding.capE18 < 0n, 'clamp and cap of funding are not negative'],
    [
      venue.kind === 'order-book' && (venue.lotUnits <= 0n || venue.tickCash <= 0n),
      'a lot and a tick are above 0',
    ],
  ])
  if (liquidationFeeBps > maintenanceMarginBps)
    faults.push({
      severity: 'dubious',
      reason: 'the fee of a liquidation is above the maintenance margin: it can never be paid in full',
    })
  if (rules.dynamicMargin !== undefined) faults.push(...dynamicMarginFaults(rules.dynamicMargin))
  return faults
}
