// What markets cost: exact swaps of a constant-product pair, of a stable pool and of concentrated liquidity, and orders of a
// limit order book, on plain maps.
import {
  amountOutFloor,
  ConcentratedPool,
  EMPTY_PAIR,
  exchangeCoins,
  mintPair,
  OrderBook,
  plainConcentratedPool,
  plainOrderBook,
  type Side,
  swapPair,
  UNISWAP_V2_FEE,
} from '@solvent/settlement'

export const name = 'markets: swaps and orders a second'

const E18 = 10n ** 18n
const SWAPS = 1_000_000
const ORDERS = 1_000_000
const ROUNDS = 3

export function run(): void {
  report('constant-product quote and swap', SWAPS, constantProduct)
  report('order book, 2 in 3 rest and 1 in 5 cancelled', ORDERS, orders)
  report('stable swap of two coins', SWAPS / 10, stableSwap)
  report('concentrated liquidity, a tick crossed in 4 swaps', SWAPS / 10, concentrated)
}

/** The best of a few rounds, the first of which warms up; seconds of processor time, so that a busy machine tells the same. */
function report(what: string, count: number, work: (count: number) => void): void {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    work(count)
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1_000)
  }
  const perSecond = Math.round((count / best) * 1_000)
  console.log(`${what}: ${perSecond.toLocaleString('en')} a second (${count} in ${best.toFixed(0)} ms)`)
}

/** Small numbers without a pattern that the caches could learn. */
function* noise(): Generator<number, never> {
  let state = 12_345
  for (;;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    yield state >>> 8
  }
}

function constantProduct(count: number): void {
  const rules = { fee: UNISWAP_V2_FEE, protocolFee: 'none' } as const
  const minted = mintPair(EMPTY_PAIR, { amount0: 1_000n * E18, amount1: 2_000_000n * 10n ** 6n }, rules, 0)
  if (minted.status !== 'ok') throw new Error(minted.reason)
  let { pair } = minted
  for (let i = 0; i < count; i++) {
    const isUp = (i & 1) === 0
    const amountIn = isUp ? E18 : 1_990n * 10n ** 6n
    const done = isUp
      ? swapPair(
          pair,
          {
            amount0In: amountIn,
            amount1In: 0n,
            amount0Out: 0n,
            amount1Out: amountOutFloor(amountIn, pair.reserve0, pair.reserve1, UNISWAP_V2_FEE),
          },
          rules,
          i >> 4,
        )
      : swapPair(
          pair,
          {
            amount0In: 0n,
            amount1In: amountIn,
            amount0Out: amountOutFloor(amountIn, pair.reserve1, pair.reserve0, UNISWAP_V2_FEE),
            amount1Out: 0n,
          },
          rules,
          i >> 4,
        )
    if (done.status !== 'ok') throw new Error(done.reason)
    pair = done.pair
  }
}

function orders(count: number): void {
  const book = new OrderBook(plainOrderBook())
  const random = noise()
  for (let id = 0; id < count; id++) {
    const draw = random.next().value
    if (draw % 5 === 0) book.cancel(id - 1 - (draw % 97), 'maker')
    else {
      const side: Side = draw & 1 ? 'buy' : 'sell'
      const offset = (draw >>> 3) % 60
      const priceTicks = side === 'buy' ? 10_010 - offset : 9_990 + offset
      const lots = BigInt(1 + ((draw >>> 9) % 20))
      book.place({ id, owner: 'maker', side, priceTicks, lots, timeInForce: 'good-till-cancelled' })
    }
  }
}

function stableSwap(count: number): void {
  const rules = {
    amplification: 20_000n,
    feeE10: 4_000_000n,
    adminFeeE10: 5_000_000_000n,
    rates: [E18, E18],
  }
  let pool: Parameters<typeof exchangeCoins>[0] = {
    balances: [1_000_000n * E18, 900_000n * E18],
    totalSupply: 1n,
  }
  for (let i = 0; i < count; i++) {
    const from = i & 1
    const done = exchangeCoins(pool, { from, to: 1 - from, amountIn: 100n * E18, minAmountOut: 0n }, rules)
    if (done.status !== 'ok') throw new Error(done.reason)
    pool = done.pool
  }
}

function concentrated(count: number): void {
  const pool = new ConcentratedPool(plainConcentratedPool(), { feePips: 3_000n, tickSpacing: 60 })
  pool.initialise(1n << 96n)
  for (let at = -100; at < 100; at++)
    pool.mint({ owner: 'lp', tickLower: at * 60, tickUpper: (at + 1) * 60 }, 1_000n * E18)
  for (let i = 0; i < count; i++) {
    const zeroForOne = (i & 1) === 0
    const sqrtPriceLimitX96 = zeroForOne ? 4_295_128_740n : 1n << 150n
    pool.swap({ zeroForOne, amount: i % 4 === 0 ? 4n * E18 : 3n * E18, sqrtPriceLimitX96 })
  }
}
