// Limits on departures (B-5) on real chains under audit: what a bucket refuses, what comes back with time, re-orgs, and a
// bucket that is always full.
import type { DepartureLimit } from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, bridge, L1, ORIGIN, rsEthFar } from './audited-network.ts'

const ETHER = 10n ** 18n

/** Ten at once, one more in a hundred seconds. */
const limit: DepartureLimit = {
  chainId: ORIGIN,
  token: rsEthFar,
  dstChainId: L1,
  capacity: 10n * ETHER,
  refillPerSecond: ETHER / 100n,
}

const limited = (rules: Partial<SettlementRules> = {}) =>
  new AuditedNetwork({ rules, bridge: { departureLimits: [limit] } })

function leave(network: AuditedNetwork, amount: bigint, second: number): string | null {
  const out = {
    kind: 'bridge-out',
    bridge,
    token: rsEthFar,
    amount,
    dstChainId: L1,
    recipient: address('alice'),
  } as const
  return network.call(ORIGIN, 'alice', out, second).reason
}

describe('a limit on departures', () => {
  it('lets a full bucket go to the last unit, and what has come back since, up to its capacity', () => {
    const network = limited()
    expect(leave(network, 10n * ETHER + 1n, 10)).toBe('limited')
    expect(leave(network, 10n * ETHER, 20)).toBeNull()
    expect(leave(network, ETHER, 119)).toBe('limited')
    expect(leave(network, ETHER, 120)).toBeNull()
    // A thousand seconds fill it again, and two thousand no more.
    expect(leave(network, 10n * ETHER + 1n, 2_120)).toBe('limited')
    expect(leave(network, 10n * ETHER, 2_121)).toBeNull()
    expect(network.broken()).toEqual([])
  })

  it('gives back what an orphaned block took', () => {
    const network = limited()
    expect(leave(network, 10n * ETHER, 20)).toBeNull()
    network.undo(ORIGIN)
    // What left is in the pool again, and empties the bucket a second later than before.
    expect(leave(network, ETHER, 21)).toBe('limited')
    expect(leave(network, ETHER, 120)).toBe('limited')
    expect(leave(network, ETHER, 121)).toBeNull()
    expect(network.broken()).toEqual([])
  })

  it('is missed by the audit when a bucket is always full, and when it refuses what it holds', () => {
    const full = limited({ refilled: (_level, { capacity }) => capacity })
    expect(leave(full, 10n * ETHER, 20)).toBeNull()
    expect(leave(full, 10n * ETHER, 21)).toBeNull()
    expect(full.broken()).toEqual(['B-5'])
    const empty = limited({ refilled: () => 0n })
    expect(leave(empty, ETHER, 20)).toBeNull()
    expect(leave(empty, ETHER, 21)).toBe('limited')
    expect(empty.broken()).toEqual(['B-5'])
  })
})
