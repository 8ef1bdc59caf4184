import { asHash32, ZERO_HASH } from '@solvent/primitives'
import { encodeTransaction } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { UndoLog } from '../ledger/undo-log.ts'
import { address, GENESIS_SECONDS, L1, network, ORIGIN, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { afterReading, bufferAt, delayBufferRules, fullBuffer } from './delay-buffer.ts'
import { ForcedInbox } from './forced-inbox.ts'

/** Arbitrum One: 30 min, 48 h, a twentieth; 150 and 14,400 blocks of twelve seconds. */
const arbitrum = delayBufferRules({ thresholdSeconds: 1_800, maxSeconds: 172_800, replenishBps: 500 }, 12_000)
const HOUR = 300
/** A block after all that a fresh buffer remembers. */
const T = 1_000_000

describe('the delay buffer', () => {
  it('is counted in blocks of the L1', () => {
    expect(arbitrum).toEqual({ threshold: 150, max: 14_400, replenishBps: 500 })
  })

  it('is full before anything was read, and after what was read in time', () => {
    expect(bufferAt(fullBuffer(arbitrum), T, arbitrum)).toBe(48 * HOUR)
    const prompt = afterReading(fullBuffer(arbitrum), T, T + 150, arbitrum)
    expect(bufferAt(prompt, T + HOUR, arbitrum)).toBe(48 * HOUR)
  })

  // A wait of 24 h is 23.5 h too long: 7,050 blocks, of which as much counts as has passed since, and a twentieth of that comes back.
  it.each([
    [0, 14_400],
    [2 * HOUR, 14_400 + 30 - 600],
    [23.5 * HOUR, 14_400 + 352 - 7_050],
    [24 * HOUR, 14_400 + 360 - 7_050],
    // From then on it fills by three minutes an hour, and is full when a twentieth of the time is 7,050 blocks.
    [34 * HOUR, 14_400 + 510 - 7_050],
    [470 * HOUR, 14_400],
  ])('after a wait of a day leaves what was not used of it, %d blocks later', (blocks, left) => {
    const late = afterReading(fullBuffer(arbitrum), T, T + 24 * HOUR, arbitrum)
    expect(bufferAt(late, T + blocks, arbitrum)).toBe(left)
  })

  // nitro-contracts, test/foundry/DelayBufferable.t.sol: testCalcBuffer, testUpdate, testPendingBufferUpdate.
  it.each([
    [{ blocks: 100, forcedIn: 10, readIn: 20 }, 10, 100],
    [{ blocks: 100, forcedIn: 10, readIn: 20 }, 11, 99],
    [{ blocks: 100, forcedIn: 10, readIn: 20 }, 15, 95],
    [{ blocks: 100, forcedIn: 10, readIn: 115 }, 110, 5],
    [{ blocks: 100, forcedIn: 10, readIn: 215 }, 210, 5],
    [{ blocks: 10, forcedIn: 0, readIn: 0 }, 20, 10],
    [{ blocks: 10, forcedIn: 0, readIn: 0 }, 10_000, 343],
    [{ blocks: 10, forcedIn: 0, readIn: 6 }, 15, 9],
  ])('is what the contract gives in its own tests: %o at block %d', (buffer, block, left) => {
    expect(bufferAt(buffer, block, { threshold: 5, max: 1_000, replenishBps: 333 })).toBe(left)
  })

  it('counts one outage once, however many waited for it, and keeps the threshold', () => {
    const back = T + 60 * HOUR
    const first = afterReading(fullBuffer(arbitrum), T, back, arbitrum)
    const second = afterReading(first, T + 10 * HOUR, back, arbitrum)
    // Ten hours of the first's 59.5 count: 14,400 + 150 − 3,000.
    expect(second.blocks).toBe(11_550)
    const third = afterReading(second, T + 10 * HOUR, back, arbitrum)
    expect(third.blocks).toBe(11_550)
    // 49.5 h of the second's: 11,550 + 750 − 14,850 is below the threshold.
    expect(bufferAt(third, back, arbitrum)).toBe(150)
  })
})

describe('what waits in the delayed inbox', () => {
  const rules = { delay: 24 * HOUR, buffer: arbitrum }
  const hash = (n: number) => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
  const inbox = (...blocks: readonly number[]) => {
    const log = new UndoLog()
    const forced = new ForcedInbox(log)
    for (const [i, block] of blocks.entries()) forced.add(hash(i), block)
    return { log, forced }
  }

  it('may be forced a block after the delay, up to the last that has waited so long, and not again', () => {
    const { forced } = inbox(T, T + HOUR, T + 2 * HOUR)
    expect(forced.force(1, T + 24 * HOUR, rules)).toBe('too-early')
    expect(forced.forcible(T + 24 * HOUR, rules)).toBeNull()
    const block = T + 25 * HOUR + 1
    expect([forced.forcible(block, rules), forced.force(3, block, rules)]).toEqual([2, 'too-early'])
    expect([forced.force(4, block, rules), forced.force(0, block, rules)]).toEqual([
      'nothing-due',
      'nothing-due',
    ])
    expect([forced.force(2, block, rules), forced.read]).toEqual([null, 2])
    expect(forced.force(2, block, rules)).toBe('nothing-due')
  })

  it('counts the last for the buffer when it is forced, and the oldest when a batch reads it', () => {
    const left = ({ forced }: ReturnType<typeof inbox>) => {
      forced.add(hash(9), T + 40 * HOUR)
      const at = Array.from({ length: 50 * HOUR }, (_, i) => T + 40 * HOUR + i)
      return at.find((block) => forced.forcible(block, { ...rules, delay: 99_999 }) !== null)! - T - 40 * HOUR
    }
    const called = inbox(T, T + 5 * HOUR)
    expect(called.forced.force(2, T + 30 * HOUR, rules)).toBeNull()
    // 25 h, 7,350 blocks beyond the threshold, with 35 h between the two: 14,400 + ⌊10,500 / 20⌋ − 7,350, and the block after.
    expect(left(called)).toBe(14_400 + 525 - 7_350 + 1)
    const batched = inbox(T, T + 5 * HOUR)
    expect(batched.forced.readInBatch(2, T + 30 * HOUR, rules)).toBe(true)
    // 30 h, 8,850 blocks, with 40 h between: 14,400 + 600 − 8,850.
    expect(left(batched)).toBe(14_400 + 600 - 8_850 + 1)
  })

  it('may be forced sooner once what came before was read late', () => {
    const { forced } = inbox(T, T + 20 * HOUR, T + 40 * HOUR, T + 60 * HOUR)
    for (const count of [1, 2, 3]) forced.readInBatch(count, T + (20 * (count - 1) + 23) * HOUR, rules)
    // 14,400 − 5,700 − 5,700 − 5,700 is below the threshold: 150 blocks.
    expect(forced.force(4, T + 60 * HOUR + 150, rules)).toBe('too-early')
    expect(forced.force(4, T + 60 * HOUR + 151, rules)).toBeNull()
  })

  it('is never read backwards by a batch, nor beyond what there is', () => {
    const { forced } = inbox(T, T + 1)
    expect([2, 1, 3, 2].map((count) => forced.readInBatch(count, T + 5, rules))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('is as before when the block is taken back', () => {
    const { log, forced } = inbox(T)
    const before = log.mark()
    expect(forced.force(1, T + 25 * HOUR, rules)).toBeNull()
    forced.add(hash(1), T + 26 * HOUR)
    log.rollback(before)
    expect([forced.read, forced.has(hash(0)), forced.has(hash(1))]).toEqual([0, true, false])
    expect(forced.forcible(T + 25 * HOUR, rules)).toBe(1)
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
  const setUp = () => {
    const [l1, rollup] = [createTestChain(L1, { spec }), createTestChain(ORIGIN)]
    const pay = { kind: 'transfer', token: usdcOrigin, to: address('solver'), amount: 1n } as const
    const force = (nonce: number, second: number) => {
      const raw = encodeTransaction(rollup.sign('user', pay, { nonce }))
      return l1.call('rival', { kind: 'force-transaction', rollup: ORIGIN, raw }, second)
    }
    const include = (read: number, second: number) =>
      l1.call('solver', { kind: 'force-inclusion', rollup: ORIGIN, read }, second)
    const batch = (fromBlock: number, second: number, forcedRead?: number) => {
      const range = {
        fromBlock,
        toBlock: fromBlock,
        after: fromBlock === 1 ? null : ZERO_HASH,
        tip: ZERO_HASH,
      }
      const call = { kind: 'post-batch', rollup: ORIGIN, ...range } as const
      return l1.call('origin-producer', forcedRead === undefined ? call : { ...call, forcedRead }, second)
    }
    return { l1, force, include, batch }
  }
  const at = (seconds: number) => GENESIS_SECONDS + seconds

  it('is read by whoever calls when the delay is over, and says from when on it is in the chain', () => {
    const { force, include } = setUp()
    expect(force(0, 600).events).toMatchObject([{ kind: 'transaction-forced', dueAt: null }])
    // What waits is not forced again.
    expect(force(0, 612).reason).toBe('already-forced')
    expect(include(1, 600 + 3_600).reason).toBe('too-early')
    expect(include(1, 600 + 3_612).events).toEqual([
      { kind: 'forced-read', rollup: ORIGIN, read: 1, by: 'call', dueAt: at(600 + 3_624) },
    ])
    expect(include(1, 600 + 3_624).reason).toBe('nothing-due')
    // It may have failed: it is taken once more, and waits once more.
    expect([force(0, 5_400).reason, force(0, 5_412).reason]).toEqual([null, 'already-forced'])
    expect(include(2, 5_424).reason).toBe('too-early')
  })

  it('lets a transaction wait for less when an earlier one has waited too long, also when it waits already', () => {
    const { force, include, batch } = setUp()
    force(0, 600)
    expect([batch(1, 612).reason, batch(1, 624, 2).reason]).toEqual(['bad-batch', 'bad-batch'])
    force(1, 2_400)
    // Read after 225 blocks, 220 too many, of which the 150 between the two count; 7 of those have come back: 157 are left.
    expect(batch(1, 3_300, 1).events.at(-1)).toEqual({
      kind: 'forced-read',
      rollup: ORIGIN,
      read: 1,
      by: 'batch',
      dueAt: at(3_312),
    })
    expect(batch(2, 3_312, 0).reason).toBe('bad-batch')
    expect(batch(2, 3_324, 1).events.map(({ kind }) => kind)).toEqual(['batch-posted'])
    expect(include(2, 2_400 + 157 * 12).reason).toBe('too-early')
    expect(include(2, 2_400 + 158 * 12).reason).toBeNull()
  })

  it('counts no missed slot as a block, and those again when a block is taken back', () => {
    const { l1, force, include } = setUp()
    force(0, 600)
    l1.engine.produce({ number: 350, allowEmpty: true, missed: 4 })
    expect([0, 3, 4].map((slots) => include(1, 600 + 3_612 + slots * 12).reason)).toEqual([
      'too-early',
      'too-early',
      null,
    ])
    l1.engine.rewind(349)
    expect(l1.engine.head().header.number).toBe(50)
    expect(l1.produce(600 + 3_612)?.receipts[0]?.reason).toBeNull()
  })

  it('leaves nothing behind of a slot in which no block was made', () => {
    const { l1, force, include } = setUp()
    force(0, 600)
    // One that waits for its turn is in the pool: the slot is tried, and nothing gets in.
    const early = l1.sign('user', { kind: 'force-inclusion', rollup: ORIGIN, read: 1 }, { nonce: 5 })
    expect(l1.engine.submit(early).accepted).toBe(true)
    expect(l1.engine.produce({ number: 60, allowEmpty: false, missed: 4 })).toBeNull()
    expect(include(1, 600 + 3_612).reason).toBeNull()
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
    expect(l1.call('solver', { kind: 'force-inclusion', rollup: ORIGIN, read: 1 }, 72).reason).toBe(
      'nothing-due',
    )
  })
})
