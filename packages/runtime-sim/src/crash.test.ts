import type { Ports } from '@solvent/ports'
import { asNodeId, type NodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createProbeNetwork, echo, listener, type Words } from './testing/probe-network.ts'

const A = asNodeId('a')

function crash(
  disk: 'kept' | 'unsynced-lost' | 'lost',
  restartAfterMs: number | null,
  node: NodeId = A,
): Fault {
  return { kind: 'crash', node, disk, restartAfterMs }
}

/** Writes at its first start: one value long before the crash, one just before it, and a deletion just before it. */
function writer(found: Record<string, number>) {
  let lives = 0
  const put = (ports: Ports<Words>, key: string, value: number) => ports.store.put(key, Uint8Array.of(value))
  return {
    onStart(ports: Ports<Words>) {
      if (lives++ > 0) {
        for (const key of Object.keys(found)) delete found[key]
        for (const key of ports.store.keys('')) found[key] = ports.store.get(key)![0]!
        return
      }
      put(ports, 'synced', 1)
      put(ports, 'changed', 1)
      put(ports, 'deleted', 1)
      ports.timers.set(999)
    },
    onTimer(_timer: unknown, ports: Ports<Words>) {
      put(ports, 'changed', 2)
      put(ports, 'new', 2)
      ports.store.delete('deleted')
    },
  }
}

describe('a crash', () => {
  it.each([
    ['kept', { synced: 1, changed: 2, new: 2 }],
    ['unsynced-lost', { synced: 1, changed: 1, deleted: 1 }],
    ['lost', {}],
  ] as const)('with the disk %s leaves what that says', (disk, expected) => {
    const found: Record<string, number> = {}
    // The writes of 999 ms would be durable at 1,004; the second crash shows whether they became so after all.
    const network = createProbeNetwork({
      nodes: { a: writer(found) },
      delays: { storeMs: 5 },
      faults: [
        [1_000, crash(disk, 500)],
        [5_000, crash('unsynced-lost', 500)],
      ],
    })
    network.runTo(4_000)
    expect(found).toEqual(expected)
    network.runTo(10_000)
    expect(found).toEqual(expected)
    expect(network.probe('a').starts).toBe(3)
  })

  it('ends timers, store answers and requests of the life that it ends', () => {
    let lives = 0
    const busy = {
      onStart(ports: Ports<Words>) {
        if (lives++ > 0) return
        ports.timers.set(2_000)
        ports.timers.set(999)
      },
      onTimer(_timer: unknown, ports: Ports<Words>) {
        ports.store.put('k', Uint8Array.of(1))
        ports.transport.request(asNodeId('b'), { text: 'ask' }, 5_000)
      },
    }
    const network = createProbeNetwork({
      nodes: { a: busy, b: echo },
      delays: { storeMs: 5 },
      faults: [[1_000, crash('kept', 1)]],
    })
    network.runTo(20_000)
    expect(network.heard('b')).toEqual(['ask'])
    expect([network.probe('a').inbox, network.probe('a').fired]).toEqual([[], []])
  })

  it('makes the node unreachable until it is back', () => {
    const network = createProbeNetwork({
      nodes: { a: { ...echo, ...listener, onMessage: echo.onMessage! }, b: listener },
      faults: [[1_000, crash('kept', 10_000)]],
    })
    network.runTo(2_000)
    expect(network.simulation.node(A)).toBeNull()
    expect(() => network.send('a', 'b', 'from the grave')).toThrowError(
      expect.objectContaining({ code: 'E_NODE' }),
    )
    network.send('b', 'a', 'lost')
    network.request('b', 'a', 'ask', 5_000)
    network.runTo(10_999)
    expect(network.heard('b')).toEqual(['unreachable'])
    network.runTo(11_000)
    network.request('b', 'a', 'ask again', 5_000)
    network.publish('b', 'news')
    network.runTo(20_000)
    expect(network.heard('b')).toEqual(['unreachable', 'ASK AGAIN'])
    expect(network.heard('a').sort()).toEqual(['ask again', 'news'])
  })

  it('leaves the restart to the last of several crashes', () => {
    const network = createProbeNetwork({
      nodes: { a: {}, b: {} },
      faults: [
        [1_000, crash('kept', 5_000)],
        [2_000, crash('kept', 10_000)],
        [3_000, crash('kept', 1_000, asNodeId('b'))],
        [3_500, crash('kept', null, asNodeId('b'))],
      ],
    })
    network.runTo(11_999)
    expect(network.probe('a').starts).toBe(1)
    network.runTo(60_000)
    expect(network.probe('a').starts).toBe(2)
    expect(network.probe('b').starts).toBe(1)
  })

  it('in the middle of a suspension gives askers their answer and wakes nobody', () => {
    const network = createProbeNetwork({
      nodes: { a: { ...echo, ...listener, onMessage: echo.onMessage! }, b: listener },
      faults: [
        [1_000, { kind: 'suspend', node: A, durationMs: 10_000 }],
        [5_000, crash('kept', 1_000)],
        [8_000, { kind: 'suspend', node: A, durationMs: 10_000 }],
      ],
    })
    network.runTo(2_000)
    network.publish('b', 'news')
    network.request('b', 'a', 'ask', 60_000)
    network.runTo(6_000)
    expect(network.heard('b')).toEqual(['unreachable'])
    expect(network.simulation.floods).toBe(0)
    network.runTo(9_000)
    network.send('b', 'a', 'sleep well')
    // The first suspension would have ended at 11,000; it was of another life.
    network.runTo(17_999)
    expect(network.heard('a')).toEqual([])
    network.runTo(18_000)
    expect(network.heard('a')).toEqual(['sleep well'])
  })
})
