import { isqrtFloor } from '@solvent/primitives'
import type { MarketCall, MarketEvent } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { market, marketGenesis, marketNetwork } from '../../testing/market-network.ts'
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { provisionOf } from '../concentrated/range-amounts.ts'
import { MarketMirror } from './market-mirror.ts'

const ETHER = 10n ** 18n
const range = { tickLower: -600, tickUpper: 600 }
const sqrtPriceX96 = 1n << 96n
/** The other user's: 1 ether of both between the two ticks. */
const held = provisionOf(sqrtPriceX96, range, { amount0: ETHER, amount1: ETHER })
const spec = marketNetwork({
  kind: 'concentrated',
  feePips: 3_000,
  tickSpacing: 60,
  sqrtPriceX96,
  vaults: [],
  ranges: [{ owner: address('other-user'), ...range, liquidity: held.liquidity }],
})
const empty = marketGenesis('empty')
const genesis = {
  ...empty,
  balances: [
    ...empty.balances,
    { kind: 'POOL', owner: market, token: rsEthOrigin, amount: held.amount0 } as const,
    { kind: 'POOL', owner: market, token: gas, amount: held.amount1 } as const,
  ],
}
const open = () => createTestChain(ORIGIN, { spec, genesis })
const asked = { market, deadline: GENESIS_SECONDS + 100 }
const terms = { ...asked, recipient: address('user') }
const least = { minAmount0: 0n, minAmount1: 0n }
const sale = (amountIn: bigint): MarketCall => ({
  ...{ kind: 'swap', ...terms, tokenIn: rsEthOrigin, amountIn, minAmountOut: 0n },
})
const mint = (amount: bigint, ticks = range): MarketCall => ({
  ...{ kind: 'mint-range', ...asked, ...ticks, amount0: amount, amount1: amount, ...least },
})
const burn = (liquidity: bigint): MarketCall => ({
  kind: 'burn-range',
  ...terms,
  ...range,
  liquidity,
  ...least,
})

describe('a pool of concentrated liquidity on a chain', () => {
  test('pays as a pair of its liquidity would, and says where its price is', () => {
    // x = y = L at a price of 1: out = γ·dx·L / (L + γ·dx), rounded down, as long as the price stays within the range.
    const afterFee = (ETHER / 10n) * 997n
    const due = (afterFee * held.liquidity) / (held.liquidity * 1_000n + afterFee)
    const [swapped, moved, synced] = open().call('user', sale(ETHER / 10n)).events as MarketEvent[]
    if (swapped?.kind !== 'swapped' || moved?.kind !== 'tick-moved') throw new Error('no swap')
    expect(due - swapped.amountOut).toBeGreaterThanOrEqual(0n)
    expect(due - swapped.amountOut).toBeLessThanOrEqual(2n)
    expect(moved.liquidity).toBe(held.liquidity)
    expect(synced).toMatchObject({
      reserve0: held.amount0 + ETHER / 10n,
      reserve1: held.amount1 - swapped.amountOut,
      priceX96: (moved.sqrtPriceX96 * moved.sqrtPriceX96) >> 96n,
    })
  })

  test('takes a range in, pays it out with its part of the fees, and gives the rest to who else is in range', () => {
    const chain = open()
    const [minted] = chain.call('user', mint(ETHER / 2n)).events
    expect(minted).toMatchObject({ kind: 'range-minted', amount0: ETHER / 2n, amount1: ETHER / 2n })
    chain.call('user', sale(ETHER / 10n))
    const [burned] = chain.call('user', burn(held.liquidity / 2n - 1n)).events
    if (burned?.kind !== 'range-burned') throw new Error('no range')
    // A third of 0.3 % of a tenth.
    const fee = burned.paid0 - burned.amount0
    expect(Number(fee) / Number(ETHER / 10_000n)).toBeCloseTo(1, 6)
    expect(burned.paid1).toBe(burned.amount1)
    expect(chain.call('user', burn(held.liquidity)).reason).toBe('insufficient-balance')
  })

  test.each<[string, MarketCall]>([
    ['no-liquidity', sale(40n * ETHER)],
    ['bad-ticks', mint(ETHER, { tickLower: -601, tickUpper: 600 })],
    ['bad-ticks', mint(ETHER, { tickLower: 600, tickUpper: -600 })],
    ['zero-amount', mint(0n)],
    ['zero-amount', burn(1n)],
    ['below-minimum', { ...mint(ETHER / 10n), minAmount0: ETHER } as MarketCall],
    ['wrong-design', { kind: 'add-liquidity', ...terms, amount0: 1n, amount1: 1n, ...least }],
    ['wrong-design', { kind: 'remove-liquidity', ...terms, shares: 1n, ...least }],
    ['deadline-passed', { ...mint(ETHER / 10n), deadline: 1 }],
  ])('refuses with %s', (reason, call) => {
    expect(open().call('user', call).reason).toBe(reason)
  })

  test('refuses ranges on a pair', () => {
    const pair = marketNetwork({ kind: 'constant-product', feePips: 3_000 })
    const chain = createTestChain(ORIGIN, { spec: pair, genesis: marketGenesis('provided') })
    expect(chain.call('user', mint(ETHER)).reason).toBe('wrong-design')
  })

  test('a mirror stands where it stands, says what it would pay, and goes back with a block', () => {
    const chain = open()
    const mirror = new MarketMirror(spec.markets[0]!, [genesis])
    const start = mirror.price()
    expect(start.priceX96).toBe(isqrtFloor(1n << 192n))
    const blocks = [mint(ETHER / 3n), sale(ETHER / 10n), burn(held.liquidity / 10n), sale(ETHER / 7n)].map(
      (call, index) => {
        const quoted = call.kind === 'swap' ? mirror.quote('sell-0', call.amountIn) : null
        const { events } = chain.call('user', call)
        if (quoted !== null) expect(events[0], String(index)).toMatchObject({ amountOut: quoted })
        mirror.followed(chain.engine.head())
        const { reserve0, reserve1, priceX96 } = mirror.price()
        expect(events.at(-1), String(index)).toMatchObject({ reserve0, reserve1, priceX96 })
        return chain.engine.head()
      },
    )
    for (const block of blocks.reverse()) mirror.orphaned(block)
    expect(mirror.price()).toEqual(start)
  })
})
