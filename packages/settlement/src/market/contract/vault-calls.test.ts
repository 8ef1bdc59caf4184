import type { MarketCall } from '@solvent/protocol'
import { vaultAddress } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { UndoLog } from '../../ledger/undo-log.ts'
import { VaultView } from '../../lending/view/vault-view.ts'
import { vaultShareE8 } from '../../oracle/vault-share.ts'
import { market, marketGenesis, marketNetwork } from '../../testing/market-network.ts'
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { provisionOf } from '../concentrated/range-amounts.ts'

const ETHER = 10n ** 18n
const E8 = 10n ** 8n
const ticks = { tickLower: -600, tickUpper: 600 }
const sqrtPriceX96 = 1n << 96n
const vault = vaultAddress('wide')
/** Of the other user, in the vault: 1 ether of both. */
const held = provisionOf(sqrtPriceX96, ticks, { amount0: ETHER, amount1: ETHER })
const spec = marketNetwork({
  ...{ kind: 'concentrated', feePips: 3_000, tickSpacing: 60, sqrtPriceX96 },
  ranges: [{ owner: vault, ...ticks, liquidity: held.liquidity }],
  vaults: [{ name: 'wide', address: vault, ...ticks }],
})
const empty = marketGenesis('empty')
const genesis = {
  ...empty,
  balances: [
    ...empty.balances,
    { kind: 'POOL', owner: market, token: rsEthOrigin, amount: held.amount0 } as const,
    { kind: 'POOL', owner: market, token: gas, amount: held.amount1 } as const,
    { kind: 'USER', owner: address('other-user'), token: vault, amount: held.liquidity } as const,
  ],
}
const open = () => createTestChain(ORIGIN, { spec, genesis })
const asked = { market, vault, deadline: GENESIS_SECONDS + 100 }
const least = { minAmount0: 0n, minAmount1: 0n }
const join = (amount0: bigint, amount1 = amount0, minShares = 0n): MarketCall => ({
  ...{ kind: 'mint-vault-shares', ...asked, amount0, amount1, minShares },
})
const leave = (user: 'user' | 'other-user', shares: bigint): MarketCall => ({
  ...{ kind: 'burn-vault-shares', ...asked, shares, recipient: address(user), ...least },
})
const sale = (amountIn: bigint): MarketCall => ({
  ...{ kind: 'swap', market, deadline: GENESIS_SECONDS + 100, recipient: address('user') },
  ...{ tokenIn: rsEthOrigin, amountIn, minAmountOut: 0n },
})

describe('a vault of a range', () => {
  test('takes half as much again for half as many shares, and gives who leaves both amounts', () => {
    const chain = open()
    const minted = chain
      .call('user', join(ETHER / 2n))
      .events.find(({ kind }) => kind === 'vault-shares-minted')
    if (minted?.kind !== 'vault-shares-minted') throw new Error('no shares')
    expect(held.liquidity / 2n - minted.shares).toBeLessThan(20n)
    const burned = chain
      .call('user', leave('user', minted.shares))
      .events.find(({ kind }) => kind === 'vault-shares-burned')
    if (burned?.kind !== 'vault-shares-burned') throw new Error('no amounts')
    for (const side of ['amount0', 'amount1'] as const) {
      expect(burned[side]).toBeLessThanOrEqual(minted[side])
      expect(minted[side] - burned[side]).toBeLessThan(20n)
    }
  })

  test('keeps the fees for those who were there: who comes later pays for its part of them', () => {
    const chain = open()
    chain.call('user', sale(ETHER / 10n))
    // 0.3 % of a tenth is the old holder's; shares cost their part of everything that is there, fees with it.
    const joined = chain.call('user', join(ETHER / 2n))
    const collected = joined.events.find(({ kind }) => kind === 'range-burned')
    expect(collected).toMatchObject({ owner: vault, recipient: vault, liquidity: 0n })
    const minted = joined.events.find(({ kind }) => kind === 'vault-shares-minted')
    if (collected?.kind !== 'range-burned' || minted?.kind !== 'vault-shares-minted') throw new Error('none')
    expect(Number(collected.paid0) / Number((ETHER * 3n) / 10_000n)).toBeCloseTo(1, 6)
    const gone = chain.call('other-user', leave('other-user', held.liquidity))
    const burned = gone.events.find(({ kind }) => kind === 'vault-shares-burned')
    if (burned?.kind !== 'vault-shares-burned') throw new Error('no amounts')
    // What he put in and sold to the user, and all of the fee: 1 + 0.1 of the first token, less than a wei in 10^9 to roundings.
    expect(Number(burned.amount0) / Number((ETHER * 11n) / 10n)).toBeCloseTo(1, 9)
  })

  test.each<[string, MarketCall]>([
    ['unknown-vault', { ...join(ETHER), vault: market } as MarketCall],
    ['zero-amount', join(0n)],
    ['zero-amount', join(ETHER, 0n)],
    ['below-minimum', join(ETHER / 2n, ETHER / 2n, held.liquidity)],
    ['insufficient-balance', join(1_000n * ETHER)],
    ['zero-amount', leave('user', 0n)],
    ['insufficient-balance', leave('user', 1_000n)],
    ['insufficient-balance', leave('user', held.liquidity + 1n)],
    ['deadline-passed', { ...join(ETHER), deadline: 1 } as MarketCall],
  ])('refuses with %s', (reason, call) => {
    expect(open().call('user', call).reason).toBe(reason)
  })

  test('a share is worth the two amounts at the prices outside, whatever a trade does to the pool', () => {
    const [of, other] = [address('feed'), address('other-feed')]
    const source = {
      kind: 'vault-share',
      market,
      vault,
      of,
      other,
      ...ticks,
      decimals0: 18,
      decimals1: 18,
    } as const
    const oracle = {
      name: 'wide-usd',
      address: address('oracle'),
      chainId: ORIGIN,
      symbol: 'vault:wide',
      source,
    }
    const view = new VaultView(new UndoLog(), { ...spec, oracles: [oracle] }, genesis)
    const worth = (price0E8: bigint) => vaultShareE8(view.of(vault)!, price0E8, E8, source)
    const before = worth(E8)!
    // Two ether at a price of 1 over the liquidity, in which a share of 10^18 units is counted.
    expect(Number(before) / ((2e8 * 1e18) / Number(held.liquidity))).toBeCloseTo(1, 7)
    const chain = open()
    for (const call of [sale(ETHER / 2n), join(ETHER / 4n)]) {
      const { entries, events } = chain.call('user', call)
      for (const leg of entries.flatMap(({ legs }) => legs)) view.leg(leg)
      for (const event of events) view.event(event)
      // The sale moves nothing; who joined paid for the fee that was collected then, 0.3 % of a half of two.
      expect(Number(worth(E8)) / Number(before)).toBeCloseTo(call.kind === 'swap' ? 1 : 1.00075, 5)
    }
    // Below the range all is of the first token: L·(1/√p_a − 1/√p_b) = L·(1.0001^300 − 1.0001^−300), and the fee.
    const each = 0.5 * (1.0001 ** 300 - 1.0001 ** -300)
    expect(Number(worth(E8 / 2n)) / 1e8 / each).toBeCloseTo(1.0007, 3)
    expect(worth(0n)).toBeNull()
  })
})
