import { isqrtFloor } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UndoableMap, UndoLog } from '../../ledger/undo-log.ts'
import { ConcentratedPool } from './concentrated-pool.ts'
import { plainConcentratedPool } from './pool-state.ts'
import { swapStep } from './swap-step.ts'
import {
  MAX_SQRT_RATIO,
  MAX_TICK,
  MIN_SQRT_RATIO,
  MIN_TICK,
  sqrtRatioAtTickUp,
  tickAtSqrtRatioFloor,
} from './tick-math.ts'

const E18 = 10n ** 18n
/** √(a/b) · 2^96, as v3-core's encodePriceSqrt. */
const encodePriceSqrt = (a: bigint, b: bigint): bigint => isqrtFloor((a << 192n) / b)

describe('prices at ticks', () => {
  // v3-core, test/TickMath.spec.ts.
  test('are the contract’s at the ends', () => {
    expect(sqrtRatioAtTickUp(MIN_TICK)).toBe(MIN_SQRT_RATIO)
    expect(sqrtRatioAtTickUp(MIN_TICK + 1)).toBe(4295343490n)
    expect(sqrtRatioAtTickUp(MAX_TICK - 1)).toBe(1461373636630004318706518188784493106690254656249n)
    expect(sqrtRatioAtTickUp(MAX_TICK)).toBe(MAX_SQRT_RATIO)
    expect(sqrtRatioAtTickUp(0)).toBe(1n << 96n)
  })

  test('go there and back, for any tick and for the last price before the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: MIN_TICK, max: MAX_TICK - 1 }), (tick) => {
        expect(tickAtSqrtRatioFloor(sqrtRatioAtTickUp(tick))).toBe(tick)
        expect(tickAtSqrtRatioFloor(sqrtRatioAtTickUp(tick + 1) - 1n)).toBe(tick)
      }),
    )
  })

  test('stay within a hundredth of a basis point of the power', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (tick) => {
        const got = Number(sqrtRatioAtTickUp(tick)) / 2 ** 96
        const want = Math.sqrt(1.0001 ** tick)
        expect(Math.abs(got / want - 1)).toBeLessThan(1e-6)
      }),
    )
  })
})

describe('one step of a swap', () => {
  const one = encodePriceSqrt(1n, 1n)
  // v3-core, test/SwapMath.spec.ts: price, target, liquidity, amount, fee; amountIn, fee, amountOut, price after.
  test.each([
    [
      one,
      encodePriceSqrt(101n, 100n),
      2n * E18,
      E18,
      600n,
      9975124224178055n,
      5988667735148n,
      9925619580021728n,
    ],
    [
      one,
      encodePriceSqrt(101n, 100n),
      2n * E18,
      -E18,
      600n,
      9975124224178055n,
      5988667735148n,
      9925619580021728n,
    ],
    [
      one,
      encodePriceSqrt(10n, 1n),
      2n * E18,
      E18,
      600n,
      999400000000000000n,
      600000000000000n,
      666399946655997866n,
    ],
    [one, encodePriceSqrt(100n, 1n), 2n * E18, -E18, 600n, 2n * E18, 1200720432259356n, E18],
    [
      417332158212080721273783715441582n,
      1452870262520218020823638996n,
      159344665391607089467575320103n,
      -1n,
      1n,
      1n,
      1n,
      1n,
    ],
    [
      2n,
      1n,
      1n,
      3915081100057732413702495386755767n,
      1n,
      39614081257132168796771975168n,
      39614120871253040049813n,
      0n,
    ],
    [2413n, 79887613182836312n, 1985041575832132834610021537970n, 10n, 1872n, 0n, 10n, 0n],
    [
      20282409603651670423947251286016n,
      22310650564016837466341976414617n,
      1024n,
      -4n,
      3000n,
      26215n,
      79n,
      0n,
    ],
    [
      20282409603651670423947251286016n,
      18254168643286503381552526157414n,
      1024n,
      -263000n,
      3000n,
      1n,
      1n,
      26214n,
    ],
  ])(
    'from %d to %d over %d of %d at %d pips',
    (sqrtPriceX96, targetX96, liquidity, amountRemaining, feePips, amountIn, feeAmount, amountOut) => {
      expect(swapStep({ sqrtPriceX96, targetX96, liquidity, amountRemaining, feePips })).toMatchObject({
        amountIn,
        feeAmount,
        amountOut,
      })
    },
  )
})

