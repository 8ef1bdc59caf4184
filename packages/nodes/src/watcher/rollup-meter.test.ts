import { asHash32 } from '@solvent/primitives'
import type { Block, ChainEvent, RevertReason } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, L1, ROLLUP, smallNetwork } from '../testing/small-network.ts'
import { RollupMeter } from './rollup-meter.ts'

const TIP = asHash32(`0x${'9'.repeat(64)}`)
const right = { stateRoot: asHash32(`0x${'1'.repeat(64)}`), outboxRoot: asHash32(`0x${'2'.repeat(64)}`) }
const posting = { kind: 'post-root', rollup: ROLLUP, block: 9, ...right }
const batch: ChainEvent = { kind: 'batch-posted', rollup: ROLLUP, fromBlock: 1, toBlock: 9, tip: TIP }
const root = (change: Partial<typeof right> = {}): ChainEvent => ({
  kind: 'root-posted',
  rollup: ROLLUP,
  block: 9,
  proposer: address('atlas'),
  ...right,
  ...change,
})
const deleted: ChainEvent = {
  kind: 'roots-deleted',
  rollup: ROLLUP,
  fromBlock: 9,
  challenger: address('atlas'),
}

/** An L1 block with one posting that left these events, or reverted. */
const l1Block = (events: readonly ChainEvent[], reason: RevertReason | null = null) =>
  ({
    header: { chainId: L1 },
    transactions: [{ transaction: { call: posting } }],
    receipts: [{ events, status: reason === null ? 'ok' : 'reverted' }],
  }) as unknown as Block
const rollupBlock = {
  hash: TIP,
  header: { chainId: ROLLUP, number: 9, ...right },
  transactions: [],
  receipts: [],
} as unknown as Block
const none = {
  batches: 0,
  roots: 0,
  disproved: 0,
  upheld: 0,
  resets: 0,
  proofs: 0,
  proverFees: 0n,
  refused: 0,
  wrong: 0,
  forced: 0,
  forcedIncluded: 0,
  forcedCalls: 0,
  forcedDelay: null,
}

describe('a rollup meter', () => {
  it('counts what the L1 holds and what its contracts refused, and takes back what is orphaned', () => {
    const meter = new RollupMeter(smallNetwork)
    meter.followed(l1Block([root()]))
    meter.followed(l1Block([deleted]))
    meter.followed(l1Block([], 'bad-batch'))
    expect(meter.measures(ROLLUP)).toEqual({ ...none, roots: 1, disproved: 1, refused: 1 })
    meter.orphaned(l1Block([deleted]))
    meter.orphaned(l1Block([], 'bad-batch'))
    expect(meter.measures(ROLLUP)).toEqual({ ...none, roots: 1 })
    expect(meter.measures(L1)).toBeNull()
  })

  it('counts lost challenges, and upgrades that forgot roots', () => {
    const meter = new RollupMeter(smallNetwork)
    const lost = l1Block([{ kind: 'challenge-lost', rollup: ROLLUP, block: 9, challenger: address('atlas') }])
    const forgotten = l1Block([{ kind: 'roots-reset', rollup: ROLLUP, fromBlock: 9 }])
    meter.followed(lost)
    meter.followed(forgotten)
    expect(meter.measures(ROLLUP)).toEqual({ ...none, upheld: 1, resets: 1 })
    meter.orphaned(forgotten)
    meter.orphaned(lost)
    expect(meter.measures(ROLLUP)).toEqual(none)
  })

  it('tells roots that are not those of the batch, once their block is here', () => {
    const meter = new RollupMeter(smallNetwork)
    meter.followed(l1Block([batch]))
    meter.followed(l1Block([root({ outboxRoot: right.stateRoot })]))
    expect(meter.measures(ROLLUP)?.wrong).toBe(0)
    meter.followed(rollupBlock)
    expect(meter.measures(ROLLUP)?.wrong).toBe(1)
    meter.followed(l1Block([root()]))
    expect(meter.measures(ROLLUP)?.wrong).toBe(1)
    meter.orphaned(l1Block([root()]))
    meter.orphaned(l1Block([root({ outboxRoot: right.stateRoot })]))
    expect(meter.measures(ROLLUP)?.wrong).toBe(0)
  })
})
