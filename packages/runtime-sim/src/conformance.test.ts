// The simulator under the suites that every runtime must pass, with shared objects and with encoded bytes.

import type { Vocabulary } from '@solvent/ports'
import {
  type ConformanceHarness,
  clockAndTimersConformance,
  executionConformance,
  snapshotConformance,
  storeConformance,
  transportConformance,
} from '@solvent/ports/testing'
import { asNodeId, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { Codec } from './options.ts'
import { createSimulation } from './simulation.ts'

interface Words extends Vocabulary {
  readonly message: { readonly text: string }
  readonly topic: 'news' | 'other'
  readonly transaction: string
  readonly block: string
  readonly event: string
  readonly signer: string
}

const bytes: Codec<Words> = {
  encode: (message) => encodeCanonical(message),
  decode: (frame) => decodeCanonical(frame) as Words['message'],
  maxBytes: 65_536,
}

const harness = (name: string, codec: Codec<Words> | null): ConformanceHarness<Words> => ({
  name,
  nodeIds: [asNodeId('a'), asNodeId('b'), asNodeId('c')],
  absentId: asNodeId('nobody'),
  topics: ['news', 'other'],
  message: {
    gossip: (n) => ({ text: `gossip ${n}` }),
    direct: (n) => ({ text: `direct ${n}` }),
    request: (n) => ({ text: `request ${n}` }),
    reply: (n) => ({ text: `reply ${n}` }),
  },
  transaction: (n) => `transaction ${n}`,
  block: (n) => `block ${n}`,
  latencyBoundMs: 700,
  snapshotWithinMs: 600,
  start: async (nodes) => {
    const simulation = createSimulation<Words>({
      seed: 'conformance',
      snapshots: { everyMs: 500, of: 'all' },
      genesisMs: 1_000_000,
      nodes: nodes.map(({ id, create, engines }) => ({ id, create, engines, signer: 'nobody' })),
      ...(codec === null ? {} : { codec }),
    })
    simulation.run(simulation.nowMs)
    return {
      act: async (node, action) => simulation.act(node, action),
      advance: async (ms) => void simulation.run(simulation.nowMs + ms),
      restart: async (node) => simulation.restart(node),
      stop: async () => simulation.end(),
    }
  },
})

for (const [name, codec] of [
  ['runtime-sim, objects', null],
  ['runtime-sim, bytes', bytes],
] as const) {
  transportConformance(() => harness(name, codec))
  clockAndTimersConformance(() => harness(name, codec))
  executionConformance(() => harness(name, codec))
  storeConformance(() => harness(name, codec))
  snapshotConformance(() => harness(name, codec))
}
