// A stablecoin that gives too much, too little or forgets what it gave (V-1), on a real chain under audit.
import { contractAddress, stablecoinAddress } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, ORIGIN, usdc } from './audited-network.ts'

const stablecoin = stablecoinAddress('ust')
const token = contractAddress('token', 'origin/LUNA')
const feed = contractAddress('oracle', 'luna')

type Exchange = SettlementRules['exchangeStablecoin']

/** Alice redeems twice and issues once, against pools that her first exchange moves by a tenth. */
function run(exchangeStablecoin: Exchange = settlementRules.exchangeStablecoin): AuditedNetwork {
  const network = new AuditedNetwork({
    rules: { exchangeStablecoin },
    contracts: {
      oracles: [
        {
          name: 'luna',
          address: feed,
          chainId: ORIGIN,
          symbol: 'LUNA',
          source: { kind: 'peg', priceE8: 200_000_000n },
        },
      ],
      stablecoins: [
        {
          name: 'ust',
          address: stablecoin,
          chainId: ORIGIN,
          stable: usdc,
          stableDecimals: 6,
          token,
          tokenDecimals: 6,
          basePool: 1_000_000n,
          recoveryBlocks: 36,
          minSpreadBps: 50n,
          price: {
            kind: 'oracle',
            rule: { oracle: feed, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
          },
        },
      ],
    },
  })
  for (const [direction, amount] of [
    ['redeem', 100_000n],
    ['redeem', 1_000n],
    ['issue', 400n],
  ] as const)
    network.done(ORIGIN, 'alice', {
      kind: 'exchange-stablecoin',
      stablecoin,
      direction,
      amount,
      minAmountOut: 0n,
    })
  return network
}

/** The exchange with another outcome. */
const but =
  (change: (done: Extract<ReturnType<Exchange>, { status: 'ok' }>) => object): Exchange =>
  (...asked) => {
    const done = settlementRules.exchangeStablecoin(...asked)
    return done.status === 'refused' ? done : { ...done, ...change(done) }
  }

describe('an algorithmic stablecoin under audit', () => {
  it('breaks nothing when it exchanges by its rule', () => {
    const network = run()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-1')).toBeGreaterThan(5)
  })

  it('is caught when it forgets its spread', () => {
    expect(
      run((pool, rules, ...rest) =>
        settlementRules.exchangeStablecoin(
          pool,
          { ...rules, minSpreadBps: 0n, basePool: rules.basePool * 1_000n },
          ...rest,
        ),
      ).broken(),
    ).toEqual(['V-1'])
  })

  it('is caught when it gives less than it owes', () => {
    expect(run(but(({ amountOut }) => ({ amountOut: amountOut - 10n }))).broken()).toEqual(['V-1'])
  })

  it('is caught when its pools forget an exchange', () => {
    expect(run(but(({ pool }) => ({ pool: { ...pool, delta: 0n } }))).broken()).toEqual(['V-1'])
  })

  it('is caught when its pools never recover', () => {
    expect(
      run((pool, rules, asked, block, price) =>
        settlementRules.exchangeStablecoin({ ...pool, block }, rules, asked, block, price),
      ).broken(),
    ).toEqual(['V-1'])
  })
})
