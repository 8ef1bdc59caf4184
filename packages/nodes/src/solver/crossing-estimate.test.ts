// What a solver expects of its own transfers, by custody: fees and waits, and pools as blocks show them.
import { ZERO_HASH } from '@solvent/primitives'
import type { Custody, JournalEntry } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { L1, prices, ROLLUP, smallNetwork, tokens, weakBridge } from '../testing/small-network.ts'
import { estimateCrossing } from './crossing-estimate.ts'
import { createNetworkFacts } from './network-facts.ts'
import { PoolMonitor } from './pool-monitor.ts'

const WAD = 10n ** 18n
/** UMIP-136: ETH. */
const pool: Custody = {
  kind: 'pool',
  fee: { kinkE18: 65n * 10n ** 16n, r0E18: 0n, r1E18: 8n * 10n ** 16n, r2E18: WAD },
}

function setUp(custody: Custody) {
  const spec = {
    ...smallNetwork,
    bridges: smallNetwork.bridges.map((bridge) =>
      bridge.address === weakBridge ? { ...bridge, custody } : bridge,
    ),
  }
  const facts = createNetworkFacts(spec, prices)
  const pools = new PoolMonitor(facts)
  const bridge = spec.bridges.find(({ address }) => address === weakBridge)!
  const to = { chainId: L1, token: tokens.rsEthL1 }
  const estimate = (amount: bigint) => estimateCrossing({ bridge, from: ROLLUP, to, amount }, facts, pools)
  return { pools, estimate }
}

const entry = (cause: JournalEntry['cause'], amount: bigint): JournalEntry => ({
  index: 0,
  cause,
  legs: [{ kind: 'POOL', owner: weakBridge, token: tokens.rsEthL1, amount }],
  rounding: [],
})
const deposit = entry('pool-deposit', 1_000n)

describe('a crossing', () => {
  test('costs nothing over a lock, and the fee of an issuer rounded up', () => {
    const wait = setUp({ kind: 'lock-mint' }).estimate(1_000n).waitSeconds as number
    expect(wait > 30).toBe(true)
    expect(setUp({ kind: 'burn-mint', feeBps: 14 }).estimate(1_000_000n)).toEqual({
      feeBps: 14,
      waitSeconds: wait,
    })
    // ceil(1 · 14 / 10000) = 1 of 1.
    expect(setUp({ kind: 'burn-mint', feeBps: 14 }).estimate(1n).feeBps).toBe(10_000)
  })

  test('takes for ever under hash locks', () => {
    const windows = { withdrawAfter: 1, publicWithdrawAfter: 2, cancelAfter: 3, publicCancelAfter: 4 }
    const custody = { kind: 'hash-lock', source: windows, destination: windows, safetyDeposit: 0n } as const
    expect(setUp(custody).estimate(1n).waitSeconds).toBeNull()
  })

  test('over a pool costs by what it uses up, and takes for ever beyond the cash', () => {
    const { pools, estimate } = setUp(pool)
    expect(estimate(1n).waitSeconds).toBeNull()
    pools.onEntries(L1, [deposit])
    // All of it: 22.9 % a year, 0.397327… % for a week (across-protocol/sdk): 39.7 basis points, rounded up.
    expect(estimate(1_000n)).toMatchObject({ feeBps: 40 })
    expect(estimate(1_000n).waitSeconds).not.toBeNull()
    expect(estimate(1_001n).waitSeconds).toBeNull()
    // A payout of 500 leaves 500 of 1,000.
    pools.onEntries(L1, [entry('pool-out', -500n)])
    expect(pools.view(weakBridge, L1, tokens.rsEthL1)).toEqual({ cash: 500n, used: 500n, waiting: 0 })
    expect(estimate(501n).waitSeconds).toBeNull()
    // From 0.5 to 0.51 costs 6.2 % a year (across-protocol/sdk): 11.6 basis points a week.
    expect(estimate(10n).feeBps).toBe(12)
  })

  test('waits for those who wait', () => {
    const { pools, estimate } = setUp(pool)
    pools.onEntries(L1, [deposit])
    const queued = {
      kind: 'payout-queued',
      bridge: weakBridge,
      token: tokens.rsEthL1,
      message: ZERO_HASH,
      recipient: weakBridge,
      amount: 1n,
      fee: 0n,
      position: 0,
    } as const
    pools.onEvent(L1, queued)
    expect(estimate(1n).waitSeconds).toBeNull()
    pools.onOrphaned(L1, queued)
    expect(estimate(1n).waitSeconds).not.toBeNull()
    pools.onEvent(L1, queued)
    pools.onEvent(L1, { ...queued, kind: 'payout-made', paid: 1n })
    expect(estimate(1n).waitSeconds).not.toBeNull()
  })
})
