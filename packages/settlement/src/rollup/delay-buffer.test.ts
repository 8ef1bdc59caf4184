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

describe('what waits when a batch reads', () => {
  const rules = { delay: 24 * HOUR, buffer: arbitrum }
  const hash = (n: number) => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
  const inbox = (...blocks: readonly number[]) => {
    const log = new UndoLog()
    const forced = new ForcedInbox(log)
    for (const [i, block] of blocks.entries())
      forced.add({ hash: hash(i), block, due: forced.dueAfter(block, rules) })
    return { log, forced }
  }

  it('is due a block after the delay, and sooner once the one before was read late', () => {
    const { forced } = inbox(T, T + 20 * HOUR)
    expect(forced.dueAfter(T, rules)).toBe(T + 24 * HOUR + 1)
    // Read after 23 h: 6,750 blocks too late, of which the 6,000 between the two count: 8,700 are left, which is above the delay.
    const early = { block: T + 23 * HOUR, endsIn: T + 23 * HOUR }
    expect(forced.readTo(1, early, rules)).toEqual([])
    // Three outages on, it is not.
    const worn = inbox(T, T + 20 * HOUR, T + 40 * HOUR, T + 60 * HOUR)
    const moves = [1, 2, 3].map((count) => {
      const block = T + (20 * (count - 1) + 23) * HOUR
      return worn.forced.readTo(count, { block, endsIn: block }, rules)
    })
    // 14,400 − 5,700 − 5,700 − 5,700 is below the threshold: 150 blocks, which had passed already when the third was read.
    expect(moves[0]).toEqual([])
    expect(moves[1]?.map(({ hash }) => hash)).toEqual([hash(2), hash(3)])
    expect(moves[2]).toEqual([{ hash: hash(3), before: expect.any(Number), due: T + 63 * HOUR + 1 }])
  })

  it('cannot be left out by a batch that ends after it was due, and was let in by force then', () => {
    const { forced } = inbox(T, T + HOUR)
    const due = T + 24 * HOUR + 1
    expect(forced.readTo(0, { block: due + 5, endsIn: due }, rules)).toBeNull()
    expect(forced.readTo(0, { block: due + 5, endsIn: due - 1 }, rules)).toEqual([])
    expect(forced.readTo(1, { block: due + HOUR, endsIn: due }, rules)).toEqual([])
    // 24 h, and not the 25 until the batch: 14,400 + ⌊5 %⌋ − min(7,201 − 150, elapsed).
    expect(forced.dueAfter(T + 40 * HOUR, { ...rules, delay: 99_999 })).toBe(
      T + 40 * HOUR + 1 + 14_400 + 600 - 7_051,
    )
  })

  it('is as before when the block is taken back', () => {
    const { log, forced } = inbox(T)
    const before = log.mark()
    const due = () => forced.dueAfter(T + 24 * HOUR, { ...rules, delay: 48 * HOUR })
    const block = T + 24 * HOUR
    expect(forced.readTo(1, { block, endsIn: block }, rules)).toEqual([])
    forced.add({ hash: hash(1), block, due: due() })
    expect(due()).toBe(block + 1 + 14_400 + 360 - 7_050)
    log.rollback(before)
    expect([due(), forced.has(hash(1))]).toEqual([block + 1 + 14_400, false])
    expect(forced.readTo(2, { block, endsIn: block }, rules)).toBeNull()
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

  it('lets a transaction wait for less when an earlier one has waited too long, also when it waits already', () => {
    const [l1, rollup] = [createTestChain(L1, { spec }), createTestChain(ORIGIN)]
    const pay = { kind: 'transfer', token: usdcOrigin, to: address('solver'), amount: 1n } as const
    const raw = (nonce: number) => encodeTransaction(rollup.sign('user', pay, { nonce }))
    const at = (seconds: number) => GENESIS_SECONDS + seconds
    const force = (nonce: number, second: number) =>
      l1.call('rival', { kind: 'force-transaction', rollup: ORIGIN, raw: raw(nonce) }, second)
    const dueAt = (nonce: number, second: number) =>
      force(nonce, second).events.flatMap((event) =>
        event.kind === 'transaction-forced' ? [event.dueAt] : [],
      )[0]
    const batch = (fromBlock: number, second: number, forcedRead?: number) => {
      const tip = ZERO_HASH
      const after = fromBlock === 1 ? null : tip
      const range = { fromBlock, toBlock: fromBlock, after, tip }
      const call = { kind: 'post-batch', rollup: ORIGIN, ...range } as const
      return l1.call('origin-producer', forcedRead === undefined ? call : { ...call, forcedRead }, second)
    }
    expect(dueAt(0, 600)).toBe(at(600 + 3_600 + 12))
    expect([batch(1, 612).reason, batch(1, 624, 2).reason]).toEqual(['bad-batch', 'bad-batch'])
    expect(dueAt(1, 2_400)).toBe(at(2_400 + 3_600 + 12))
    // Another's transaction is not forced again: it would be due later.
    expect(force(1, 2_412).reason).toBe('already-forced')
    // Read after 225 blocks, 220 too many, of which the 150 between the two count; 7 of those have come back: 157 are left.
    expect(batch(1, 3_300, 1).events.at(-1)).toMatchObject({
      kind: 'forced-moved',
      before: at(2_400 + 3_600 + 12),
      dueAt: at(2_400 + 157 * 12 + 12),
    })
    expect(batch(2, 3_312, 0).reason).toBe('bad-batch')
    // Of the 250 blocks between the first and this one 220 count, and 12 have come back.
    expect(dueAt(2, 3_600)).toBe(at(3_600 + (300 + 12 - 220) * 12 + 12))
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
