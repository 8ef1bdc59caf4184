import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  burnPair,
  EMPTY_PAIR,
  MINIMUM_LIQUIDITY,
  mintPair,
  type Pair,
  type PairRules,
  type PairSwap,
  swapPair,
} from './pair.ts'
import { averagePriceFloor } from './price-accumulator.ts'
import { amountInUp, amountOutFloor, UNISWAP_V2_FEE } from './quote.ts'

const E18 = 10n ** 18n
const rules: PairRules = { fee: UNISWAP_V2_FEE, protocolFee: 'none' }
const NO_SWAP: PairSwap = { amount0In: 0n, amount1In: 0n, amount0Out: 0n, amount1Out: 0n }

function pairOf(amount0: bigint, amount1: bigint, given: PairRules = rules): Pair {
  const minted = mintPair(EMPTY_PAIR, { amount0, amount1 }, given, 0)
  if (minted.status !== 'ok') throw new Error(minted.reason)
  return minted.pair
}

describe('a constant-product pair', () => {
  // Uniswap v2-core, test/UniswapV2Pair.spec.ts, swapTestCases: in, reserves, the most that comes out.
  test.each([
    [1n, 5n, 10n, 1662497915624478906n],
    [1n, 10n, 5n, 453305446940074565n],
    [2n, 5n, 10n, 2851015155847869602n],
    [2n, 10n, 5n, 831248957812239453n],
    [1n, 10n, 10n, 906610893880149131n],
    [1n, 100n, 100n, 987158034397061298n],
    [1n, 1000n, 1000n, 996006981039903216n],
  ])(
    'pays for %d into reserves %d and %d as the contract does, and not a unit more',
    (amount, x, y, most) => {
      const pair = pairOf(x * E18, y * E18)
      const paying = { ...NO_SWAP, amount0In: amount * E18 }
      expect(amountOutFloor(amount * E18, x * E18, y * E18, UNISWAP_V2_FEE)).toBe(most)
      expect(swapPair(pair, { ...paying, amount1Out: most + 1n }, rules, 1)).toEqual({
        status: 'refused',
        reason: 'k',
      })
      expect(swapPair(pair, { ...paying, amount1Out: most }, rules, 1)).toMatchObject({
        status: 'ok',
        pair: { reserve0: (x + amount) * E18, reserve1: y * E18 - most },
      })
    },
  )

  // The same file, optimisticTestCases: what was paid out may come back as the input.
  test.each([
    [997000000000000000n, 5n, 10n, E18],
    [997000000000000000n, 10n, 5n, E18],
    [E18, 5n, 5n, 1003009027081243732n],
  ])('lends %d of reserves %d and %d within one swap for %d back', (out, x, y, back) => {
    const pair = pairOf(x * E18, y * E18)
    const lending = { ...NO_SWAP, amount0In: back }
    expect(swapPair(pair, { ...lending, amount0Out: out + 1n }, rules, 1)).toMatchObject({ reason: 'k' })
    expect(swapPair(pair, { ...lending, amount0Out: out }, rules, 1).status).toBe('ok')
  })

  test('takes a product of reserves that stays the same, and none that is one less', () => {
    const free: PairRules = { fee: { numerator: 0n, denominator: 1n }, protocolFee: 'none' }
    const even = { ...EMPTY_PAIR, reserve0: 4n, reserve1: 4n }
    // 4 · 4 = 8 · 2, and 5 · 5 − 1 = 8 · 3.
    expect(swapPair(even, { ...NO_SWAP, amount0In: 4n, amount1Out: 2n }, free, 0).status).toBe('ok')
    const odd = { ...EMPTY_PAIR, reserve0: 5n, reserve1: 5n }
    expect(swapPair(odd, { ...NO_SWAP, amount0In: 3n, amount1Out: 2n }, free, 0)).toMatchObject({
      reason: 'k',
    })
  })

  test('locks 1,000 units for ever, and mints the protocol a sixth of the growth of the root of k', () => {
    // v2-core, feeTo:on.
    const charging: PairRules = { ...rules, protocolFee: 'sixth' }
    const pair = pairOf(1000n * E18, 1000n * E18, charging)
    expect(pair.totalSupply).toBe(1000n * E18)
    const swapped = swapPair(
      pair,
      { ...NO_SWAP, amount1In: E18, amount0Out: 996006981039903216n },
      charging,
      1,
    )
    if (swapped.status !== 'ok') throw new Error(swapped.reason)
    const burned = burnPair(swapped.pair, 1000n * E18 - MINIMUM_LIQUIDITY, charging, 2)
    expect(burned).toMatchObject({
      status: 'ok',
      protocolLiquidity: 249750499251388n,
      pair: {
        totalSupply: MINIMUM_LIQUIDITY + 249750499251388n,
        reserve0: 1000n + 249501683697445n,
        reserve1: 1000n + 250000187312969n,
      },
    })
    expect(burnPair(pair, pair.totalSupply, charging, 1)).toMatchObject({ reason: 'more-than-supply' })
  })

  test('accumulates prices once a block in UQ112.112', () => {
    // v2-core, price{0,1}CumulativeLast: equal reserves for 10 s, then 6 : 2 for 10 s.
    const even = 1n << 112n
    const pair = pairOf(3n * E18, 3n * E18)
    const first = swapPair(pair, { ...NO_SWAP, amount0In: 3n * E18, amount1Out: E18 }, rules, 10)
    if (first.status !== 'ok') throw new Error(first.reason)
    expect(first.pair).toMatchObject({ price0CumulativeLast: even * 10n, price1CumulativeLast: even * 10n })
    const second = mintPair(first.pair, { amount0: 6n, amount1: 2n }, rules, 20)
    if (second.status !== 'ok') throw new Error(second.reason)
    expect(second.pair.price0CumulativeLast).toBe(even * 10n + (even / 3n) * 10n)
    expect(second.pair.price1CumulativeLast).toBe(even * 10n + even * 30n)
    expect(averagePriceFloor(pair, second.pair, 1)).toBe(even * 2n)
    expect(averagePriceFloor(pair, pair, 0)).toBeNull()
  })

  test('lets the accumulators and the clock overflow, and the average comes out right', () => {
    const late = {
      ...pairOf(E18, E18),
      price0CumulativeLast: 2n ** 256n - 5n,
      blockTimestampLast: 2 ** 32 - 4,
    }
    const after = swapPair(late, { ...NO_SWAP, amount0In: 1_000n, amount1Out: 1n }, rules, 2 ** 32 + 6)
    if (after.status !== 'ok') throw new Error(after.reason)
    expect(after.pair.price0CumulativeLast).toBe((1n << 112n) * 10n - 5n)
    expect(averagePriceFloor(late, after.pair, 0)).toBe(1n << 112n)
  })

  test.each<[string, Partial<PairSwap>]>([
    ['insufficient-output-amount', { amount0In: 5n }],
    ['insufficient-output-amount', { amount0In: 5n, amount0Out: 7n, amount1Out: -1n }],
    ['insufficient-liquidity', { amount0In: 5n, amount1Out: 10n * E18 }],
    ['insufficient-input-amount', { amount1Out: 1n }],
    ['insufficient-input-amount', { amount0In: -1n, amount1In: 5n, amount1Out: 1n }],
    ['reserve-overflow', { amount0In: 2n ** 112n, amount1Out: 1n }],
  ])('refuses a swap: %s', (reason, given) => {
    expect(swapPair(pairOf(5n * E18, 10n * E18), { ...NO_SWAP, ...given }, rules, 1)).toEqual({
      status: 'refused',
      reason,
    })
  })

  test('refuses liquidity that is worth no unit, and reserves of 2^112', () => {
    expect(mintPair(EMPTY_PAIR, { amount0: 1_000n, amount1: 1_000n }, rules, 0)).toMatchObject({
      reason: 'insufficient-liquidity-minted',
    })
    const pair = pairOf(E18, 4n * E18)
    expect(mintPair(pair, { amount0: 1n, amount1: 1n }, rules, 0)).toMatchObject({
      reason: 'insufficient-liquidity-minted',
    })
    expect(mintPair(pair, { amount0: 2n ** 112n, amount1: 2n ** 112n }, rules, 0)).toMatchObject({
      reason: 'reserve-overflow',
    })
    expect(burnPair(pair, 0n, rules, 0)).toMatchObject({ reason: 'insufficient-liquidity-burned' })
  })

  const reserve = fc.bigInt({ min: 10n ** 4n, max: 10n ** 30n })

  test('never pays more than it can take back: the input for an output buys it, and one unit less does not', () => {
    fc.assert(
      fc.property(reserve, reserve, reserve, (x, y, wanted) => {
        const out = (wanted % (y - 1n)) + 1n
        const needed = amountInUp(out, x, y, UNISWAP_V2_FEE)
        if (needed === null) throw new Error('no input')
        expect(amountOutFloor(needed, x, y, UNISWAP_V2_FEE)).toBeGreaterThanOrEqual(out)
        // The contract's + 1 asks for at most two units too many.
        if (needed > 2n) expect(amountOutFloor(needed - 2n, x, y, UNISWAP_V2_FEE)).toBeLessThan(out)
      }),
    )
    expect(amountInUp(10n, 10n, 10n, UNISWAP_V2_FEE)).toBeNull()
  })

  test('no sequence of swaps and of liquidity lowers what a unit of liquidity is worth', () => {
    const step = fc.tuple(
      fc.constantFrom('in0', 'in1', 'mint', 'burn'),
      fc.bigInt({ min: 1n, max: 10n ** 24n }),
    )
    fc.assert(
      fc.property(reserve, reserve, fc.array(step, { maxLength: 20 }), (x, y, steps) => {
        let pair = pairOf(x + E18, y + E18)
        for (const [kind, amount] of steps) {
          const before = pair
          const done = run(pair, kind, amount)
          if (done.status === 'refused') continue
          pair = done.pair
          // √k a unit: k₁·S₀² ≥ k₀·S₁².
          expect(pair.reserve0 * pair.reserve1 * before.totalSupply ** 2n).toBeGreaterThanOrEqual(
            before.reserve0 * before.reserve1 * pair.totalSupply ** 2n,
          )
        }
      }),
    )
  })
})

function run(pair: Pair, kind: string, amount: bigint) {
  const { reserve0, reserve1 } = pair
  switch (kind) {
    case 'in0':
      return swapPair(
        pair,
        {
          ...NO_SWAP,
          amount0In: amount,
          amount1Out: amountOutFloor(amount, reserve0, reserve1, UNISWAP_V2_FEE),
        },
        rules,
        1,
      )
    case 'in1':
      return swapPair(
        pair,
        {
          ...NO_SWAP,
          amount1In: amount,
          amount0Out: amountOutFloor(amount, reserve1, reserve0, UNISWAP_V2_FEE),
        },
        rules,
        1,
      )
    case 'mint':
      return mintPair(pair, { amount0: amount, amount1: (amount * reserve1) / reserve0 }, rules, 1)
    default:
      return burnPair(pair, amount % pair.totalSupply, rules, 1)
  }
}
