// The co-location trap: with gossipsub's default scores, 15 peers on one address are cut off from each other
// (measured: 0 of 15 messages received). Here 14 share loopback and everything arrives.
import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeId } from '@solvent/primitives'
import { expect, it } from 'vitest'
import { eventually, nodeNames, WordNetwork } from './testing/word-network.ts'

it('delivers every message to all of 14 peers on one address, over several heartbeats', async () => {
  const ids = nodeNames(14)
  const received = new Map<NodeId, Set<number>>(ids.map((id) => [id, new Set()]))
  const network = await WordNetwork.start(
    ids.map((id) => ({
      id,
      create: (ports) => ({
        start: () => ports.transport.subscribe('news'),
        stop: () => undefined,
        onMessage: (inbound) => {
          if (inbound.via === 'gossip') received.get(id)?.add(inbound.message.n)
          return 'accept'
        },
        onTimer: () => undefined,
        snapshot: () => new Uint8Array(0),
        restore: () => undefined,
      }),
    })),
    { gossipDegree: 14 },
  )
  try {
    const rounds = 4
    for (let round = 0; round < rounds; round++) {
      for (const [i, id] of ids.entries())
        network.runtime(id).transport.publish('news', { type: 'gossip', n: round * ids.length + i })
      // Scores are computed at heartbeats, one a second.
      await sleep(700)
    }
    const expected = rounds * (ids.length - 1)
    await eventually(
      'all messages at all nodes',
      () => [...received.values()].every((seen) => seen.size === expected),
      5_000,
    )
    for (const id of ids)
      expect(network.runtime(id).transport.gossip.meshSize('news')).toBeGreaterThanOrEqual(4)
  } finally {
    await network.stop()
  }
})
