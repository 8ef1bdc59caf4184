import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { alike, createProbeNetwork, echo, listener } from './testing/probe-network.ts'

const victim = asNodeId('node-0')
const everyone = { ...listener, ...echo }

function eclipse(keeps?: readonly string[]): Fault {
  return {
    kind: 'eclipse',
    node: victim,
    durationMs: 60_000,
    ...(keeps === undefined ? {} : { keeps: keeps.map(asNodeId) }),
  }
}

describe('an eclipse', () => {
  it('leaves the node the neighbours that it dials, who tell it everything, and whom it asks', () => {
    const network = createProbeNetwork({
      nodes: alike(20, everyone),
      gossip: { degree: 2 },
      faults: [[1_000, eclipse()]],
    })
    network.runTo(5_000)
    for (const id of network.ids.slice(1)) network.request(id, victim, `ask of ${id}`, 2_000)
    network.publish('node-7', 'news')
    network.runTo(20_000)
    const asked = network.heard(victim).filter((text) => text.startsWith('ask'))
    expect(asked).toHaveLength(2)
    expect(network.heard(victim)).toContain('news')
    const turnedAway = network.ids.slice(1).filter((id) => network.heard(id).includes('unreachable'))
    expect(turnedAway).toHaveLength(17)

    // A connection carries both ways, whoever made it.
    const [other] = turnedAway
    network.request(victim, other!, 'mine', 2_000)
    network.runTo(30_000)
    expect(network.heard(victim)).toContain('MINE')
    network.send(other!, victim, 'thine')
    network.runTo(40_000)
    expect(network.heard(victim)).toContain('thine')
  })

  it('that takes what the node dials too leaves it those who are named, and silence without any', () => {
    const network = createProbeNetwork({
      nodes: alike(10, everyone),
      faults: [
        [1_000, eclipse([])],
        [100_000, eclipse(['node-3'])],
      ],
    })
    network.runTo(5_000)
    network.publish('node-7', 'unheard')
    network.publish(victim, 'unsaid')
    network.request(victim, 'node-3', 'ask', 2_000)
    network.runTo(60_000)
    expect(network.heard(victim)).toEqual(['unreachable'])
    expect(network.heard('node-3')).not.toContain('unsaid')

    network.runTo(62_000)
    network.publish('node-7', 'over')
    network.runTo(90_000)
    expect(network.heard(victim)).toContain('over')

    network.runTo(105_000)
    network.publish('node-7', 'by one')
    network.request(victim, 'node-4', 'ask', 2_000)
    network.runTo(120_000)
    expect(network.heard(victim).slice(-2).sort()).toEqual(['by one', 'unreachable'])
  })
})

describe('strangers', () => {
  const strangers = (connections: number, manner: 'half-open' | 'fin' | 'garbage'): Fault => ({
    kind: 'strangers',
    node: victim,
    connections,
    manner,
    durationMs: 10_000,
  })
  const reset: Fault = { kind: 'reset', from: [victim], to: [asNodeId('node-1')] }

  it.each([
    // Connections are made anew after a second; a hundred that say nothing are given up after two.
    [strangers(100, 'half-open'), false],
    [strangers(99, 'half-open'), true],
    [strangers(100, 'fin'), true],
  ])('that take all pending places keep others out until they are given up', (fault, isHeard) => {
    const network = createProbeNetwork({
      nodes: alike(2, everyone),
      faults: [
        [1_000, fault],
        [1_100, reset],
      ],
    })
    network.runTo(2_500)
    network.send('node-1', victim, 'again')
    network.runTo(2_900)
    expect(network.heard(victim).includes('again')).toBe(isHeard)
    network.runTo(3_001)
    network.send('node-1', victim, 'later')
    network.runTo(9_000)
    expect(network.heard(victim)).toContain('later')
  })

  it('that send what nobody can read are heard until they are banned', () => {
    const refusals: string[] = []
    const network = createProbeNetwork({
      nodes: alike(2, everyone),
      faults: [[1_000, strangers(3, 'garbage')]],
      observers: {
        onRefusal: (_atMs, node, from, verdict, reason) =>
          void refusals.push(`${node} ${from} ${verdict} ${reason}`),
      },
    })
    network.runTo(30_000)
    // Ten points each, banned at fifty (p2p.md §6).
    expect(refusals).toHaveLength(3 * 5)
    expect(new Set(refusals)).toEqual(
      new Set([1, 2, 3].map((n) => `node-0 stranger-${n} reject non-canonical`)),
    )
  })
})
