import type { ProbeBehaviour } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Door } from './options.ts'
import { bytesCodec, createProbeNetwork, echo, type Words } from './testing/probe-network.ts'

const steady = { links: { minLatencyMs: 10, meanLatencyMs: 10 }, delays: { doorMs: 0 } }

describe('a request', () => {
  it('ends exactly once, in a reply or a failure, whatever the links and crashes do', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.string(),
          loss: fc.double({ min: 0, max: 0.5, noNaN: true }),
          crashMs: fc.integer({ min: 0, max: 5_000 }),
          downMs: fc.integer({ min: 0, max: 2_000 }),
          timeoutMs: fc.integer({ min: 0, max: 500 }),
        }),
        ({ seed, loss, crashMs, downMs, timeoutMs }) => {
          const network = createProbeNetwork({
            seed,
            nodes: { a: {}, b: echo },
            links: { loss },
            faults: [
              [crashMs, { kind: 'crash', node: asNodeId('b'), disk: 'kept', restartAfterMs: downMs }],
              [500, { kind: 'suspend', node: asNodeId('a'), durationMs: 100 }],
            ],
          })
          for (let n = 0; n < 40; n++) {
            network.runTo(n * 100)
            network.request('a', 'b', `ask ${n}`, timeoutMs)
          }
          network.runTo(60_000)
          const endings = network
            .probe('a')
            .inbox.map((inbound) => ('request' in inbound ? inbound.request : 0))
          expect([...endings].sort((p, q) => p - q)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
        },
      ),
    )
  })

  it('has its ending when the asker rejects the reply, and no failure besides', () => {
    const picky = { onMessage: () => ({ reject: 'not what I asked' }) }
    const network = createProbeNetwork({ ...steady, nodes: { a: picky, b: echo } })
    network.request('a', 'b', 'ask', 1_000)
    network.runTo(5_000)
    expect(network.heard('a')).toEqual(['ASK'])
  })

  it('fails as refused when the door keeps the reply from the asker', () => {
    const door: Door<Words> = {
      check: ({ text }) => (text === 'ASK' ? { ok: false, verdict: 'reject', reason: 'loud' } : { ok: true }),
    }
    const network = createProbeNetwork({ ...steady, door, nodes: { a: {}, b: echo } })
    network.request('a', 'b', 'ask', 1_000)
    network.runTo(5_000)
    expect(network.heard('a')).toEqual(['refused'])
  })

  it('is told that a frame is too large, asked or answered, and its sender is told of', () => {
    const refusals: string[] = []
    const verbose: ProbeBehaviour<Words> = {
      onMessage(inbound, ports) {
        if (inbound.via === 'request') ports.transport.reply(inbound.replyTo, { text: 'x'.repeat(100) })
        return 'accept'
      },
    }
    const network = createProbeNetwork({
      ...steady,
      codec: { ...bytesCodec, maxBytes: 64 },
      nodes: { a: {}, b: verbose },
      observers: {
        onRefusal: (_atMs, node, from, verdict, why) => refusals.push([node, from, verdict, why].join()),
      },
    })
    network.request('a', 'b', 'x'.repeat(100), 1_000)
    network.request('a', 'b', 'short', 1_000)
    network.send('a', 'b', 'x'.repeat(100))
    network.publish('a', 'x'.repeat(100))
    network.runTo(5_000)
    expect(network.heard('a')).toEqual(['too-large', 'too-large'])
    expect(network.heard('b')).toEqual(['short'])
    expect(refusals).toEqual([
      ...Array.from({ length: 3 }, () => 'a,a,reject,too-large'),
      'b,b,reject,too-large',
    ])
  })

  it('is numbered by its asker, so that the requests of others shift nothing', () => {
    const numbersOf = (others: number) => {
      const network = createProbeNetwork({ ...steady, nodes: { a: {}, b: echo, c: {} } })
      for (let n = 0; n < others; n++) network.request('c', 'b', 'ask', 1_000)
      network.request('a', 'b', 'ask', 1_000)
      network.runTo(5_000)
      return network.probe('a').inbox.map((inbound) => 'request' in inbound && inbound.request)
    }
    expect([numbersOf(0), numbersOf(3)]).toEqual([[1], [1]])
  })
})
