import { RAY } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  contractAddress,
  debtToken,
  type GenesisBalance,
  type Leg,
  type LendingTerms,
  type NetworkSpec,
  receiptToken,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { smallGenesis } from '../testing/running-network.ts'
import { address, L1, ROLLUP, smallNetwork, tokens, weakBridge } from '../testing/small-network.ts'
import { createSoundnessWatch } from './soundness-watch.ts'

const pool = contractAddress('lending', 'main')
const dollar = contractAddress('oracle', 'usdc-usd')
const ETHER = 10n ** 18n
const USD = 10n ** 6n
const ONE = 10n ** 8n
const price = { oracle: dollar, maxAgeSeconds: 10_000_000, floorE8: 1n, capE8: 10n ** 14n }
const terms: LendingTerms = {
  ...{ decimals: 6, ltvBps: 8_000n, liquidationThresholdBps: 8_300n, liquidationBonusBps: 10_500n },
  ...{ liquidationProtocolFeeBps: 0n, reserveFactorBps: 0n, supplyCap: 0n, borrowCap: 0n },
  ...{ borrowing: 'enabled', status: 'active', liquidationGraceUntil: 0 },
  rateCurve: { optimalUsageRay: (RAY * 9n) / 10n, baseRay: 0n, slope1Ray: 0n, slope2Ray: 0n },
}
const spec: NetworkSpec = {
  ...smallNetwork,
  lendingPools: [
    {
      ...{ name: 'main', address: pool, chainId: L1, treasury: address('issuer') },
      reserves: [
        { token: tokens.rsEthL1, symbol: 'rsETH', price, terms: { ...terms, decimals: 18 } },
        { token: tokens.usdcL1, symbol: 'USDC', price, terms },
      ],
      ...{ eModes: [], engine: { kind: 'fixed-spread' }, insurance: null, uptime: null },
    },
  ],
}
const [debtor, other] = [address('borealis'), address('atlas')]
/** A thousand USDC lent, 600 of it borrowed by two against 1 rsETH each. */
const lent: GenesisBalance[] = [
  { kind: 'USER', owner: address('user-1'), token: receiptToken(pool, tokens.usdcL1), amount: 1_000n * USD },
  { kind: 'POOL', owner: pool, token: tokens.usdcL1, amount: 400n * USD },
  { kind: 'POOL', owner: pool, token: tokens.rsEthL1, amount: 2n * ETHER },
  ...[debtor, other].flatMap((owner): GenesisBalance[] => [
    { kind: 'COLLATERAL', owner, token: receiptToken(pool, tokens.rsEthL1), amount: ETHER },
    { kind: 'BORROWER', owner, token: debtToken(pool, tokens.usdcL1), amount: 300n * USD },
  ]),
]
const genesis = smallGenesis.map((each) =>
  each.chainId === L1 ? { ...each, balances: [...each.balances, ...lent] } : each,
)
const block = (hash: string, events: readonly ChainEvent[], chainId = L1, legs: readonly Leg[] = []) =>
  ({
    hash,
    header: { number: 1, chainId, timestamp: smallNetwork.genesisMs / 1_000 + 12 },
    receipts: [{ events, entries: [{ index: 0, cause: 'bridge-release', legs, rounding: [] }] }],
  }) as unknown as Block
const lost = (borrower: typeof debtor, amount: bigint): ChainEvent => ({
  kind: 'bad-debt-booked',
  ...{ pool, token: tokens.usdcL1, borrower, amount: amount * USD },
})
/** rsETH at 500, USDC at 1. */
const outside = (symbol: string) => (symbol === 'USDC' ? ONE : 500n * ONE)

describe('how sound a part of the network is', () => {
  it('is, of lending pools, what of all claims is not lost, by value', () => {
    const watch = createSoundnessWatch({ of: 'solvency', pools: [pool] }, spec, genesis)
    expect([watch.chains, watch.shareE8(outside)]).toEqual([[L1], ONE])
    // Of 1,000 USDC and 2 rsETH at 500 a hundred are lost: 1,900 of 2,000.
    const loss = block('a', [lost(debtor, 100n)])
    watch.followed(loss)
    expect(watch.shareE8(outside)).toBe(95_000_000n)
    // The same loss weighs more when the other claims are worth less: 1,100 of 1,200.
    expect(watch.shareE8((symbol) => (symbol === 'USDC' ? ONE : 100n * ONE))).toBe(91_666_666n)
    watch.orphaned(loss)
    expect(watch.shareE8(outside)).toBe(ONE)
  })

  it('is, of borrowers, who has left no bad debt: each counts once, new ones too', () => {
    const watch = createSoundnessWatch({ of: 'standing', pools: [pool] }, spec, genesis)
    expect(watch.shareE8(outside)).toBe(ONE)
    watch.followed(block('a', [lost(debtor, 1n), lost(debtor, 1n)]))
    expect(watch.shareE8(outside)).toBe(50_000_000n)
    const third = block('b', [
      {
        kind: 'borrowed',
        pool,
        token: tokens.usdcL1,
        user: address('user-1'),
        amount: 1n,
        scaled: 1n,
        prices: [],
      },
      { kind: 'borrowed', pool, token: tokens.usdcL1, user: other, amount: 1n, scaled: 1n, prices: [] },
    ])
    watch.followed(third)
    expect(watch.shareE8(outside)).toBe(66_666_666n)
    watch.orphaned(third)
    expect(watch.shareE8(outside)).toBe(50_000_000n)
    // Nobody is left: the least answer above none.
    watch.followed(block('c', [lost(other, 1n)]))
    expect(watch.shareE8(outside)).toBe(1n)
  })

  it('is, of a bridge, the share of claims that is covered, on whichever chain they are', () => {
    const watch = createSoundnessWatch({ of: 'backing', bridge: weakBridge }, spec, genesis)
    expect([watch.chains, watch.shareE8(outside)]).toEqual([[L1, ROLLUP], ONE])
    // 180 of the 1,000 that are locked go without a burn.
    const release = block('a', [], L1, [
      { kind: 'BRIDGE_LOCK', owner: weakBridge, token: tokens.rsEthL1, amount: -180n * ETHER },
      { kind: 'USER', owner: other, token: tokens.rsEthL1, amount: 180n * ETHER },
    ])
    watch.followed(release)
    expect(watch.shareE8(outside)).toBe(82_000_000n)
    watch.orphaned(release)
    expect(watch.shareE8(outside)).toBe(ONE)
  })
})
