import { asNodeId } from '@solvent/primitives'
import type { Vocabulary } from '../vocabulary.ts'
import { clockAndTimersConformance } from './clock-and-timers-conformance.ts'
import { executionConformance } from './execution-conformance.ts'
import type { ConformanceHarness } from './harness.ts'
import { createLoopback } from './loopback.ts'
import { snapshotConformance } from './snapshot-conformance.ts'
import { storeConformance } from './store-conformance.ts'
import { transportConformance } from './transport-conformance.ts'

interface Words extends Vocabulary {
  readonly message: { readonly type: string; readonly n: number }
  readonly topic: 'news' | 'other'
  readonly transaction: { readonly n: number }
  readonly block: { readonly number: number }
  readonly event: string
  readonly signer: null
}

function makeHarness(): ConformanceHarness<Words> {
  return {
    name: 'loopback',
    nodeIds: [asNodeId('a'), asNodeId('b'), asNodeId('c')],
    absentId: asNodeId('nobody'),
    topics: ['news', 'other'],
    message: {
      gossip: (n) => ({ type: 'gossip', n }),
      direct: (n) => ({ type: 'direct', n }),
      request: (n) => ({ type: 'request', n }),
      reply: (n) => ({ type: 'reply', n }),
    },
    transaction: (n) => ({ n }),
    block: (number) => ({ number }),
    latencyBoundMs: 20,
    snapshotWithinMs: 0,
    async start(nodes) {
      const network = createLoopback<Words>({ seed: 'conformance', startMs: 1_000_000, signer: () => null })
      for (const { id, create, engines } of nodes) network.add(id, create, engines)
      network.start()
      return {
        act: async (id, action) => network.act(id, action),
        advance: async (ms) => network.advance(ms),
        restart: async (id) => {
          const snapshot = network.node(id).snapshot()
          network.kill(id, 'unsynced-lost')
          network.restart(id, snapshot)
        },
        stop: async () => {},
      }
    },
  }
}

transportConformance(makeHarness)
clockAndTimersConformance(makeHarness)
storeConformance(makeHarness)
executionConformance(makeHarness)
snapshotConformance(makeHarness)
