import type { Ports } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createProbeNetwork, GENESIS_MS, type Words } from './testing/probe-network.ts'

const skew = (skewMs: number): Fault => ({ kind: 'clock-skew', node: asNodeId('a'), skewMs })

/** Readings of a's clock at moments, ms after genesis. */
function readings(faults: readonly (readonly [number, Fault])[], moments: readonly number[]): number[] {
  const network = createProbeNetwork({ nodes: { a: {} }, faults })
  return moments.map((atMs) => {
    network.runTo(atMs)
    return network.probe('a').ports.clock.nowMs() - GENESIS_MS
  })
}

/** When, in true ms after genesis, timers of a fire that it set at the start. */
function firings(
  faults: readonly (readonly [number, Fault])[],
  set: (ports: Ports<Words>) => void,
): number[] {
  const fired: number[] = []
  let nowMs = 0
  const network = createProbeNetwork({
    nodes: { a: { onStart: set, onTimer: () => void fired.push(nowMs - GENESIS_MS) } },
    faults,
    observers: {
      onPop: (timeMs) => {
        nowMs = timeMs
      },
    },
  })
  network.runTo(1_000_000)
  return fired
}

describe('a skewed clock', () => {
  it('is ahead from then on', () => {
    expect(readings([[1_000, skew(30_000)]], [999, 1_000, 5_000])).toEqual([999, 31_000, 35_000])
  })

  it('stands still rather than going back, until true time has caught up', () => {
    const moments = [999, 1_000, 20_000, 30_999, 31_001, 40_000]
    expect(readings([[1_000, skew(-30_000)]], moments)).toEqual([999, 1_000, 1_000, 1_000, 1_001, 10_000])
  })

  it('starts anew with a new life', () => {
    const crash: Fault = { kind: 'crash', node: asNodeId('a'), disk: 'kept', restartAfterMs: 0 }
    const faults = [
      [1_000, skew(60_000)],
      [2_000, skew(-500)],
      [3_000, crash],
    ] as const
    expect(readings(faults, [2_500, 3_500])).toEqual([62_000, 3_000])
  })

  it('moves the timers of its node with it, and no others', () => {
    const set = (ports: Ports<Words>) => {
      ports.timers.set(10_000)
      ports.timers.setAt(ports.clock.nowMs() + 20_000)
      ports.timers.setAt(0)
    }
    expect(firings([], set)).toEqual([0, 10_000, 20_000])
    // Ahead by 12 s at 1 s: the first deadline has passed, the second comes 12 s sooner.
    expect(firings([[1_000, skew(12_000)]], set)).toEqual([0, 1_000, 8_000])
    expect(firings([[1_000, skew(-12_000)]], set)).toEqual([0, 22_000, 32_000])
  })

  it('does not delay messages or change the time that others see', () => {
    const network = createProbeNetwork({ nodes: { a: {}, b: {} }, faults: [[0, skew(-3_600_000)]] })
    network.runTo(1_000)
    network.send('a', 'b', 'x')
    network.runTo(5_000)
    expect(network.heard('b')).toEqual(['x'])
    expect(network.probe('b').ports.clock.nowMs()).toBe(GENESIS_MS + 5_000)
  })
})

describe('a clock that drifts', () => {
  const drift = (ppm: number, durationMs: number): Fault => ({
    kind: 'clock-drift',
    node: asNodeId('a'),
    ppm,
    durationMs,
  })

  it('gains or loses its parts per million, and keeps what it has gained', () => {
    // 500 ppm over 100 s are 50 ms.
    const moments = [1_000, 51_000, 101_000, 200_000]
    expect(readings([[1_000, drift(500, 100_000)]], moments)).toEqual([1_000, 51_025, 101_050, 200_050])
    expect(readings([[1_000, drift(-500, 100_000)]], moments)).toEqual([1_000, 50_975, 100_950, 199_950])
  })

  it('moves the timers of its node with it', () => {
    const set = (ports: Ports<Words>) => void ports.timers.set(110_000)
    // A tenth faster: 110 s of the clock are 100 s of true time; never early, at most two milliseconds late.
    const [firedMs] = firings([[0, drift(100_000, 500_000)]], set)
    expect(firedMs).toBeGreaterThanOrEqual(100_000)
    expect(firedMs).toBeLessThanOrEqual(100_002)
  })
})
