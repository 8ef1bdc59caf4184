// A-1 on blocks written by hand: a pair of 1,000 and 2,000, what it may do and what it must not.
import {
  type ChainEvent,
  type Genesis,
  type Leg,
  type MarketCall,
  marketAddress,
  marketShareToken,
  type NetworkSpec,
} from '@solvent/protocol'
import { expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  spec as bare,
  GENESIS_SECONDS,
  genesis as plain,
  ROLLUP,
  rsEthRollup,
  usdcRollup,
  verifier,
} from './testing/network.ts'

const market = marketAddress('pair')
const shareToken = marketShareToken({ name: 'pair' })
const alice = address('alice')
const spec: NetworkSpec = {
  ...bare,
  markets: [
    {
      name: 'pair',
      chainId: ROLLUP,
      address: market,
      token0: usdcRollup,
      token1: rsEthRollup,
      design: { kind: 'constant-product', feePips: 3_000 },
    },
  ],
}
/** √(1,000,000 · 4,000,000) = 2,000,000 shares. */
const [X, Y, S] = [1_000_000n, 4_000_000n, 2_000_000n]
const genesis: Genesis[] = plain.map((chain) =>
  chain.chainId === ROLLUP
    ? {
        ...chain,
        balances: [
          ...chain.balances,
          { kind: 'POOL', owner: market, token: usdcRollup, amount: X },
          { kind: 'POOL', owner: market, token: rsEthRollup, amount: Y },
          { kind: 'USER', owner: alice, token: shareToken, amount: S },
          { kind: 'USER', owner: alice, token: usdcRollup, amount: X },
        ],
      }
    : chain,
)
const terms = { market, recipient: alice, deadline: GENESIS_SECONDS + 100 }
const pool = (token: typeof usdcRollup, amount: bigint): Leg => ({
  kind: 'POOL',
  owner: market,
  token,
  amount,
})
const user = (token: typeof usdcRollup, amount: bigint): Leg => ({
  kind: 'USER',
  owner: alice,
  token,
  amount,
})
const synced = (
  reserve0: bigint,
  reserve1: bigint,
  priceX96 = (reserve1 * 2n ** 96n) / reserve0,
): ChainEvent => ({
  kind: 'market-synced',
  market,
  reserve0,
  reserve1,
  priceX96,
})

/** 100,000 in: 0.997 · 100,000 · 4,000,000 / (1,000,000 + 99,700) = 362,644.35. */
const PAID = 100_000n
const DUE = 362_644n

interface Swap {
  amountOut?: bigint
  booked?: bigint
  call?: Partial<Extract<MarketCall, { kind: 'swap' }>>
  says?: ChainEvent
}

function swap({ amountOut = DUE, booked = amountOut, call = {}, says }: Swap = {}): DraftTransaction {
  return {
    from: 'alice',
    call: { kind: 'swap', ...terms, tokenIn: usdcRollup, amountIn: PAID, minAmountOut: 0n, ...call },
    entries: [
      {
        cause: 'swap',
        legs: [
          user(usdcRollup, -PAID),
          pool(usdcRollup, PAID),
          pool(rsEthRollup, -booked),
          user(rsEthRollup, booked),
        ],
      },
    ],
    events: [
      {
        kind: 'swapped',
        market,
        sender: alice,
        recipient: alice,
        tokenIn: usdcRollup,
        amountIn: PAID,
        amountOut,
      },
      says ?? synced(X + PAID, Y - amountOut),
    ],
  }
}

/** A tenth of the pool. */
function removal(shares = S / 10n, [amount0, amount1] = [X / 10n, Y / 10n] as const): DraftTransaction {
  return {
    from: 'alice',
    call: { kind: 'remove-liquidity', ...terms, shares, minAmount0: 0n, minAmount1: 0n },
    entries: [
      {
        cause: 'remove-liquidity',
        legs: [
          user(shareToken, -shares),
          { kind: 'SUPPLY', owner: '', token: shareToken, amount: shares },
          pool(usdcRollup, -amount0),
          user(usdcRollup, amount0),
          pool(rsEthRollup, -amount1),
          user(rsEthRollup, amount1),
        ],
      },
    ],
    events: [
      { kind: 'liquidity-removed', market, provider: alice, recipient: alice, amount0, amount1, shares },
      synced(X - amount0, Y - amount1),
    ],
  }
}

function addition(shares: bigint): DraftTransaction {
  const [amount0, amount1] = [X / 10n, Y / 10n]
  return {
    from: 'alice',
    call: { kind: 'add-liquidity', ...terms, amount0, amount1, minAmount0: 0n, minAmount1: 0n },
    entries: [
      {
        cause: 'add-liquidity',
        legs: [
          user(usdcRollup, -amount0),
          pool(usdcRollup, amount0),
          user(rsEthRollup, -amount1),
          pool(rsEthRollup, amount1),
          { kind: 'SUPPLY', owner: '', token: shareToken, amount: -shares },
          user(shareToken, shares),
        ],
      },
    ],
    events: [
      { kind: 'liquidity-added', market, provider: alice, recipient: alice, amount0, amount1, shares },
      synced(X + amount0, Y + amount1),
    ],
  }
}

const block = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})

function breaches(drafts: readonly DraftBlock[]): string[] {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  return auditor.finish().broken.flatMap(({ id, detail }) => (id === 'A-1' ? [detail] : []))
}

it('accepts a swap at the most that k allows, a share taken out and one put in', () => {
  expect(breaches([block(1, swap())])).toEqual([])
  expect(breaches([block(1, removal())])).toEqual([])
  expect(breaches([block(1, addition(S / 10n))])).toEqual([])
})

it.each<[string, DraftTransaction, string]>([
  ['a unit too many', swap({ amountOut: DUE + 1n }), 'lowers k'],
  ['a unit too few', swap({ amountOut: DUE - 1n }), 'less than k allows'],
  ['other money than it says', swap({ booked: DUE - 1n }), 'the journal holds'],
  ['other reserves than its events leave', swap({ says: synced(X, Y) }), 'its events leave'],
  ['another price than its reserves', swap({ says: synced(X + PAID, Y - DUE, 1n) }), 'says a price of 1'],
  ['less than was asked for', swap({ call: { minAmountOut: DUE + 1n } }), `the call asks for ${DUE + 1n}`],
  ['a swap after its deadline', swap({ call: { deadline: GENESIS_SECONDS } }), 'the deadline was'],
  ['a swap that nobody asked for', swap({ call: { amountIn: 1n } }), 'does not ask for'],
  ['too much for a share', removal(S / 10n, [X / 10n + 1n, Y / 10n]), 'for 200000 shares'],
  ['too little for a share', removal(S / 10n, [X / 10n, Y / 10n - 1n]), 'for 200000 shares'],
  ['a share too many', addition(S / 10n + 1n), '200001 shares'],
  ['a share too few', addition(S / 10n - 1n), '199999 shares'],
])('catches %s', (_what, transaction, detail) => {
  expect(breaches([block(1, transaction)]).join('; ')).toContain(detail)
})

it('takes swaps and shares of a branch that is left back', () => {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  const root = sealer.seal(block(1))
  auditor.block(root)
  auditor.block(sealer.seal(block(2, swap())))
  auditor.block(sealer.seal({ ...block(3, removal()), parent: root }))
  auditor.block(sealer.seal(block(4)))
  expect(auditor.finish().broken.filter(({ id }) => id === 'A-1')).toEqual([])
})
