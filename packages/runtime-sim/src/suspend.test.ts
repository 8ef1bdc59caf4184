import type { Ports, TimerId } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createProbeNetwork, listener, type Words } from './testing/probe-network.ts'

const suspension = (durationMs: number): Fault => ({ kind: 'suspend', node: asNodeId('a'), durationMs })
const steady = { links: { minLatencyMs: 10, meanLatencyMs: 10 }, delays: { doorMs: 0, storeMs: 1 } }

describe('a suspended node', () => {
  it('sees nothing, and then everything in the order in which it came', () => {
    const order: string[] = []
    const recorder = {
      ...listener,
      onStart(ports: Ports<Words>) {
        ports.transport.subscribe('news')
        ports.timers.set(2_500)
      },
      onMessage: (inbound: { via: string; message?: Words['message'] }) => {
        order.push(inbound.message?.text ?? inbound.via)
        return 'accept' as const
      },
      onTimer: () => void order.push('timer'),
    }
    const network = createProbeNetwork({
      ...steady,
      nodes: { a: recorder, b: listener },
      faults: [[1_000, suspension(9_000)]],
    })
    network.runTo(999)
    network.simulation.act(asNodeId('a'), () => {
      const { store, transport } = network.probe('a').ports
      store.put('k', Uint8Array.of(1))
      transport.request(asNodeId('nobody'), { text: 'ask' }, 1_000)
    })
    network.runTo(2_000)
    network.send('b', 'a', 'one')
    network.runTo(2_300)
    network.publish('b', 'two')
    network.runTo(3_000)
    network.send('b', 'a', 'three')
    network.runTo(9_995)
    network.send('b', 'a', 'after')
    expect(order).toEqual(['failure'])
    network.runTo(10_000)
    expect(order).toEqual(['failure', 'store', 'one', 'two', 'timer', 'three'])
    network.runTo(10_005)
    expect(order.slice(6)).toEqual(['after'])
  })

  it('keeps its disk: what was being written is written', () => {
    const found: string[] = []
    let lives = 0
    const writer = {
      onStart(ports: Ports<Words>) {
        if (lives++ > 0) found.push(...ports.store.keys(''))
        else ports.store.put('k', Uint8Array.of(1))
      },
    }
    const network = createProbeNetwork({
      delays: { storeMs: 100 },
      nodes: { a: writer },
      faults: [
        [50, suspension(1_000)],
        [200, { kind: 'crash', node: asNodeId('a'), disk: 'unsynced-lost', restartAfterMs: 10 }],
      ],
    })
    network.runTo(1_000)
    expect(found).toEqual(['k'])
  })

  it('can still cancel a timer whose moment passed while it slept', () => {
    let timer: TimerId
    const canceller = {
      onStart: (ports: Ports<Words>) => {
        timer = ports.timers.set(5_000)
      },
      onMessage: (_inbound: unknown, ports: Ports<Words>) => {
        ports.timers.cancel(timer)
        return 'accept' as const
      },
    }
    const network = createProbeNetwork({
      ...steady,
      nodes: { a: canceller, b: {} },
      faults: [[1_000, suspension(9_000)]],
    })
    network.runTo(2_000)
    network.send('b', 'a', 'cancel it')
    network.runTo(20_000)
    expect(network.heard('a')).toEqual(['cancel it'])
    expect(network.probe('a').fired).toEqual([])
  })

  it('sleeps until the last of several suspensions has ended', () => {
    const network = createProbeNetwork({
      ...steady,
      nodes: { a: {}, b: {} },
      faults: [
        [1_000, suspension(9_000)],
        [2_000, suspension(1_000)],
      ],
    })
    network.runTo(2_500)
    network.send('b', 'a', 'x')
    network.runTo(9_999)
    expect(network.heard('a')).toEqual([])
    network.runTo(10_000)
    expect(network.heard('a')).toEqual(['x'])
  })

  it('runs an outside action when it wakes', () => {
    const network = createProbeNetwork({
      ...steady,
      nodes: { a: {}, b: {} },
      faults: [[1_000, suspension(9_000)]],
    })
    network.runTo(2_000)
    network.send('a', 'b', 'x')
    network.runTo(10_009)
    expect(network.heard('b')).toEqual([])
    network.runTo(10_010)
    expect(network.heard('b')).toEqual(['x'])
  })
})
