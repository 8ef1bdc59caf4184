// What every clock and every timer port must do.
import { afterEach, describe, expect, it } from 'vitest'
import type { TimerId } from '../timers.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { ConformanceHarness, ConformanceNetwork } from './harness.ts'
import { createProbe, type ProbeBehaviour } from './probe.ts'
import { until } from './until.ts'

/** Real-time runtimes may fire late on a busy machine; nothing here asserts an upper bound tighter than this. */
const PATIENCE_MS = 2_000

/** Registers the suite of clock and timers for one runtime. */
export function clockAndTimersConformance<V extends Vocabulary>(
  makeHarness: () => ConformanceHarness<V>,
): void {
  describe(`clock and timers: ${makeHarness().name}`, () => {
    let network: ConformanceNetwork | null = null
    afterEach(async () => {
      await network?.stop()
      network = null
    })

    async function start(behaviour: ProbeBehaviour<V> = {}) {
      const harness = makeHarness()
      const probe = createProbe<V>(behaviour)
      const id = harness.nodeIds[0]
      network = await harness.start([{ id, create: probe.create, engines: [] }])
      return { network, probe, id }
    }

    it('shows integer milliseconds that never fall and move on as time passes', async () => {
      const { network, probe, id } = await start()
      const seen: number[] = []
      for (let i = 0; i < 5; i++) {
        await network.act(id, () => seen.push(probe.ports.clock.nowMs()))
        await network.advance(10)
      }
      expect(seen.every((ms) => Number.isSafeInteger(ms))).toBe(true)
      expect(seen).toEqual([...seen].sort((x, y) => x - y))
      expect((seen[4] as number) - (seen[0] as number)).toBeGreaterThanOrEqual(40)
    })

    it('fires each timer once, not before its delay, with its own id', async () => {
      const { network, probe, id } = await start()
      let setAtMs = 0
      const ids: TimerId[] = []
      await network.act(id, () => {
        setAtMs = probe.ports.clock.nowMs()
        ids.push(probe.ports.timers.set(60))
      })
      await until(network, PATIENCE_MS, () => probe.fired.length > 0)
      await network.advance(200)
      expect(probe.fired).toHaveLength(1)
      expect(probe.fired[0]?.timer).toBe(ids[0])
      expect((probe.fired[0]?.atMs ?? 0) - setAtMs).toBeGreaterThanOrEqual(60)
    })

    it('fires in the order of their moments, whatever the order of setting', async () => {
      const { network, probe, id } = await start()
      const byDelay = new Map<number, TimerId>()
      await network.act(id, () => {
        for (const delayMs of [300, 100, 200]) byDelay.set(delayMs, probe.ports.timers.set(delayMs))
      })
      await until(network, PATIENCE_MS, () => probe.fired.length === 3)
      expect(probe.fired.map((f) => f.timer)).toEqual([100, 200, 300].map((ms) => byDelay.get(ms)))
    })

    it('fires a timer that was set at a moment of the clock not before that moment', async () => {
      const { network, probe, id } = await start()
      let dueMs = 0
      await network.act(id, () => {
        dueMs = probe.ports.clock.nowMs() + 80
        probe.ports.timers.setAt(dueMs)
      })
      await until(network, PATIENCE_MS, () => probe.fired.length > 0)
      expect(probe.fired).toHaveLength(1)
      expect(probe.fired[0]?.atMs).toBeGreaterThanOrEqual(dueMs)
    })

    it('does not fire a cancelled timer, and ignores unknown and fired ids', async () => {
      const { network, probe, id } = await start()
      const ids: TimerId[] = []
      await network.act(id, () => {
        ids.push(probe.ports.timers.set(40), probe.ports.timers.set(40))
        probe.ports.timers.cancel(ids[0] as TimerId)
        probe.ports.timers.cancel(123_456_789 as TimerId)
      })
      await until(network, PATIENCE_MS, () => probe.fired.length > 0)
      await network.act(id, () => probe.ports.timers.cancel(ids[1] as TimerId))
      await network.advance(100)
      expect(probe.fired.map((f) => f.timer)).toEqual([ids[1]])
    })

    it('fires timers of the past and of delay 0 after the handler that set them, never inside it', async () => {
      const { network, probe, id } = await start()
      const ids: TimerId[] = []
      await network.act(id, () => {
        ids.push(probe.ports.timers.set(0), probe.ports.timers.setAt(probe.ports.clock.nowMs() - 1_000))
        expect(probe.fired).toHaveLength(0)
      })
      await until(network, PATIENCE_MS, () => probe.fired.length === 2)
      expect(new Set(probe.fired.map((f) => f.timer))).toEqual(new Set(ids))
      expect(probe.reentered).toBe(false)
    })

    it('never reuses an id within a run of the node', async () => {
      const seen: TimerId[] = []
      const again: ProbeBehaviour<V> = {
        onTimer: (_timer, ports) => {
          if (seen.length < 20) seen.push(ports.timers.set(1))
        },
      }
      const { network, probe, id } = await start(again)
      await network.act(id, () => seen.push(probe.ports.timers.set(1)))
      await until(network, PATIENCE_MS, () => seen.length === 20)
      expect(new Set(seen).size).toBe(20)
    })

    it('forgets timers when the node is killed', async () => {
      const { network, probe, id } = await start()
      await network.act(id, () => void probe.ports.timers.set(150))
      await network.restart(id)
      await network.advance(400)
      expect(probe.starts).toBe(2)
      expect(probe.fired).toEqual([])
    })
  })
}
