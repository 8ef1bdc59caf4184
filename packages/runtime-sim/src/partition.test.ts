import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { alike, createProbeNetwork, echo, listener } from './testing/probe-network.ts'

const everyone = { ...listener, ...echo }

function partition(from: string[], to: string[], symmetric: boolean, durationMs = 10_000): Fault {
  return { kind: 'partition', from: from.map(asNodeId), to: to.map(asNodeId), symmetric, durationMs }
}

describe('a partition', () => {
  it('stops direct messages and requests both ways when symmetric, and heals', () => {
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone },
      faults: [[1_000, partition(['a'], ['b'], true)]],
    })
    network.runTo(2_000)
    network.send('a', 'b', 'a to b')
    network.send('b', 'a', 'b to a')
    network.request('a', 'b', 'ask', 1_000)
    network.runTo(10_999)
    expect([network.heard('a'), network.heard('b')]).toEqual([['timeout'], []])
    network.runTo(11_000)
    network.send('a', 'b', 'a to b again')
    network.request('b', 'a', 'ask again', 2_000)
    network.runTo(20_000)
    expect(network.heard('b').sort()).toEqual(['ASK AGAIN', 'a to b again'])
  })

  it('stops one direction only when asymmetric', () => {
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone, c: everyone },
      faults: [[0, partition(['a'], ['b'], false)]],
    })
    network.runTo(1)
    network.send('a', 'b', 'a to b')
    network.send('b', 'a', 'b to a')
    network.send('a', 'c', 'a to c')
    network.runTo(9_000)
    expect([network.heard('a'), network.heard('b'), network.heard('c')]).toEqual([['b to a'], [], ['a to c']])
  })

  it('swallows what is under way when it begins', () => {
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone },
      links: { minLatencyMs: 100, meanLatencyMs: 100 },
      delays: { doorMs: 0 },
      faults: [[50, partition(['a'], ['b'], true, 100)]],
    })
    network.send('a', 'b', 'too late')
    network.runTo(49)
    network.send('b', 'a', 'also too late')
    network.runTo(5_000)
    expect([network.heard('a'), network.heard('b')]).toEqual([[], []])
  })

  it('swallows gossip that is under way when it begins', () => {
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone },
      links: { minLatencyMs: 100, meanLatencyMs: 100 },
      gossip: { offers: 0 },
      faults: [[50, partition(['a'], ['b'], true, 1_000)]],
    })
    network.publish('a', 'too late')
    network.runTo(5_000)
    expect(network.heard('b')).toEqual([])
    expect(network.simulation.floods).toBe(0)
  })

  it('keeps gossip on its side, and offers again after a short cut what was lost', () => {
    const left = ['node-0', 'node-1', 'node-2', 'node-3', 'node-4']
    const right = ['node-5', 'node-6', 'node-7', 'node-8', 'node-9']
    const network = createProbeNetwork({
      nodes: alike(10, everyone),
      links: { minLatencyMs: 100, meanLatencyMs: 100 },
      faults: [
        [1_000, partition(left, right, true)],
        [20_050, partition(['node-0'], [...left.slice(1), ...right], true, 500)],
      ],
    })
    network.runTo(2_000)
    network.publish('node-0', 'left')
    network.publish('node-9', 'right')
    network.runTo(20_000)
    for (const id of left.slice(1)) expect(network.heard(id)).toEqual(['left'])
    for (const id of right.slice(0, -1)) expect(network.heard(id)).toEqual(['right'])
    // All copies are under way when the cut begins at 20,050; the next heartbeat comes after it.
    network.publish('node-0', 'whole')
    network.runTo(30_000)
    for (const id of network.ids.slice(1)) expect(network.heard(id)).toContain('whole')
    expect(network.simulation.floods).toBe(0)
  })

  it('lets gossip out of a node that nothing reaches', () => {
    const others = Array.from({ length: 9 }, (_, index) => `node-${index + 1}`)
    const network = createProbeNetwork({
      nodes: alike(10, everyone),
      faults: [[0, partition(others, ['node-0'], false)]],
    })
    network.runTo(1)
    network.publish('node-0', 'out')
    network.publish('node-1', 'in')
    network.runTo(9_000)
    expect(network.heard('node-0')).toEqual([])
    for (const id of others.slice(1)) expect(network.heard(id).sort()).toEqual(['in', 'out'])
  })

  it('lasts until the last of several that overlap has ended', () => {
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone },
      faults: [
        [0, partition(['a'], ['b'], true, 10_000)],
        [5_000, partition(['b'], ['a'], true, 10_000)],
      ],
    })
    network.runTo(12_000)
    network.send('a', 'b', 'still cut')
    network.runTo(15_000)
    network.send('a', 'b', 'healed')
    network.runTo(20_000)
    expect(network.heard('b')).toEqual(['healed'])
  })
})

describe('a bad link', () => {
  it('loses, delays and repeats between the two sets, both ways, and nowhere else', () => {
    const fault: Fault = {
      kind: 'link',
      from: [asNodeId('a')],
      to: [asNodeId('b')],
      loss: 0,
      duplicate: 1,
      delayMs: 5_000,
      jitterMs: 10,
      durationMs: 60_000,
    }
    const network = createProbeNetwork({
      nodes: { a: everyone, b: everyone, c: everyone },
      links: { minLatencyMs: 10, meanLatencyMs: 10 },
      delays: { doorMs: 0 },
      faults: [[0, fault]],
    })
    network.runTo(1)
    network.send('a', 'b', 'slow')
    network.send('b', 'a', 'slow too')
    network.send('a', 'c', 'fast')
    network.runTo(11)
    expect([network.heard('a'), network.heard('b'), network.heard('c')]).toEqual([[], [], ['fast']])
    network.runTo(5_010)
    expect([network.heard('a'), network.heard('b')]).toEqual([[], []])
    network.runTo(5_021)
    expect([network.heard('a'), network.heard('b')]).toEqual([['slow too'], ['slow']])
    // Gossip from a arrives at b by way of c first; the two copies from a itself come later and are not shown.
    network.publish('a', 'news')
    const { messages } = network.runTo(5_022)
    const later = network.runTo(60_000).messages
    expect(network.heard('b').filter((word) => word === 'news')).toHaveLength(1)
    // a to c, c to b, and twice each: a to b, b to a.
    expect(later - messages).toBeGreaterThanOrEqual(4)
    expect(network.simulation.floods).toBe(0)
  })
})

it('a refused connection is heard of at once, both ways, until it is let in again', () => {
  const sides = { from: [asNodeId('a')], to: [asNodeId('b')] }
  const network = createProbeNetwork({
    nodes: { a: everyone, b: everyone, c: everyone },
    delays: { doorMs: 0 },
    faults: [[1_000, { kind: 'refused', ...sides, durationMs: 5_000 }]],
  })
  network.runTo(1_001)
  network.send('a', 'b', 'lost')
  network.request('a', 'b', 'ask', 60_000)
  network.request('b', 'a', 'ask', 60_000)
  network.request('a', 'c', 'others', 60_000)
  network.runTo(1_002)
  expect([network.heard('a'), network.heard('b')]).toEqual([['unreachable'], ['unreachable']])
  network.runTo(6_000)
  network.send('a', 'b', 'again')
  network.runTo(8_000)
  expect([network.heard('b'), network.heard('c')]).toEqual([['unreachable', 'again'], ['others']])
})
