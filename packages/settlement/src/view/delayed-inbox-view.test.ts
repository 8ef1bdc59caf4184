import { ZERO_HASH } from '@solvent/primitives'
import { type Block, type Call, encodeTransaction } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { address, L1, network, ORIGIN, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { type DelayedInboxView, delayedInboxView } from './delayed-inbox-view.ts'

const spec = {
  ...network,
  chains: network.chains.map((chain) =>
    chain.chainId === ORIGIN && chain.consensus.kind !== 'l1'
      ? {
          ...chain,
          consensus: {
            ...chain.consensus,
            forcedDelayMs: 600_000,
            delayBuffer: { thresholdSeconds: 60, maxSeconds: 1_200, replenishBps: 500 },
          },
        }
      : chain,
  ),
}
const rollup = spec.chains.find(({ chainId }) => chainId === ORIGIN)!

function setUp() {
  const l1 = createTestChain(L1, { spec })
  const origin = createTestChain(ORIGIN)
  const view = delayedInboxView(spec, rollup) as DelayedInboxView
  /** While a slot is running. */
  const forcible = (slot: number): number | null => view.forcible(slot * 12_000 + 11_999)
  const call = (name: string, call: Call, number: number): string | null => {
    const { reason } = l1.call(name, call, number * 12)
    view.onBlock(l1.engine.head())
    return reason
  }
  const pay = { kind: 'transfer', token: usdcOrigin, to: address('solver'), amount: 1n } as const
  const force = (nonce: number, number: number) => {
    const raw = encodeTransaction(origin.sign('user', pay, { nonce }))
    return call('rival', { kind: 'force-transaction', rollup: ORIGIN, raw }, number)
  }
  const include = (read: number, number: number) =>
    call('solver', { kind: 'force-inclusion', rollup: ORIGIN, read }, number)
  const batch = (forcedRead: number, number: number) => {
    const range = { fromBlock: 1, toBlock: 1, after: null, tip: ZERO_HASH, forcedRead }
    return call('origin-producer', { kind: 'post-batch', rollup: ORIGIN, ...range }, number)
  }
  const empty = (number: number, missed = 0): Block => {
    const block = l1.engine.produce({ number, allowEmpty: true, missed }) as Block
    view.onBlock(block)
    return block
  }
  const drop = (block: Block) => {
    l1.engine.rewind(block.header.number - 1)
    view.onOrphaned(block)
  }
  return { view, forcible, force, include, batch, empty, drop }
}

it('says what the contract takes in the next block, and nothing before', () => {
  const { forcible, force, include, empty } = setUp()
  force(0, 10)
  force(1, 20)
  empty(59)
  expect(forcible(59)).toBeNull()
  // 600 s are 50 blocks.
  empty(60)
  expect([forcible(60), include(2, 61)]).toEqual([1, 'too-early'])
  expect([include(1, 62), forcible(62)]).toEqual([null, null])
  // The first was read in block 62, 47 blocks beyond the threshold of 5, of which the ten between the two count.
  empty(70)
  expect(forcible(70)).toBe(2)
})

it('goes by time where no block comes, and says when the next may be forced', () => {
  const { view, forcible, force, include } = setUp()
  expect(view.nextForcibleMs).toBeNull()
  force(0, 10)
  force(1, 20)
  expect([view.nextForcibleMs, forcible(60), forcible(61), forcible(71)]).toEqual([61 * 12_000, null, 1, 2])
  expect(include(1, 61)).toBeNull()
  expect(view.nextForcibleMs).toBe(71 * 12_000)
})

it('leaves out the slots that were missed, and counts what a batch reads', () => {
  const { view, forcible, force, batch, empty, drop } = setUp()
  force(0, 10)
  empty(60, 3)
  // More may be missed that no block has told of yet.
  expect([forcible(60), forcible(64), view.nextForcibleMs]).toEqual([null, null, null])
  empty(63)
  expect([forcible(63), view.nextForcibleMs]).toEqual([1, 64 * 12_000])
  drop(empty(64))
  expect(forcible(64)).toBe(1)
  batch(1, 65)
  expect([forcible(65), view.nextForcibleMs]).toEqual([null, null])
})

it('takes back what an orphaned block told of missed slots', () => {
  const { view, force, empty, drop } = setUp()
  force(0, 10)
  drop(empty(60, 3))
  expect(view.nextForcibleMs).toBe(61 * 12_000)
})

it('is none where nobody has to call', () => {
  for (const { chainId } of network.chains)
    expect(delayedInboxView(network, network.chains.find((chain) => chain.chainId === chainId)!)).toBeNull()
})