const MEDIUM = { feePips: 3_000n, tickSpacing: 60 }
const HIGH_MAX = 887_200
const MEDIUM_MAX = 887_220

/** The pools of v3-core, test/UniswapV3Pool.swaps.spec.ts. */
function poolOf(
  price: bigint,
  positions: readonly (readonly [number, number, bigint])[],
  rules = MEDIUM,
): ConcentratedPool {
  const pool = new ConcentratedPool(plainConcentratedPool(), rules)
  pool.initialise(price)
  for (const [tickLower, tickUpper, liquidity] of positions) {
    const minted = pool.mint({ owner: 'lp', tickLower, tickUpper }, liquidity)
    if (minted.status !== 'ok') throw new Error(minted.reason)
  }
  return pool
}

const fullRange = [[-MEDIUM_MAX, MEDIUM_MAX, 2n * E18]] as const
const sideRanges = [
  [-MEDIUM_MAX, -60, 2n * E18],
  [240, MEDIUM_MAX, 2n * E18],
] as const
const price = (a: bigint, b: bigint) => encodePriceSqrt(a, b)
const MOST = 2n ** 255n - 1n

const pools = {
  'additional liquidity around current price': () => poolOf(price(1n, 1n), [...fullRange, ...sideRanges]),
  '1:10': () => poolOf(price(1n, 10n), fullRange),
  '10:1': () => poolOf(price(10n, 1n), fullRange),
  'high fee 1:1': () =>
    poolOf(price(1n, 1n), [[-HIGH_MAX, HIGH_MAX, 2n * E18]], { feePips: 10_000n, tickSpacing: 200 }),
  'close to max price': () => poolOf(price(1n << 127n, 1n), fullRange),
  // There 1/2^127 and its root are rounded to 40 decimals: 59·10^-40 and 768114574786860817577·10^-40.
  'close to min price': () => poolOf((768114574786860817577n << 96n) / 10n ** 40n, fullRange),
}

