// Headers of rollups on the rollup's own L1: provable once the L1 has ordered, finalised or settled what ends with them.
import type { BridgeSpec, NetworkSpec } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { DESTINATION, L1, network, ORIGIN, solid } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

function withClient(finality: BridgeSpec['finality']): NetworkSpec {
  const verification = {
    kind: 'light-client',
    form: 'headers',
    provingMs: 0,
    trustingPeriodMs: 10_000_000,
  } as const
  const bridges = network.bridges.map((bridge) =>
    bridge.address === solid ? { ...bridge, verification, finality } : bridge,
  )
  return { ...network, bridges }
}

/** The optimistic rollup's blocks 3 and 9, of which a batch may hold both; the L1 finalises two epochs of 4 slots of 12 s later. */
function setUp(finality: BridgeSpec['finality'], rollup = ORIGIN, producer = 'origin-producer') {
  const spec = withClient(finality)
  const source = createTestChain(rollup, { spec })
  const blocks = [3, 9].map((second) => source.produce(second, true)!)
  const l1 = createTestChain(L1, { spec })
  const [first, tip] = blocks as [(typeof blocks)[0], (typeof blocks)[0]]
  /** Hands both headers in; the newest block that the client then takes for final. */
  const provableTo = (second: number): unknown => {
    const headers = blocks.map(({ header, signature }) => ({ header, signature }))
    const call = { kind: 'submit-headers', bridge: solid, source: rollup, form: 'headers', headers } as const
    const [event] = l1.call('relayer', call, second).events
    return event?.kind === 'headers-accepted' ? event.provableTo : event
  }
  const batch = (second: number, to = tip) =>
    l1.call(
      producer,
      { kind: 'post-batch', rollup, fromBlock: 3, toBlock: to.header.number, after: null, tip: to.hash },
      second,
    )
  const pass = (until: number): void => {
    for (let second = 12 * (l1.engine.head().header.number + 1); second <= until; second += 12)
      l1.produce(second, true)
  }
  const { stateRoot, outboxRoot } = tip.header
  return { l1, first, tip, provableTo, batch, pass, root: { rollup, block: 9, stateRoot, outboxRoot } }
}

describe('a light client on the L1 of its rollup', () => {
  test('that asks for safe takes nothing before a batch, and what the batch holds with it', () => {
    const { provableTo, batch } = setUp('safe')
    expect(provableTo(24)).toBe(-1)
    batch(36)
    expect(provableTo(48)).toBe(9)
  })

  test('takes only what stands below the tip that the batch names', () => {
    const { provableTo, batch, first } = setUp('safe')
    batch(24, first)
    expect(provableTo(36)).toBe(3)
  })

  test('that asks for finalized waits for the block of the L1 that took the batch', () => {
    const { provableTo, batch, pass } = setUp('finalized')
    batch(24)
    expect(provableTo(36)).toBe(-1)
    // The batch is in block 2; block 8 finalises the epoch of blocks 0 to 3.
    pass(84)
    expect(provableTo(84 + 12)).toBe(-1)
    pass(108)
    expect(provableTo(120)).toBe(9)
  })

  test('that asks for exitable waits for the window of a root', () => {
    const { l1, provableTo, batch, pass, root } = setUp('exitable')
    batch(24)
    l1.call('origin-producer', { kind: 'post-root', ...root }, 36)
    pass(600)
    // The window is 600 s: from 636 on.
    expect(provableTo(624)).toBe(-1)
    expect(provableTo(636)).toBe(9)
  })

  test('of a zk rollup that asks for finalized waits for a final proof, not for a batch', () => {
    const { l1, provableTo, batch, pass, root, tip } = setUp('finalized', DESTINATION, 'destination-producer')
    batch(24)
    pass(228)
    expect(provableTo(240)).toBe(-1)
    const proof = { kind: 'post-proof', ...root, header: tip.header } as const
    expect(l1.call('destination-producer', proof, 252).status).toBe('ok')
    pass(420)
    expect(provableTo(432)).toBe(9)
  })
})
