import { ZERO_HASH } from '@solvent/primitives'
import { encodeTransaction } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { UndoLog } from '../ledger/undo-log.ts'
import { address, GENESIS_SECONDS, L1, network, ORIGIN, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { afterReading, bufferAt, fullBuffer } from './delay-buffer.ts'
import { ForcedInbox } from './forced-inbox.ts'

/** Arbitrum One: 30 min, 48 h, a twentieth. */
const arbitrum = { thresholdSeconds: 1_800, maxSeconds: 172_800, replenishBps: 500 }
const HOUR = 3_600
/** A time after all that a fresh buffer remembers. */
const T = 1_000_000

describe('the delay buffer', () => {
  it('is full before anything was read, and after what was read in time', () => {
    expect(bufferAt(fullBuffer(arbitrum), T, arbitrum)).toBe(48 * HOUR)
    const prompt = afterReading(fullBuffer(arbitrum), T, T + 1_800, arbitrum)
    expect(bufferAt(prompt, T + HOUR, arbitrum)).toBe(48 * HOUR)
  })

  // A wait of 24 h is 23.5 h too long: 84,600 s, of which as much counts as has passed since, and a twentieth of that comes back.
  it.each([
    [0, 172_800],
    [2 * HOUR, 172_800 + 360 - 7_200],
    [23.5 * HOUR, 172_800 + 4_230 - 84_600],
    [24 * HOUR, 172_800 + 4_320 - 84_600],
    // From then on it fills by three minutes an hour, and is full when a twentieth of the time is 84,600 s.
    [34 * HOUR, 172_800 + 6_120 - 84_600],
    [470 * HOUR, 172_800],
  ])('after a wait of a day leaves what was not used of it, %d s later', (seconds, left) => {
    const late = afterReading(fullBuffer(arbitrum), T, T + 24 * HOUR, arbitrum)
    expect(bufferAt(late, T + seconds, arbitrum)).toBe(left)
  })

  it('counts one outage once, however many waited for it, and keeps the threshold', () => {
    const back = T + 60 * HOUR
    const first = afterReading(fullBuffer(arbitrum), T, back, arbitrum)
    const second = afterReading(first, T + 10 * HOUR, back, arbitrum)
    // Ten hours of the first's 59.5 count: 172,800 + 1,800 − 36,000.
    expect(second.bufferSeconds).toBe(138_600)
    const third = afterReading(second, T + 10 * HOUR, back, arbitrum)
    expect(third.bufferSeconds).toBe(138_600)
    // 49.5 h of the second's: 138,600 + 9,000 − 178,200 is below the threshold.
    expect(bufferAt(third, back, arbitrum)).toBe(1_800)
  })
})

describe('the inbox of a rollup with a delay buffer', () => {
  const spec = {
    ...network,
    chains: network.chains.map((chain) =>
      chain.chainId === ORIGIN && chain.consensus.kind !== 'l1'
        ? {
            ...chain,
            consensus: {
              ...chain.consensus,
              forcedDelayMs: 3_600_000,
              delayBuffer: { thresholdSeconds: 60, maxSeconds: 3_600, replenishBps: 500 },
            },
          }
        : chain,
    ),
  }

  it('lets a transaction wait for less when an earlier one has waited too long', () => {
    const [l1, rollup] = [createTestChain(L1, { spec }), createTestChain(ORIGIN)]
    const raw = encodeTransaction(
      rollup.sign('user', { kind: 'transfer', token: usdcOrigin, to: address('solver'), amount: 1n }),
    )
    const dueAt = (second: number) => {
      const { events } = l1.call('rival', { kind: 'force-transaction', rollup: ORIGIN, raw }, second)
      return (
        events.flatMap((event) => (event.kind === 'transaction-forced' ? [event.dueAt] : []))[0]! -
        GENESIS_SECONDS
      )
    }
    const batch = (fromBlock: number, second: number, forcedRead?: number) => {
      const tip = ZERO_HASH
      const call = {
        kind: 'post-batch',
        rollup: ORIGIN,
        fromBlock,
        toBlock: fromBlock,
        after: fromBlock === 1 ? null : tip,
        tip,
      } as const
      return l1.call('origin-producer', forcedRead === undefined ? call : { ...call, forcedRead }, second)
        .reason
    }
    expect(dueAt(600)).toBe(600 + 3_600)
    expect([batch(1, 612), batch(1, 624, 2)]).toEqual(['bad-batch', 'bad-batch'])
    expect(batch(1, 3_300, 1)).toBeNull()
    expect(batch(2, 3_312, 0)).toBe('bad-batch')
    // Read after 2,700 s, of which 2,640 were too many; 150 of the 3,000 since have come back.
    expect(dueAt(3_600)).toBe(3_600 + 3_600 + 150 - 2_640)
  })

  it('is as before when the block is taken back', () => {
    const log = new UndoLog()
    const inbox = new ForcedInbox(log)
    inbox.add(T)
    const before = log.mark()
    expect(inbox.readTo(1, T + 24 * HOUR, arbitrum)).toBe(true)
    inbox.add(T + 20 * HOUR)
    const delay = () => inbox.delaySeconds(T + 24 * HOUR, 48 * HOUR, arbitrum)
    expect(delay()).toBe(172_800 + 4_320 - 84_600)
    log.rollback(before)
    expect(delay()).toBe(48 * HOUR)
    expect(inbox.readTo(2, T + 24 * HOUR, arbitrum)).toBe(false)
  })

  it('refuses what a rollup without one does not have', () => {
    const l1 = createTestChain(L1)
    const call = {
      kind: 'post-batch',
      rollup: ORIGIN,
      fromBlock: 1,
      toBlock: 1,
      after: null,
      tip: ZERO_HASH,
      forcedRead: 0,
    } as const
    expect(l1.call('origin-producer', call, 60).reason).toBe('bad-batch')
  })
})
