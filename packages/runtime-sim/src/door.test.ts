import { asNodeId } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import type { Door, DoorResult } from './options.ts'
import { alike, createProbeNetwork, GENESIS_MS, listener, type Words } from './testing/probe-network.ts'

const GOOD: DoorResult = { ok: true }
const EXPIRED: DoorResult = { ok: false, verdict: 'ignore', reason: 'expired' }

/** Messages are `…@expiry`, ms after genesis; a text that begins with `forged` has a bad signature. */
class ExpiryDoor implements Door<Words> {
  signatures = 0

  precheck({ text }: Words['message'], nowMs: number): DoorResult {
    return nowMs - GENESIS_MS <= Number(text.split('@')[1]) ? GOOD : EXPIRED
  }

  check(message: Words['message'], nowMs: number): DoorResult {
    const early = this.precheck(message, nowMs)
    if (!early.ok) return early
    this.signatures++
    return message.text.startsWith('forged') ? { ok: false, verdict: 'reject', reason: 'signature' } : GOOD
  }
}

describe('the door', () => {
  it('looks at the time whenever a message arrives, and at its signatures once', () => {
    const door = new ExpiryDoor()
    const network = createProbeNetwork({
      door,
      nodes: alike(20, listener),
      links: { minLatencyMs: 100, meanLatencyMs: 100 },
      delays: { doorMs: 0 },
      gossip: { degree: 1 },
    })
    // Around a ring, 100 ms a hop: after 450 ms it has come four hops both ways.
    network.publish('node-0', 'x@450')
    network.runTo(10_000)
    expect(network.ids.flatMap((id) => network.heard(id))).toHaveLength(8)
    expect(door.signatures).toBe(1)
    network.publish('node-0', 'y@60000')
    network.runTo(20_000)
    expect(network.ids.flatMap((id) => network.heard(id))).toHaveLength(8 + 19)
    expect(door.signatures).toBe(2)
  })

  it('goes by the clock of the node that it guards', () => {
    const network = createProbeNetwork({
      door: new ExpiryDoor(),
      nodes: { a: {}, b: {}, c: {} },
      faults: [[0, { kind: 'clock-skew', node: asNodeId('c'), skewMs: 60_000 }]],
    })
    network.runTo(1)
    network.send('a', 'b', 'x@30000')
    network.send('a', 'c', 'x@30000')
    network.runTo(5_000)
    expect([network.heard('b'), network.heard('c')]).toEqual([['x@30000'], []])
  })

  it('stops what is forged at the first node, names the one who passed it on, and keeps to that', () => {
    const refusals: string[] = []
    const network = createProbeNetwork({
      door: new ExpiryDoor(),
      nodes: alike(20, listener),
      gossip: { degree: 1 },
      observers: {
        onRefusal: (_atMs, _node, from, verdict, why) => refusals.push([from, verdict, why].join()),
      },
    })
    network.publish('node-3', 'forged@60000')
    network.runTo(10_000)
    expect(refusals).toEqual(['node-3,reject,signature', 'node-3,reject,signature'])
    expect(network.ids.flatMap((id) => network.heard(id))).toEqual([])
  })

  it('refuses a request at the door', () => {
    const network = createProbeNetwork({ door: new ExpiryDoor(), nodes: { a: {}, b: {} } })
    network.request('a', 'b', 'forged@60000', 5_000)
    network.runTo(10_000)
    expect([network.heard('a'), network.heard('b')]).toEqual([['refused'], []])
  })
})
