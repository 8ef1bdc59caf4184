import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike, createProbeNetwork, listener, type ProbeNetwork } from './testing/probe-network.ts'

/** Nodes by how often they heard a text. */
function counts({ ids, heard }: ProbeNetwork, text: string): number[] {
  return ids.map((id) => heard(id).filter((word) => word === text).length)
}

describe('gossip', () => {
  it('reaches every subscriber exactly once under 30 % loss and 50 % repetition', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.string(),
          nodes: fc.integer({ min: 2, max: 60 }),
          loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
          duplicate: fc.double({ min: 0, max: 0.5, noNaN: true }),
          reorder: fc.double({ min: 0, max: 0.5, noNaN: true }),
        }),
        ({ seed, nodes, loss, duplicate, reorder }) => {
          // Ten offers: a pair of nodes has one link only, which then fails with 0.3^11, twice in a million.
          const network = createProbeNetwork({
            seed,
            nodes: alike(nodes, listener),
            links: { loss, duplicate, reorder },
            gossip: { offers: 10 },
          })
          network.publish('node-0', 'a')
          network.publish('node-1', 'b')
          network.runTo(60_000)
          expect(counts(network, 'a')).toEqual([0, ...Array.from({ length: nodes - 1 }, () => 1)])
          expect(counts(network, 'b')).toEqual([1, 0, ...Array.from({ length: nodes - 2 }, () => 1)])
          expect(network.simulation.floods).toBe(0)
        },
      ),
      { numRuns: 60, seed: 1 },
    )
  })

  it('offers what was lost again at the next heartbeat, as often as it is told to', () => {
    const heardAfter = (offers: number) => {
      const network = createProbeNetwork({
        nodes: { a: listener, b: listener },
        links: { loss: 1 },
        gossip: { offers },
      })
      network.publish('a', 'x')
      return network.runTo(60_000).events
    }
    // Nothing arrives; each offer is one event.
    expect([0, 1, 3].map(heardAfter)).toEqual([0, 1, 3])
  })

  it('arrives twice when a link repeats, and is shown once', () => {
    const network = createProbeNetwork({ nodes: { a: listener, b: listener }, links: { duplicate: 1 } })
    network.publish('a', 'x')
    expect(network.runTo(10_000).messages).toBe(2)
    expect(network.heard('b')).toEqual(['x'])
  })

  it('is passed on by those who accept and by nobody else', () => {
    // A mesh of degree 1 is a ring: from node-0 a message can go around it only through its two neighbours.
    const deaf = { ...listener, onMessage: () => 'ignore' as const }
    const network = createProbeNetwork({
      nodes: { ...alike(12, deaf), 'node-0': listener },
      gossip: { degree: 1 },
    })
    network.publish('node-0', 'x')
    network.runTo(10_000)
    expect(counts(network, 'x').reduce((sum, count) => sum + count)).toBe(2)
  })

  it('comes from a publisher that does not subscribe, through random subscribers', () => {
    const network = createProbeNetwork({ nodes: { ...alike(30, listener), outsider: {} } })
    network.publish('outsider', 'x')
    network.runTo(10_000)
    expect(counts(network, 'x')).toEqual([...Array.from({ length: 30 }, () => 1), 0])
  })

  it('reaches who subscribes later, with the messages from then on', () => {
    const network = createProbeNetwork({ nodes: { ...alike(20, listener), late: {} } })
    network.publish('node-0', 'early')
    network.runTo(10_000)
    network.simulation.act(network.ids[20]!, () => network.probe('late').ports.transport.subscribe('news'))
    network.publish('node-0', 'later')
    network.runTo(20_000)
    expect(network.heard('late')).toEqual(['later'])
  })

  it('goes around nodes that were killed, and keeps no record of it', () => {
    const killed = Array.from({ length: 10 }, (_, index) => `node-${2 * index + 1}`)
    const network = createProbeNetwork({
      nodes: alike(40, listener),
      faults: killed.map((node) => [
        1_000,
        { kind: 'crash', node: node as never, disk: 'kept', restartAfterMs: null },
      ]),
    })
    network.publish('node-0', 'before')
    network.runTo(2_000)
    network.publish('node-0', 'after')
    network.runTo(10_000)
    const alive = network.ids.filter((id) => !killed.includes(id) && id !== 'node-0')
    for (const id of alive) expect(network.heard(id)).toEqual(['before', 'after'])
    expect(network.simulation.floods).toBe(0)
  })

  it('does not reach a new life that has not subscribed', () => {
    let lives = 0
    const forgetful = {
      onStart: (ports: Parameters<NonNullable<typeof listener.onStart>>[0]) => {
        if (lives++ === 0) ports.transport.subscribe('news')
      },
    }
    const network = createProbeNetwork({ nodes: { a: listener, b: forgetful } })
    network.publish('a', 'first')
    network.runTo(5_000)
    expect(network.heard('b')).toEqual(['first'])
    network.simulation.restart(network.ids[1]!)
    network.publish('a', 'second')
    network.runTo(10_000)
    expect(network.heard('b')).toEqual([])
  })
})
