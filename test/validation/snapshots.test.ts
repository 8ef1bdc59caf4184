// D-5 as far as it reaches: there is no snapshot of a whole simulation, but every node's own. What a node says of itself
// at any moment, a fresh object that is restored from it says again, byte for byte.
import type { NodeRole } from '@solvent/experiments'
import type { Ports } from '@solvent/ports'
import { bytesToHex, type NodeId } from '@solvent/primitives'
import type { SolventVocabulary } from '@solvent/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { constructorOf } from './planted-network.ts'
import { createQuickNetwork } from './quick-network.ts'

/** Virtual ms between two looks: a prime, so that they fall on no slot, batch or heartbeat in particular. */
const STEP_MS = 17_389

/** Roles whose snapshots hold more than a version: the others keep everything in their store and on chains. */
const TALKATIVE: readonly NodeRole[] = ['auctioneer', 'bridge', 'watcher']

describe('snapshots taken in the middle of a run', () => {
  /** By role, all snapshots that nodes of it gave. */
  const given = new Map<NodeRole, Set<string>>()
  /** Nodes of which the restored object gave other bytes, with the moment. */
  const different: string[] = []

  beforeAll(() => {
    const ports = new Map<NodeId, Ports<SolventVocabulary>>()
    const { plan, simulation } = createQuickNetwork({
      constructorOf: (node) => (live) => {
        ports.set(node.id, live)
        return constructorOf(node)(live)
      },
    })
    for (let atMs = 0; atMs <= plan.durationMs; atMs += STEP_MS) {
      simulation.run(plan.spec.genesisMs + atMs)
      for (const node of plan.nodes) {
        const snapshot = simulation.node(node.id)!.snapshot()
        const fresh = constructorOf(node)(ports.get(node.id)!)
        fresh.restore(snapshot)
        if (bytesToHex(fresh.snapshot()) !== bytesToHex(snapshot)) different.push(`${node.id} at ${atMs}`)
        given.set(node.role, (given.get(node.role) ?? new Set()).add(bytesToHex(snapshot)))
      }
    }
    simulation.end()
  })

  it('are of every kind of node', () => {
    expect([...given.keys()].sort()).toEqual([
      'auctioneer',
      'bridge',
      'sequencer',
      'solver',
      'user',
      'watcher',
    ])
  })

  it('differ from moment to moment where a node keeps more than its store and chains do', () => {
    for (const role of TALKATIVE) expect(given.get(role)!.size, role).toBeGreaterThan(1)
  })

  it('are given again by a fresh object that was restored from them', () => {
    expect(different).toEqual([])
  })
})
