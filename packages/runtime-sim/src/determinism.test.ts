import type { Ports, RandomStream } from '@solvent/ports'
import type { ProbeBehaviour } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { SimulationResult } from './simulation.ts'
import {
  alike,
  bytesCodec,
  createProbeNetwork,
  echo,
  listener,
  type ProbeNetwork,
  type ProbeNetworkOptions,
  type Words,
} from './testing/probe-network.ts'

/** Speaks at random times, by gossip and by request, of what it drew from its own stream. */
function talker(peers: readonly string[]): ProbeBehaviour<Words> {
  const speak = (draws: RandomStream, ports: Ports<Words>) => {
    ports.transport.publish('news', { text: `${ports.transport.self} draws ${draws.int(1_000)}` })
    ports.transport.request(asNodeId(draws.pick(peers)), { text: `ask ${draws.int(1_000)}` }, 400)
    ports.timers.set(draws.int(3_000))
  }
  return {
    ...echo,
    onStart(ports) {
      listener.onStart!(ports)
      ports.timers.set(ports.rng.stream('talk').int(3_000))
    },
    onTimer: (_timer, ports) => speak(ports.rng.stream('talk'), ports),
  }
}

const NAMES = Array.from({ length: 8 }, (_, index) => `node-${index}`)
const nodes = alike(8, talker(NAMES))
const RUN_MS = 20_000

const faults: readonly (readonly [number, Fault])[] = [
  [3_000, { kind: 'crash', node: asNodeId('node-1'), disk: 'unsynced-lost', restartAfterMs: 2_000 }],
  [4_000, { kind: 'suspend', node: asNodeId('node-2'), durationMs: 3_000 }],
  [
    6_000,
    {
      kind: 'partition',
      from: [asNodeId('node-3')],
      to: [asNodeId('node-4')],
      symmetric: false,
      durationMs: 4_000,
    },
  ],
  [8_000, { kind: 'clock-skew', node: asNodeId('node-5'), skewMs: -2_000 }],
]

const rough = { loss: 0.1, duplicate: 0.1, reorder: 0.1 }

function play(options: Partial<ProbeNetworkOptions> = {}): {
  network: ProbeNetwork
  result: SimulationResult
} {
  const network = createProbeNetwork({ nodes, faults, links: rough, ...options })
  return { network, result: network.runTo(RUN_MS) }
}

/** Everything that the nodes received, with the sender, in order. */
function record(network: ProbeNetwork, names: readonly string[] = NAMES): unknown {
  return names.map((name) =>
    network.probe(name).inbox.map((inbound) => ['from' in inbound ? inbound.from : '', ...wordsOf(inbound)]),
  )
}

const wordsOf = (inbound: object) => ('message' in inbound ? Object.values(inbound.message as object) : [])

describe('a run', () => {
  it('gives the same digest for the same seed, now and after 100 other runs, and another for another', () => {
    const first = play({ seed: 'one' })
    expect(first.result.messages).toBeGreaterThan(500)
    expect(play({ seed: 'one' }).result).toEqual(first.result)
    const others = new Set(
      Array.from({ length: 100 }, (_, index) => play({ seed: `other ${index}` }).result.traceDigest),
    )
    const last = play({ seed: 'one' })
    expect(last.result).toEqual(first.result)
    expect(record(last.network)).toEqual(record(first.network))
    expect(others.add(first.result.traceDigest).size).toBe(101)
  })

  it('gives the same digest in one piece and in slices', () => {
    const network = createProbeNetwork({ nodes, faults, links: rough })
    for (let atMs = 0; atMs <= RUN_MS; atMs += 777) network.runTo(atMs)
    expect(network.runTo(RUN_MS).traceDigest).toBe(play().result.traceDigest)
  })

  it('has a digest that knows the contents of messages, their topics and their receivers', () => {
    const digestOf = (say: (ports: Ports<Words>) => void) => {
      const quiet = createProbeNetwork({ nodes: { a: {}, b: {}, c: {} } })
      quiet.simulation.act(asNodeId('a'), () => say(quiet.probe('a').ports))
      return quiet.runTo(5_000).traceDigest
    }
    const digests = [
      digestOf(({ transport }) => transport.send(asNodeId('b'), { text: 'x' })),
      digestOf(({ transport }) => transport.send(asNodeId('b'), { text: 'y' })),
      digestOf(({ transport }) => transport.send(asNodeId('c'), { text: 'x' })),
      digestOf(({ transport }) => transport.publish('news', { text: 'x' })),
      digestOf(({ transport }) => transport.publish('news', { text: 'y' })),
    ]
    expect(new Set(digests).size).toBe(5)
  })

  it('without a trace is the same run', () => {
    const { network, result } = play({ trace: 'none' })
    const traced = play()
    expect(record(network)).toEqual(record(traced.network))
    expect(result).toEqual({ ...traced.result, traceDigest: `0x${'0'.repeat(64)}` })
  })

  it('has the same outcomes with objects and with bytes', () => {
    const objects = play()
    const bytes = play({ codec: bytesCodec })
    expect(record(bytes.network)).toEqual(record(objects.network))
    expect(bytes.result).toEqual(objects.result)
  })
})

describe('adding something that does nothing (D-6)', () => {
  it('as an observer changes no bit', () => {
    const nothing = () => {}
    const observers = {
      onEvent: nothing,
      onText: nothing,
      onPop: nothing,
      onDelivery: nothing,
      onFault: nothing,
      onRefusal: nothing,
    }
    expect(play({ observers }).result).toEqual(play().result)
  })

  it.each(['first', 'last'])('as the %s node changes nothing that others draw, send or receive', (place) => {
    const inert = { inert: {} }
    const plain = play()
    const more = play({ nodes: place === 'first' ? { ...inert, ...nodes } : { ...nodes, ...inert } })
    expect(record(more.network)).toEqual(record(plain.network))
    expect(more.result.events).toBe(plain.result.events)
    // The ninth node of a network of eight: numbers of the others stay what they are, and so does the trace.
    if (place === 'last') expect(more.result).toEqual(plain.result)
  })

  it('as a fault that touches nobody who speaks changes nothing', () => {
    const inert = { inert: {}, idle: {} }
    const far: Fault = {
      kind: 'link',
      from: [asNodeId('inert')],
      to: [asNodeId('idle')],
      loss: 1,
      duplicate: 1,
      delayMs: 100,
      jitterMs: 100,
      durationMs: 10_000,
    }
    const plain = play({ nodes: { ...nodes, ...inert } })
    const more = play({ nodes: { ...nodes, ...inert }, faults: [...faults, [1_000, far]] })
    expect(record(more.network)).toEqual(record(plain.network))
  })
})

describe('deliveries (T-5)', () => {
  it('never come sooner than the least latency, nor before they were sent', () => {
    let deliveries = 0
    const early: number[] = []
    const observers = {
      onDelivery: (sentAtMs: number, deliveredAtMs: number, minLatencyMs: number) => {
        deliveries++
        if (deliveredAtMs < sentAtMs + minLatencyMs) early.push(deliveredAtMs)
      },
    }
    play({ links: { ...rough, minLatencyMs: 40, meanLatencyMs: 45 }, observers })
    expect(deliveries).toBeGreaterThan(300)
    expect(early).toEqual([])
  })
})
