import type { Ports } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { SimStore } from './sim-store.ts'
import { createProbeNetwork, GENESIS_MS, type Words } from './testing/probe-network.ts'

const A = asNodeId('a')

/** A node that writes once a second from its first start on, and when its writes were said to be safe, ms after genesis. */
function writer(faults: readonly (readonly [number, Fault])[]) {
  const safe: number[] = []
  const found: number[] = []
  let nowMs = 0
  let lives = 0
  const write = (ports: Ports<Words>) => {
    ports.store.put('count', Uint8Array.of((ports.store.get('count')?.[0] ?? 0) + 1))
    ports.timers.set(1_000)
  }
  const network = createProbeNetwork({
    nodes: {
      a: {
        onStart(ports: Ports<Words>) {
          if (lives++ > 0) found.push(ports.store.get('count')?.[0] ?? 0)
          write(ports)
        },
        onTimer: (_timer, ports) => write(ports),
        onMessage: (inbound) => {
          if (inbound.via === 'store') safe.push(nowMs - GENESIS_MS)
          return 'accept'
        },
      },
    },
    faults,
    delays: { storeMs: 1 },
    observers: {
      onPop: (timeMs) => {
        nowMs = timeMs
      },
    },
  })
  return { network, safe, found }
}

describe('a disk that stalls', () => {
  it('says that writes are safe when it goes on, all at once', () => {
    const stall: Fault = { kind: 'disk-stall', node: A, durationMs: 2_700 }
    const { network, safe } = writer([[500, stall]])
    network.runTo(4_500)
    // Writes at 0, 1, 2, 3 and 4 s; the middle three wait for the end at 3.2 s.
    expect(safe).toEqual([1, 3_201, 3_201, 3_201, 4_001])
  })

  it('loses what it has not said to be safe when the node is killed meanwhile', () => {
    const { network, found } = writer([
      [500, { kind: 'disk-stall', node: A, durationMs: 10_000 }],
      [3_500, { kind: 'crash', node: A, disk: 'unsynced-lost', restartAfterMs: 100 }],
    ])
    network.runTo(3_700)
    expect(found).toEqual([1])
  })
})

describe('what a disk keeps', () => {
  it('is encoded when it is first read, and once', () => {
    let encoded = 0
    const store = new SimStore('when-read')
    store.sync(store.put('k', () => Uint8Array.of(++encoded)))
    expect(store.has('k')).toBe(true)
    expect(encoded).toBe(0)
    store.crash('unsynced-lost')
    expect(store.get('k')).toEqual(Uint8Array.of(1))
    expect(store.get('k')).toEqual(Uint8Array.of(1))
  })

  it('is encoded as it is written where bytes are real', () => {
    let encoded = 0
    new SimStore('when-written').put('k', () => Uint8Array.of(++encoded))
    expect(encoded).toBe(1)
  })
})

describe('a disk that is full', () => {
  it('ends its node at the next write, which is lost, and lets it come back when there is room', () => {
    const { network, safe, found } = writer([[1_500, { kind: 'disk-full', node: A, restartAfterMs: 5_000 }]])
    network.runTo(6_000)
    expect(safe).toEqual([1, 1_001])
    expect(network.simulation.node(A)).toBeNull()
    network.runTo(9_000)
    // Two writes were safe; the third, at 2 s, found no room.
    expect(found).toEqual([2])
    expect(safe).toEqual([1, 1_001, 6_501, 7_501, 8_501])
  })
})
