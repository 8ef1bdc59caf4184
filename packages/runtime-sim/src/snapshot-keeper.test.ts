import type { ProbeBehaviour } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import {
  createProbeNetwork,
  GENESIS_MS,
  type ProbeNetworkOptions,
  type Words,
} from './testing/probe-network.ts'

const A = asNodeId('a')

function crash(disk: 'kept' | 'unsynced-lost' | 'lost', restartAfterMs: number | null = 100): Fault {
  return { kind: 'crash', node: A, disk, restartAfterMs }
}

/** A network of one node, `a`, whose snapshots say how many there were before; with what it began with each time. */
function counting(options: Omit<ProbeNetworkOptions, 'nodes'>) {
  const began: (number | null)[] = []
  let restored: number | null = null
  let taken = 0
  const a: ProbeBehaviour<Words> = {
    onRestore: ([before]) => {
      restored = before!
    },
    onStart: () => {
      began.push(restored)
      restored = null
    },
    snapshot: () => Uint8Array.of(taken++),
  }
  const network = createProbeNetwork({ nodes: { a }, ...options })
  return { network, began, taken: () => taken }
}

describe('snapshots of a node that a fault restarts', () => {
  it('are taken every minute, and the newest is given to the next life before it starts', () => {
    const { network, began } = counting({
      faults: [
        [59_000, crash('unsynced-lost')],
        [240_000, crash('unsynced-lost')],
      ],
    })
    network.runTo(59_100)
    expect(began).toEqual([null, null])
    // The second life begins at 59,100, so it takes its snapshots at 119,100, 179,100 and 239,100.
    network.runTo(240_100)
    expect(began).toEqual([null, null, 2])
  })

  it.each([
    ['kept', 1],
    ['unsynced-lost', 0],
    ['lost', null],
  ] as const)('with the disk %s: what survives of one under way and one before', (disk, expected) => {
    const { network, began } = counting({
      snapshots: { everyMs: 1_000 },
      delays: { storeMs: 5 },
      faults: [[2_004, crash(disk)]],
    })
    network.runTo(3_000)
    expect(began).toEqual([null, expected])
  })

  it('survive once their write has been answered, also of a later life that is killed in its turn', () => {
    const { network, began } = counting({
      snapshots: { everyMs: 1_000 },
      delays: { storeMs: 5 },
      faults: [
        [1_006, crash('unsynced-lost')],
        // The second life begins at 1,106: its write of 2,106 is lost, and the first life's is still there.
        [2_110, crash('unsynced-lost')],
      ],
    })
    network.runTo(3_000)
    expect(began).toEqual([null, 0, 0])
  })

  it('end with the last crash, so that a network comes to rest', () => {
    const { network, taken } = counting({ snapshots: { everyMs: 10 }, faults: [[100, crash('kept')]] })
    expect(network.simulation.run(GENESIS_MS + 10_000_000).reason).toBe('drained')
    expect(taken()).toBe(9)
  })

  it('wait for the end of a suspension, and are not taken of a life that ended in it', () => {
    const suspension: Fault = { kind: 'suspend', node: A, durationMs: 500 }
    const { network, taken } = counting({
      snapshots: { everyMs: 100 },
      faults: [
        [50, suspension],
        [900, suspension],
        [1_000, crash('kept')],
      ],
    })
    network.runTo(549)
    expect(taken()).toBe(0)
    network.runTo(550)
    expect(taken()).toBe(1)
    // At 650, 750 and 850 as planned from there; that of 950 finds the node suspended, then killed.
    network.runTo(5_000)
    expect(taken()).toBe(4)
  })

  it('are bytes of their own: what the node does to its buffer afterwards changes nothing', () => {
    const buffer = Uint8Array.of(7)
    const restored: Uint8Array[] = []
    const a: ProbeBehaviour<Words> = {
      snapshot: () => buffer,
      onRestore: (bytes) => void restored.push(bytes),
    }
    const network = createProbeNetwork({
      nodes: { a },
      snapshots: { everyMs: 100 },
      faults: [[150, crash('kept')]],
    })
    network.runTo(120)
    buffer[0] = 9
    network.runTo(1_000)
    expect(restored).toEqual([Uint8Array.of(7)])
  })
})

describe('snapshots of other nodes', () => {
  it.each([
    ['no crash at all', []],
    ['a crash for good', [[5_000, crash('kept', null)]]],
  ] as const)('are not taken, and the run has no events for them: %s', (_what, faults) => {
    const often = counting({ snapshots: { everyMs: 1 }, faults })
    const never = counting({ snapshots: { everyMs: 1_000_000 }, faults })
    expect(often.network.runTo(10_000)).toEqual(never.network.runTo(10_000))
    expect(often.taken()).toBe(0)
  })

  it('are taken when all nodes are wanted, for a restart that no fault announces', () => {
    const { network, began, taken } = counting({ snapshots: { everyMs: 100, of: 'all' } })
    network.runTo(250)
    expect(taken()).toBe(2)
    network.simulation.restart(A)
    expect(began).toEqual([null, 1])
  })
})
