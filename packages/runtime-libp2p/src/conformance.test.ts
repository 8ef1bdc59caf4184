import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionEngine } from '@solvent/ports'
import {
  type ConformanceHarness,
  clockAndTimersConformance,
  executionConformance,
  snapshotConformance,
  storeConformance,
  transportConformance,
} from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import { WordNetwork } from './testing/word-network.ts'
import type { Words } from './testing/words.ts'

function makeHarness(): ConformanceHarness<Words> {
  return {
    name: 'libp2p on loopback',
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
    latencyBoundMs: 300,
    // A snapshot is written every 5 s of the wall, and this clock is not accelerated.
    snapshotWithinMs: 5_500,
    async start(nodes) {
      const network = await WordNetwork.start(
        nodes as readonly {
          id: (typeof nodes)[number]['id']
          create: (typeof nodes)[number]['create']
          engines: readonly ExecutionEngine<Words>[]
        }[],
      )
      return {
        act: (id, action) => network.runtime(id).act(action),
        advance: (ms) => sleep(ms),
        restart: (id) => network.restart(id),
        stop: () => network.stop(),
      }
    },
  }
}

transportConformance(makeHarness)
clockAndTimersConformance(makeHarness)
storeConformance(makeHarness)
executionConformance(makeHarness)
snapshotConformance(makeHarness)
