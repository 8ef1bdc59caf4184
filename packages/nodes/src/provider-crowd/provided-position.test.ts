import { asChainId } from '@solvent/primitives'
import {
  contractAddress,
  type Genesis,
  type MarketSpec,
  marketAddress,
  marketShareToken,
} from '@solvent/protocol'
import { heldByRange, MarketMirror } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { KeeperPurse } from '../keeper/keeper-purse.ts'
import { rangedPosition, sharedPosition } from './provided-position.ts'

const ETHER = 10n ** 18n
const chainId = asChainId(1)
const self = contractAddress('member', 'flock')
const terms = { recipient: self, deadline: 1 }
const spec: MarketSpec = {
  ...{ name: 'pool', chainId, address: marketAddress('pool') },
  token0: contractAddress('token', 'a'),
  token1: contractAddress('token', 'b'),
  design: { kind: 'constant-product', feePips: 0 },
}
const pool = (amount0: bigint, amount1: bigint): Genesis['balances'] => [
  { kind: 'POOL', owner: spec.address, token: spec.token0, amount: amount0 },
  { kind: 'POOL', owner: spec.address, token: spec.token1, amount: amount1 },
]

describe('what a crowd has provided', () => {
  it('is shares: it has lost nothing at the price of the start, and leaves by parts', () => {
    const share = marketShareToken(spec)
    const balances: Genesis['balances'] = [
      ...pool(100n * ETHER, 400n * ETHER),
      { kind: 'USER', owner: self, token: share, amount: 150n * ETHER },
      { kind: 'USER', owner: contractAddress('member', 'other'), token: share, amount: 50n * ETHER },
    ]
    const genesis: Genesis = { chainId, accounts: [], balances }
    const position = sharedPosition(spec, new MarketMirror(spec, [genesis]), new KeeperPurse(self, genesis))
    expect([position.parts, position.left(), position.lossShare()]).toEqual([150n * ETHER, 150n * ETHER, 0])
    expect(position.leave(ETHER, terms)).toMatchObject([{ kind: 'remove-liquidity', shares: ETHER }])
    // A share is half a coin and two of the other.
    const back = (amount0: bigint, amount1: bigint) =>
      position.comeBack(10n * ETHER, { amount0, amount1 }, terms)
    expect(back(9n * ETHER, 90n * ETHER)).toMatchObject([{ amount0: 5n * ETHER, amount1: 20n * ETHER }])
    expect(back(9n * ETHER, 8n * ETHER)).toMatchObject([{ amount0: 2n * ETHER, amount1: 8n * ETHER }])
    expect(back(9n * ETHER, 1n)).toEqual([])
  })

  it('is ranges: each gives the same part, and the loss is that of their depth', () => {
    const design = {
      kind: 'concentrated' as const,
      feePips: 0,
      tickSpacing: 60,
      sqrtPriceX96: 1n << 96n,
      vaults: [],
      ranges: [
        { owner: self, tickLower: -600, tickUpper: 600, liquidity: 100n * ETHER },
        { owner: self, tickLower: -6_000, tickUpper: 6_000, liquidity: 300n * ETHER },
      ],
    }
    const ranged = { ...spec, design }
    const held = design.ranges.map((range) => heldByRange(design.sqrtPriceX96, range))
    const sum = (key: 'amount0' | 'amount1') => held.reduce((all, each) => all + each[key], 0n)
    const genesis: Genesis = { chainId, accounts: [], balances: pool(sum('amount0'), sum('amount1')) }
    const position = rangedPosition(ranged, new MarketMirror(ranged, [genesis]), self)
    expect([position.parts, position.left(), position.lossShare()]).toEqual([400n * ETHER, 400n * ETHER, 0])
    expect(position.leave(40n * ETHER, terms)).toMatchObject([
      { kind: 'burn-range', tickUpper: 600, liquidity: 10n * ETHER },
      { kind: 'burn-range', tickUpper: 6_000, liquidity: 30n * ETHER },
    ])
    const tenth = { amount0: sum('amount0') / 10n, amount1: sum('amount1') / 10n }
    // Half of one coin is half of the parts.
    const half = position.comeBack(40n * ETHER, { ...tenth, amount1: tenth.amount1 / 2n }, terms)
    expect(half).toMatchObject([{ tickUpper: 600 }, { tickUpper: 6_000 }])
    const [near, far] = half.map((call) => (call.kind === 'mint-range' ? call.amount0 : 0n)) as [
      bigint,
      bigint,
    ]
    expect(near + far).toBeLessThanOrEqual(tenth.amount0 / 2n)
    expect(near + far).toBeGreaterThanOrEqual(tenth.amount0 / 2n - 4n)
  })
})
