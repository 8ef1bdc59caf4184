// What every runtime must do with snapshots: take them between handlers, and restore the next life's object from one
// before anything else reaches it.
import { afterEach, describe, expect, it } from 'vitest'
import type { Vocabulary } from '../vocabulary.ts'
import type { ConformanceHarness, ConformanceNetwork } from './harness.ts'
import { createProbe, type ProbeBehaviour } from './probe.ts'
import { until } from './until.ts'

const PATIENCE_MS = 2_000

/** Registers the snapshot suite for one runtime. */
export function snapshotConformance<V extends Vocabulary>(makeHarness: () => ConformanceHarness<V>): void {
  describe(`snapshot: ${makeHarness().name}`, () => {
    let network: ConformanceNetwork | null = null
    afterEach(async () => {
      await network?.stop()
      network = null
    })

    async function start(behaviour: ProbeBehaviour<V>) {
      const harness = makeHarness()
      const probe = createProbe<V>(behaviour)
      const id = harness.nodeIds[0]
      network = await harness.start([{ id, create: probe.create, engines: [] }])
      return { network, probe, id, harness }
    }

    it('restores nothing at the first start, and after a kill, before the start, what the node said last', async () => {
      const calls: (Uint8Array | 'start')[] = []
      let state = 1
      const buffer = new Uint8Array(2)
      const { network, probe, id, harness } = await start({
        onStart: () => void calls.push('start'),
        onRestore: (bytes) => void calls.push(bytes),
        // One buffer for all snapshots: a runtime keeps bytes of its own.
        snapshot: () => {
          buffer.set([state, 255])
          return buffer
        },
      })
      expect(calls).toEqual(['start'])
      await network.act(id, () => {
        state = 2
        probe.ports.store.put('a node that does nothing need not be asked', Uint8Array.of(state))
      })
      await until(network, PATIENCE_MS, () => probe.inbox.length > 0)
      await network.advance(harness.snapshotWithinMs)
      buffer.fill(0)
      await network.restart(id)
      expect(calls).toEqual(['start', Uint8Array.of(2, 255), 'start'])
      expect(probe.reentered).toBe(false)
    })
  })
}