describe('a pool of concentrated liquidity', () => {
  // v3-core, test/__snapshots__/UniswapV3Pool.swaps.spec.ts.snap: amounts, fee growth of the token in, tick after.
  test.each<[keyof typeof pools, boolean, bigint, bigint | null, bigint, bigint, bigint, number]>([
    ['1:10', true, 1000n, null, 1000n, -99n, 510423550381407695195n, -23028],
    ['1:10', true, E18, null, E18, -86123526743846551n, 510423550381407695195061911147652317n, -25955],
    ['1:10', false, E18, null, -3869747612262812753n, E18, 510423550381407865336245371616884047n, -4099],
    [
      '1:10',
      true,
      -E18,
      null,
      36907032419362389223785084665766560335n,
      -632455532033675838n,
      18838218521532665615644565874197034349094564536667752274n,
      -887272,
    ],
    ['1:10', false, -E18, null, -E18, 119138326055954425n, 60811007371978153949466126675899993n, -19585],
    [
      '1:10',
      false,
      MOST,
      price(2n, 5n),
      -3162277660168379331n,
      634358607857247611n,
      323791572837503501799197590655727195n,
      -9164,
    ],
    [
      '1:10',
      false,
      MOST,
      price(5n, 2n),
      -5059644256269406930n,
      2537434431428990440n,
      1295166291350014177337973823092140516n,
      9163,
    ],
    ['10:1', true, E18, null, E18, -3869747612262812754n, 510423550381407865336245371616884048n, 4098],
    ['10:1', true, -1000n, null, 102n, -1000n, 170141183460469231731n, 23027],
    [
      '10:1',
      true,
      MOST,
      price(2n, 5n),
      2537434431428990438n,
      -5059644256269406930n,
      1295166291350014007196790362622908786n,
      -9164,
    ],
    ['high fee 1:1', true, 1000n, null, 1000n, -989n, 1701411834604692317316n, -1],
    [
      'high fee 1:1',
      false,
      E18,
      null,
      -662207357859531772n,
      E18,
      1701411834604692317316873037158841057n,
      8042,
    ],
    [
      'high fee 1:1',
      true,
      -E18,
      null,
      2020202020202020203n,
      -E18,
      3437195625464025050172418213103875650n,
      -13864,
    ],
    [
      'close to max price',
      true,
      1000n,
      null,
      1000n,
      -26083549850867114346332688477747755628n,
      2381976568446569244235n,
      705098,
    ],
    [
      'close to max price',
      true,
      E18,
      null,
      E18,
      -26087635650665564420687107504180041533n,
      510423550381413479995299567101531162n,
      13923,
    ],
    [
      'close to max price',
      false,
      -E18,
      null,
      0n,
      10740898373457544742072477595619363803n,
      5482407482066087054477299856254072312542046383926535301n,
      887271,
    ],
    [
      'close to min price',
      false,
      1000n,
      null,
      -26033697540846965126433148994127431276n,
      1000n,
      2381976568446569244235n,
      -705093,
    ],
    [
      'close to min price',
      true,
      -E18,
      null,
      10790901831095468191587263901270792610n,
      0n,
      5507930424444982259736347157352787128931407551935325049n,
      -887272,
    ],
  ])('%s, down %s, %d to %d', (pool, zeroForOne, amount, limit, amount0, amount1, growth, tick) => {
    const subject = pools[pool]()
    const sqrtPriceLimitX96 = limit ?? (zeroForOne ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n)
    expect(subject.swap({ zeroForOne, amount, sqrtPriceLimitX96 })).toEqual({
      status: 'ok',
      amount0,
      amount1,
    })
    expect(subject.price()?.feeGrowthGlobal[zeroForOne ? 'token0' : 'token1']).toBe(growth)
    expect(subject.price()?.tick).toBe(tick)
  })

  test('refuses prices on the wrong side, ticks out of step, and more than is there', () => {
    const pool = pools['1:10']()
    expect(pool.swap({ zeroForOne: true, amount: 1n, sqrtPriceLimitX96: price(5n, 2n) })).toMatchObject({
      reason: 'price-limit',
    })
    expect(pool.swap({ zeroForOne: true, amount: 0n, sqrtPriceLimitX96: MIN_SQRT_RATIO + 1n })).toMatchObject(
      {
        reason: 'zero-amount',
      },
    )
    for (const [tickLower, tickUpper] of [
      [60, 60],
      [61, 120],
      [-887_280, 0],
      [0, 887_280],
      [0, Number.NaN],
    ] as const)
      expect(pool.mint({ owner: 'lp', tickLower, tickUpper }, 1n)).toMatchObject({ reason: 'bad-ticks' })
    const range = { owner: 'lp', tickLower: -MEDIUM_MAX, tickUpper: MEDIUM_MAX }
    expect(pool.burn(range, 2n * E18 + 1n)).toMatchObject({ reason: 'too-little-liquidity' })
    expect(pool.burn({ ...range, owner: 'eve' }, 0n)).toMatchObject({ reason: 'zero-liquidity' })
    expect(pool.mint(range, 0n)).toMatchObject({ reason: 'zero-liquidity' })
    // v3-core, getMaxLiquidityPerTick for a spacing of 60.
    expect(pool.mint(range, 11505743598341114571880798222544994n)).toMatchObject({
      reason: 'too-much-liquidity',
    })
    expect(pool.initialise(MIN_SQRT_RATIO)).toMatchObject({ reason: 'initialised' })
    const fresh = new ConcentratedPool(plainConcentratedPool(), MEDIUM)
    expect(fresh.mint(range, 1n)).toMatchObject({ reason: 'not-initialised' })
    expect(fresh.initialise(MAX_SQRT_RATIO)).toMatchObject({ reason: 'price-out-of-range' })
  })

  const act = fc.record({
    kind: fc.constantFrom('mint', 'burn', 'collect', 'swap', 'swap', 'swap'),
    who: fc.constantFrom('ada', 'bo'),
    lower: fc.integer({ min: -40, max: 39 }),
    width: fc.integer({ min: 1, max: 30 }),
    amount: fc.bigInt({ min: 1n, max: 10n ** 21n }),
    down: fc.boolean(),
    out: fc.boolean(),
  })

  /** What went in less what came out, of both tokens. */
  function play(
    pool: ConcentratedPool,
    acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[],
  ) {
    let held0 = 0n
    let held1 = 0n
    for (const { kind, who, lower, width, amount, down, out } of acts) {
      const range = { owner: who, tickLower: lower * 60, tickUpper: (lower + width) * 60 }
      // Every other swap may go no further than a tick, and often stops on it.
      const end = down ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n
      const limit = width % 2 === 0 ? end : sqrtRatioAtTickUp(lower * 60)
      if (kind === 'mint') {
        const done = pool.mint(range, amount)
        if (done.status === 'ok') [held0, held1] = [held0 + done.amount0, held1 + done.amount1]
      } else if (kind === 'burn') pool.burn(range, amount % ((pool.position(range)?.liquidity ?? 0n) + 1n))
      else if (kind === 'collect') {
        const { amount0, amount1 } = pool.collect(range)
        ;[held0, held1] = [held0 - amount0, held1 - amount1]
      } else {
        const done = pool.swap({ zeroForOne: down, amount: out ? -amount : amount, sqrtPriceLimitX96: limit })
        if (done.status === 'ok') [held0, held1] = [held0 + done.amount0, held1 + done.amount1]
      }
      expect(held0 >= 0n && held1 >= 0n).toBe(true)
    }
    return { held0, held1 }
  }

  test('takes a unit more than it gives back, of each token', () => {
    const pool = pools['1:10']()
    const range = { owner: 'ada', tickLower: -24_000, tickUpper: -18_000 }
    const minted = pool.mint(range, 12_345_678_901n)
    const burned = pool.burn(range, 12_345_678_901n)
    if (minted.status !== 'ok' || burned.status !== 'ok') throw new Error('refused')
    expect([minted.amount0 - burned.amount0, minted.amount1 - burned.amount1]).toEqual([1n, 1n])
    expect(pool.collect(range)).toEqual({ amount0: burned.amount0, amount1: burned.amount1 })
  })

  test('shares fees by liquidity in range, also of a price that stops on the upper tick', () => {
    const pool = poolOf(price(1n, 1n), [...fullRange])
    const range = { owner: 'ada', tickLower: -60, tickUpper: 60 }
    pool.mint(range, 6n * E18)
    const swapped = pool.swap({ zeroForOne: false, amount: E18, sqrtPriceLimitX96: sqrtRatioAtTickUp(60) })
    if (swapped.status !== 'ok') throw new Error(swapped.reason)
    expect(pool.price()?.tick).toBe(60)
    pool.burn(range, 0n)
    const fees = Number(pool.collect(range).amount1)
    // 0.3 % of what came in, three quarters of it to three quarters of the liquidity.
    expect(fees / (Number(swapped.amount1) * 0.003 * 0.75)).toBeCloseTo(1, 6)
  })

  test('always holds enough to pay everyone out, and what rounding leaves is dust', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const pool = new ConcentratedPool(plainConcentratedPool(), MEDIUM)
        pool.initialise(price(1n, 1n))
        let { held0, held1 } = play(pool, acts)
        for (const { who, lower, width } of acts) {
          const range = { owner: who, tickLower: lower * 60, tickUpper: (lower + width) * 60 }
          pool.burn(range, pool.position(range)?.liquidity ?? 0n)
          const { amount0, amount1 } = pool.collect(range)
          ;[held0, held1] = [held0 - amount0, held1 - amount1]
          expect(held0 >= 0n && held1 >= 0n).toBe(true)
        }
        expect(pool.price()?.liquidity).toBe(0n)
      }),
      { numRuns: 60 },
    )
  })

  test('a chain takes swaps and positions back exactly', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), fc.array(act, { maxLength: 10 }), (kept, undone) => {
        const log = new UndoLog()
        const state = {
          price: new UndoableMap<'now', never>(log),
          ticks: new UndoableMap<number, never>(log),
          initialised: new UndoableMap<number, number>(log),
          positions: new UndoableMap<string, never>(log),
        }
        const pool = new ConcentratedPool(state, MEDIUM)
        pool.initialise(price(1n, 1n))
        play(pool, kept)
        const sorted = () =>
          Object.values(state).map((map) =>
            [...(map.entries() as Iterable<[unknown, unknown]>)].sort((a, b) =>
              String(a[0]) < String(b[0]) ? -1 : 1,
            ),
          )
        const before = sorted()
        const mark = log.mark()
        try {
          play(pool, undone)
        } catch {
          // What comes out here was put in before.
        }
        log.rollback(mark)
        expect(sorted()).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})
