// An option desk that asks for too little, owes too much or pays out of turn (V-5), on a real chain under audit.
import { contractAddress, derivativeAddress, type OptionDeskSpec } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, at, ORIGIN, usdc } from './audited-network.ts'

const desk = derivativeAddress('option-desk', 'desk')
const feed = contractAddress('oracle', 'sol')
const of = { desk, series: 'call-95' }

/** Without capital, and a reserve of a hundredth of the strike: 950 for 1,000 units, which cost 5,092 and are owed 5,000. */
const spec: OptionDeskSpec = {
  ...{ kind: 'option-desk', name: 'desk', address: desk, chainId: ORIGIN, token: usdc, capital: 0n },
  index: { oracle: feed, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 12n },
  ...{ baseUnit: 1n, quoteUnit: 1n, spreadBps: 0n, callReserveBps: 100n, rateBps: 0n },
  volatility: {
    startPriceE8: 10n ** 10n,
    ...{ startBps: 60_000n, perFallBps: 0n, floorBps: 1n, capBps: 60_000n },
  },
  series: [{ name: 'call-95', option: 'call', strikeE8: 9_500_000_000n, expiry: at(1_000) }],
  hedgers: [],
}

/** Alice and atlas buy 600 and 400 at the start, and are paid after the expiry. */
function run(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const source = { kind: 'peg', priceE8: 10n ** 10n } as const
  const network = new AuditedNetwork({
    rules,
    contracts: {
      oracles: [{ name: 'sol', address: feed, chainId: ORIGIN, symbol: 'SOL', source }],
      derivatives: [spec],
    },
  })
  network.done(ORIGIN, 'alice', { kind: 'buy-option', ...of, units: 600n, maxPremium: 10_000n }, 1)
  network.done(ORIGIN, 'atlas', { kind: 'buy-option', ...of, units: 400n, maxPremium: 10_000n }, 2)
  network.call(ORIGIN, 'atlas', { kind: 'settle-options', ...of }, 1_001)
  for (const name of ['alice', 'atlas'])
    network.call(ORIGIN, 'atlas', { kind: 'exercise-option', ...of, holder: address(name) })
  return network
}

const { optionPremium, settleOptions, exerciseOption } = settlementRules

describe('an option desk under audit', () => {
  it('breaks nothing by its rules', () => {
    const network = run()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-5')).toBeGreaterThan(10)
  })

  it.each<[string, Partial<SettlementRules>]>([
    ['sells too cheap', { optionPremium: (...asked) => optionPremium(...asked) - 3n }],
    [
      'forgets that volatility costs',
      {
        optionPremium: (series, units, moment, terms) =>
          optionPremium(series, units, { ...moment, volatility: 0.01 }, terms),
      },
    ],
    [
      'owes a unit too much',
      {
        settleOptions: (...asked) => {
          const done = settleOptions(...asked)
          return done.status === 'refused' ? done : { ...done, owed: done.owed + 1n }
        },
      },
    ],
    [
      'pays more than it has reserved',
      {
        settleOptions: (book, key, moment, terms) => {
          const written = new Map([...book.written].map(([each, of]) => [each, { ...of, reserved: 5_000n }]))
          return settleOptions({ ...book, written }, key, moment, terms)
        },
      },
    ],
    [
      'pays the first in full',
      {
        exerciseOption: (book, key, holder) => {
          const done = exerciseOption(book, key, holder)
          return done.status === 'refused' ? done : { ...done, paid: done.paid + 1n }
        },
      },
    ],
  ])('is caught when it %s', (_what, rules) => {
    expect(run(rules).broken()).toEqual(['V-5'])
  })
})
