import { PRICE_ONE_E8 } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Exchange,
  exchange,
  type MintAndBurnRules,
  mintAndBurnFaults,
  POOL_AT_REST,
  recovered,
  type VirtualPool,
} from './mint-and-burn.ts'

/** Terra's defaults (types/params.go): 1,000,000 SDR of 6 decimals, 2 %, a day of 14,400 blocks. */
const rules: MintAndBurnRules = {
  basePool: 1_000_000_000_000n,
  recoveryBlocks: 14_400,
  minSpreadBps: 200n,
  stableUnit: 1_000_000n,
  tokenUnit: 1_000_000n,
}
/** The price of the source's tests: 1.7. */
const PRICE = 170_000_000n

function done(pool: VirtualPool, asked: Exchange, block = 1, priceE8 = PRICE, terms = rules) {
  const outcome = exchange(pool, terms, asked, block, priceE8)
  if (outcome.status !== 'ok') throw new Error(outcome.reason)
  return outcome
}

describe('mint and burn', () => {
  test('gives the oracle’s rate less the least spread while the pools are near rest', () => {
    // 1,700 at 1.7 are 1,000 tokens, less 2 %.
    expect(done(POOL_AT_REST, { direction: 'redeem', amount: 1_700n })).toEqual({
      status: 'ok',
      amountOut: 980n,
      fee: 20n,
      pool: { delta: 1_700n, block: 1 },
    })
    // And back: 1,000 tokens are worth 1,700, of which 1,666 are paid and leave the stablecoin's pool.
    expect(done(POOL_AT_REST, { direction: 'issue', amount: 1_000n })).toEqual({
      status: 'ok',
      amountOut: 1_666n,
      fee: 34n,
      pool: { delta: -1_666n, block: 1 },
    })
  })

  test('pays by constant product once that costs more than the least spread', () => {
    // Half the base pool: 10^12 − 10^24 / 1.5·10^12 = 333,333,333,333.3 of 500,000,000,000, a spread of a third.
    const { amountOut, fee } = done(
      POOL_AT_REST,
      { direction: 'redeem', amount: 500_000_000_000n },
      1,
      PRICE_ONE_E8,
    )
    expect([amountOut, fee]).toEqual([333_333_333_333n, 166_666_666_667n])
  })

  test('moves back to rest by 1/n of the distance a block', () => {
    const pool = { delta: 14_400_000_000n, block: 10 }
    expect(recovered(pool, rules, 10)).toEqual(pool)
    expect(recovered(pool, rules, 11).delta).toBe(14_399_000_000n)
    // A day keeps (1 − 1/14,400)^14,400 ≈ e^−1·(1 − 1/28,800) of it: 0.367866668 of 14.4·10^9.
    expect(Number(recovered(pool, rules, 14_410).delta) / 14.4e9).toBeCloseTo(0.367866668, 8)
    let stepwise = pool.delta
    for (let block = 0; block < 500; block++) stepwise -= stepwise / 14_400n
    expect(Math.abs(Number(recovered(pool, rules, 510).delta - stepwise))).toBeLessThan(500)
    expect(recovered({ delta: -14_400n, block: 0 }, rules, 1).delta).toBe(-14_399n)
  })

  test('pays the less the faster holders leave, and no more a block in the long run than the pool recovers', () => {
    const small = { ...rules, basePool: 1_000_000n, recoveryBlocks: 10 }
    let pool: VirtualPool = POOL_AT_REST
    let last = 0n
    const paid: bigint[] = []
    for (let block = 1; block <= 300; block++) {
      const outcome = done(pool, { direction: 'redeem', amount: 100_000n }, block, PRICE_ONE_E8, small)
      pool = outcome.pool
      last = pool.delta
      paid.push(outcome.amountOut)
    }
    // At rest of the recursion d' = 0.9·d + 100,000: d = 10^6 after the exchange, so that the pools are 1.9 before and 2.0 after:
    // 10^6·(1/1.9 − 1/2.0) = 26,315.8.
    expect(Math.abs(Number(last) - 1_000_000)).toBeLessThan(20)
    expect(Math.abs(Number(paid.at(-1)) - 26_315.8)).toBeLessThan(2)
    for (let i = 1; i < paid.length; i++)
      expect((paid[i] as bigint) <= (paid[i - 1] as bigint) + 1n).toBe(true)
  })

  test('refuses what it cannot price and what comes to nothing', () => {
    const ask = (amount: bigint, price: bigint | null) =>
      exchange(POOL_AT_REST, rules, { direction: 'redeem', amount }, 1, price)
    expect(ask(0n, PRICE)).toMatchObject({ reason: 'zero-amount' })
    expect(ask(5n, null)).toMatchObject({ reason: 'no-price' })
    expect(ask(5n, 0n)).toMatchObject({ reason: 'no-price' })
    expect(ask(1n, PRICE)).toMatchObject({ reason: 'zero-output' })
  })

  test('never pays more value than was burned, keeps both pools above zero, and leaves nothing to who goes round', () => {
    const asked = fc.record({
      direction: fc.constantFrom('redeem', 'issue' as const),
      amount: fc.bigInt(1n, 10n ** 13n),
      blocks: fc.nat(50_000),
      price: fc.bigInt(1_000n, 10n ** 11n),
    })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (steps) => {
        let pool: VirtualPool = POOL_AT_REST
        let block = 0
        for (const { direction, amount, blocks, price } of steps) {
          block += blocks
          const outcome = exchange(pool, rules, { direction, amount }, block, price)
          if (outcome.status !== 'ok') continue
          const tokens = direction === 'redeem' ? outcome.amountOut : amount
          const stable = direction === 'redeem' ? amount : outcome.amountOut
          if (direction === 'redeem') expect(tokens * price <= stable * PRICE_ONE_E8).toBe(true)
          else expect(stable * PRICE_ONE_E8 <= tokens * price).toBe(true)
          expect(outcome.fee >= 0n && outcome.pool.delta > -rules.basePool).toBe(true)
          pool = outcome.pool
          const there = exchange(pool, rules, { direction: 'redeem', amount }, block, price)
          if (there.status !== 'ok') continue
          const back = exchange(
            there.pool,
            rules,
            { direction: 'issue', amount: there.amountOut },
            block,
            price,
          )
          if (back.status === 'ok') expect(back.amountOut <= amount).toBe(true)
        }
      }),
    )
  })

  test('a run on the stablecoin falls on its token: selling S of it into a market of depth y yields y·S/(y + S)', () => {
    // Token and dollars at 10^6 each, price 1; half a million redeemed without a spread worth naming and sold at once.
    const wide = { ...rules, basePool: 10n ** 24n, minSpreadBps: 0n }
    const market = { token: 10n ** 12n, dollars: 10n ** 12n }
    let supply = market.token
    let proceeds = 0n
    for (let round = 1; round <= 5; round++) {
      const priceE8 = (market.dollars * PRICE_ONE_E8) / market.token
      const { amountOut } = done(
        POOL_AT_REST,
        { direction: 'redeem', amount: 5n * 10n ** 11n },
        round,
        priceE8,
        wide,
      )
      const yielded = (market.dollars * amountOut) / (market.token + amountOut)
      const expected = (market.dollars * 5n * 10n ** 11n) / (market.dollars + 5n * 10n ** 11n)
      expect(Number(yielded) / Number(expected)).toBeCloseTo(1, 5)
      market.token += amountOut
      market.dollars -= yielded
      supply += amountOut
      proceeds += yielded
    }
    // 2.5 million of stablecoin leave with less than one million, and the supply of token explodes.
    expect(proceeds < 10n ** 12n).toBe(true)
    expect(supply > 25n * market.dollars).toBe(true)
  })

  test('names impossible and dubious rules', () => {
    expect(mintAndBurnFaults(rules)).toEqual([])
    expect(
      mintAndBurnFaults({ ...rules, basePool: 0n, recoveryBlocks: 0, minSpreadBps: 10_000n }),
    ).toHaveLength(3)
    expect(mintAndBurnFaults({ ...rules, minSpreadBps: 0n })).toMatchObject([{ severity: 'dubious' }])
  })
})
