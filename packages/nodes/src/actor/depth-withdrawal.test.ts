import { asAddress, asChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  contractAddress,
  type Genesis,
  type MarketSpec,
  marketAddress,
  marketShareToken,
  vaultAddress,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { DepthWithdrawal, type Withdrawn } from './depth-withdrawal.ts'

const chainId = asChainId(10)
const self = asAddress(`0x${'5e'.repeat(20)}`)
const other = asAddress(`0x${'0a'.repeat(20)}`)
const coin = contractAddress('token', 'there/COIN')
const [tickLower, tickUpper] = [-600, 600]

const pair: MarketSpec = {
  ...{ name: 'pair', chainId, address: marketAddress('pair'), token0: coin, token1: ZERO_ADDRESS },
  design: { kind: 'constant-product', feePips: 0 },
}
/** One range of its own, one of somebody else, and one that a vault owns of which it has a half. */
const ranges: MarketSpec = {
  ...{ name: 'ranges', chainId, address: marketAddress('ranges'), token0: coin, token1: ZERO_ADDRESS },
  design: {
    ...{ kind: 'concentrated', feePips: 3_000, tickSpacing: 60, sqrtPriceX96: 2n ** 96n },
    ranges: [
      { owner: self, tickLower, tickUpper, liquidity: 1_000_000n },
      { owner: other, tickLower, tickUpper, liquidity: 5_000_000n },
      { owner: vaultAddress('narrow'), tickLower: -60, tickUpper: 60, liquidity: 800_000n },
    ],
    vaults: [{ name: 'narrow', address: vaultAddress('narrow'), tickLower: -60, tickUpper: 60 }],
  },
}

function provider(shares: bigint, markets: readonly MarketSpec[] = [pair, ranges]): DepthWithdrawal {
  const of = (kind: 'USER' | 'POOL' | 'COLLATERAL', owner: string, token: string, amount: bigint) => ({
    ...{ kind, owner, amount },
    token: asAddress(token),
  })
  const balances = [
    ...markets.flatMap(({ address }) =>
      [coin, ZERO_ADDRESS].map((token) => of('POOL', address, token, 1_000_000n)),
    ),
    of('USER', self, marketShareToken(pair), shares),
    of('USER', other, marketShareToken(pair), 7_000n),
    // What is pledged elsewhere is not there to be given back.
    of('COLLATERAL', self, marketShareToken(pair), 900n),
    of('USER', self, vaultAddress('narrow'), 400_000n),
  ]
  return new DepthWithdrawal(self, markets, [{ chainId, accounts: [], balances } as Genesis])
}

const order = (market: MarketSpec, partMillionths: number) =>
  ({ kind: 'withdraw-depth', market: market.address, partMillionths }) as const
const given = (withdrawn: Withdrawn) =>
  withdrawn.status === 'refused'
    ? withdrawn.reason
    : withdrawn.withdrawals.map(({ call }) =>
        'shares' in call ? call.shares : 'liquidity' in call ? call.liquidity : null,
      )

describe('depth that a provider takes out', () => {
  it('is a part of the shares that it holds then, at any price', () => {
    const withdrawn = provider(2_000n).withdraw(order(pair, 250_000), 'w')
    expect(withdrawn).toEqual({
      status: 'calls',
      chainId,
      withdrawals: [
        {
          ref: 'w/0',
          call: {
            ...{ kind: 'remove-liquidity', market: pair.address, shares: 500n, recipient: self },
            ...{ minAmount0: 0n, minAmount1: 0n, deadline: 4_294_967_295 },
          },
        },
      ],
    })
  })

  it('is of what waves before it leave, those that are on their way among them', () => {
    const depth = provider(2_000n)
    expect(given(depth.withdraw(order(pair, 500_000), 'a'))).toEqual([1_000n])
    expect(given(depth.withdraw(order(pair, 500_000), 'b'))).toEqual([500n])
    expect(given(depth.withdraw(order(pair, 1_000_000), 'c'))).toEqual([500n])
    expect(given(depth.withdraw(order(pair, 1_000_000), 'd'))).toBe('nothing-to-withdraw')
    // All were in vain.
    for (const ref of ['a/0', 'b/0', 'c/0']) depth.over(ref)
    expect(given(depth.withdraw(order(pair, 1_000_000), 'e'))).toEqual([2_000n])
  })

  it("is of its own ranges and of its shares of vaults, and of nobody else's", () => {
    expect(given(provider(0n).withdraw(order(ranges, 100_000), 'w'))).toEqual([100_000n, 40_000n])
  })

  it('is refused where it has nothing, or does not provide', () => {
    expect(given(provider(0n).withdraw(order(pair, 1_000_000), 'w'))).toBe('nothing-to-withdraw')
    expect(given(provider(1n).withdraw(order(pair, 1), 'w'))).toBe('nothing-to-withdraw')
    expect(given(provider(9n, [ranges]).withdraw(order(pair, 1_000_000), 'w'))).toBe('unknown-market')
  })
})
