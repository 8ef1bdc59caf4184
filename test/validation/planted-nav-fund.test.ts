// A fund of assets outside the chain that sells too many shares, pays too much, too early or the wrong one (V-6), on a real chain under audit.
import { contractAddress, derivativeAddress, type NavFundSpec } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, ORIGIN, usdc } from './audited-network.ts'

const navFund = derivativeAddress('nav-fund', 'tbill')
const share = contractAddress('token', 'rollup/TBILL')
const feed = contractAddress('oracle', 'mark')

/** Marked at 0.7; ten minutes of notice. */
const spec: NavFundSpec = {
  ...{
    kind: 'nav-fund',
    name: 'tbill',
    address: navFund,
    chainId: ORIGIN,
    token: usdc,
    share,
    buffer: 0n,
  },
  index: { oracle: feed, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 12n },
  ...{ startMarkE8: 70_000_000n, noticeSeconds: 600, pricedAt: 'payment', gateBps: 10_000n },
}

/** Alice and atlas buy shares for 700 and 1,000; alice asks for hers back, then atlas, and after their notice they are paid. */
function run(rules: Partial<SettlementRules> = {}, terms: Partial<NavFundSpec> = {}): AuditedNetwork {
  const source = { kind: 'peg', priceE8: 70_000_000n } as const
  const network = new AuditedNetwork({
    rules,
    contracts: {
      oracles: [{ name: 'mark', address: feed, chainId: ORIGIN, symbol: 'TBILL', source }],
      derivatives: [{ ...spec, ...terms }],
    },
  })
  network.done(ORIGIN, 'alice', { kind: 'subscribe-nav', navFund, amount: 700n }, 1)
  network.done(ORIGIN, 'atlas', { kind: 'subscribe-nav', navFund, amount: 1_000n }, 2)
  network.done(ORIGIN, 'atlas', { kind: 'fill-buffer', navFund, amount: 500n }, 3)
  network.done(ORIGIN, 'alice', { kind: 'request-redemption', navFund, shares: 500n }, 4)
  network.done(ORIGIN, 'atlas', { kind: 'request-redemption', navFund, shares: 300n }, 5)
  network.call(ORIGIN, 'atlas', { kind: 'pay-redemptions', navFund }, 100)
  network.call(ORIGIN, 'atlas', { kind: 'pay-redemptions', navFund }, 700)
  return network
}

const { subscribeNav, payRedemptions } = settlementRules

describe('a fund of assets outside the chain under audit', () => {
  it('breaks nothing by its rules', () => {
    const network = run()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-6')).toBeGreaterThan(10)
  })

  it.each<[string, Partial<SettlementRules>]>([
    [
      'gives a share too many',
      {
        subscribeNav: (...asked) => {
          const done = subscribeNav(...asked)
          return done.status === 'refused' ? done : { ...done, shares: done.shares + 1n }
        },
      },
    ],
    ['waits for no notice', { payRedemptions: (fund, now, terms) => payRedemptions(fund, now + 600, terms) }],
    [
      'pays at a mark of yesterday',
      {
        payRedemptions: (fund, now, terms) =>
          payRedemptions({ ...fund, mark: { ...fund.mark, valueE18: 10n ** 18n } }, now, terms),
      },
    ],
    [
      'pays the last first',
      {
        payRedemptions: (fund, now, terms) =>
          payRedemptions({ ...fund, queue: [...fund.queue].reverse() }, now, terms),
      },
    ],
  ])('is caught when it %s', (_what, rules) => {
    expect(run(rules).broken()).toEqual(['V-6'])
  })

  it('is caught when more goes through the gate than it lets', () => {
    const open: SettlementRules['payRedemptions'] = (fund, now, terms) =>
      payRedemptions(fund, now, { ...terms, gateBps: 10_000n })
    expect(run({}, { gateBps: 1n }).broken()).toEqual([])
    expect(run({ payRedemptions: open }, { gateBps: 1n }).broken()).toEqual(['V-6'])
  })
})
