// What every transport must do, whatever carries the messages (p2p.md §8): echo, refuse, time out, find no one,
// reach the others and not oneself. A handler that throws is not here: it ends the run by the contract of `Node`.
import type { NodeId } from '@solvent/primitives'
import { afterEach, describe, expect, it } from 'vitest'
import type { Inbound } from '../inbound.ts'
import type { ReplyToken, RequestId } from '../transport.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { ConformanceHarness, ConformanceNetwork } from './harness.ts'
import { createProbe, type Probe, type ProbeBehaviour } from './probe.ts'
import { until } from './until.ts'

const TIMEOUT_MS = 400

/** Registers the transport suite for one runtime; `makeHarness` is called for each test. */
export function transportConformance<V extends Vocabulary>(makeHarness: () => ConformanceHarness<V>): void {
  describe(`transport: ${makeHarness().name}`, () => {
    let network: ConformanceNetwork | null = null
    afterEach(async () => {
      await network?.stop()
      network = null
    })

    async function start(behaviours: readonly ProbeBehaviour<V>[]) {
      const harness = makeHarness()
      const probes = behaviours.map((behaviour) => createProbe<V>(behaviour))
      const [a, b, c] = harness.nodeIds
      const ids = [a, b, c]
      network = await harness.start(
        probes.map((probe, i) => ({ id: ids[i] as NodeId, create: probe.create, engines: [] })),
      )
      const settleMs = 2 * harness.latencyBoundMs + TIMEOUT_MS
      return { harness, network, probes: probes as [Probe<V>, Probe<V>, Probe<V>], a, b, c, settleMs }
    }

    it('knows the name of its own node', async () => {
      const { probes, a, b } = await start([{}, {}])
      expect([probes[0].ports.transport.self, probes[1].ports.transport.self]).toEqual([a, b])
    })

    it('carries a request to its peer and the reply back, once, with the authenticated names', async () => {
      const harness = makeHarness()
      const answer: ProbeBehaviour<V> = {
        onMessage(inbound, ports) {
          if (inbound.via === 'request') ports.transport.reply(inbound.replyTo, harness.message.reply(1))
          return 'accept'
        },
      }
      const { network, probes, a, b, settleMs } = await start([{}, answer])
      const ids: RequestId[] = []
      await network.act(a, () =>
        ids.push(probes[0].ports.transport.request(b, harness.message.request(1), settleMs)),
      )
      await until(network, settleMs, () => endings(probes[0]).length > 0)
      await network.advance(settleMs)
      expect(probes[1].inbox.filter((m) => m.via === 'request')).toMatchObject([
        { from: a, message: harness.message.request(1) },
      ])
      expect(endings(probes[0])).toEqual([
        { via: 'reply', from: b, message: harness.message.reply(1), request: ids[0] },
      ])
    })

    it('lets a node answer a request after its handler has returned', async () => {
      const harness = makeHarness()
      let token: ReplyToken | null = null
      const later: ProbeBehaviour<V> = {
        onMessage(inbound, ports) {
          if (inbound.via === 'request') {
            token = inbound.replyTo
            ports.timers.set(50)
          }
          return 'accept'
        },
        onTimer(_timer, ports) {
          if (token !== null) ports.transport.reply(token, harness.message.reply(2))
        },
      }
      const { network, probes, a, b, settleMs } = await start([{}, later])
      await network.act(
        a,
        () => void probes[0].ports.transport.request(b, harness.message.request(2), settleMs),
      )
      await until(network, settleMs, () => endings(probes[0]).length > 0)
      expect(endings(probes[0])).toMatchObject([{ via: 'reply', message: harness.message.reply(2) }])
    })

    it('gives every request its own id and matches replies to them', async () => {
      const harness = makeHarness()
      const answer: ProbeBehaviour<V> = {
        onMessage(inbound, ports) {
          if (inbound.via !== 'request') return 'accept'
          const n = [0, 1, 2, 3].find((i) => same(inbound.message, harness.message.request(i))) ?? 99
          ports.transport.reply(inbound.replyTo, harness.message.reply(n))
          return 'accept'
        },
      }
      const { network, probes, a, b, settleMs } = await start([{}, answer])
      const ids: RequestId[] = []
      await network.act(a, () => {
        for (let n = 0; n < 4; n++)
          ids.push(probes[0].ports.transport.request(b, harness.message.request(n), settleMs))
      })
      await until(network, settleMs, () => endings(probes[0]).length === 4)
      expect(new Set(ids).size).toBe(4)
      for (let n = 0; n < 4; n++) {
        const got = endings(probes[0]).find((m) => m.request === ids[n])
        expect(got).toMatchObject({ via: 'reply', message: harness.message.reply(n) })
      }
    })

    it.each([
      ['rejects', { reject: 'not-served' }],
      ['ignores', 'ignore'],
    ] as const)(
      'tells the asker `refused` when the peer %s the request without a reply',
      async (_word, verdict) => {
        const { harness, network, probes, a, b, settleMs } = await start([
          {},
          { onMessage: (m) => (m.via === 'request' ? verdict : 'accept') },
        ])
        await network.act(
          a,
          () => void probes[0].ports.transport.request(b, harness.message.request(3), settleMs),
        )
        await until(network, settleMs, () => endings(probes[0]).length > 0)
        expect(endings(probes[0])).toMatchObject([{ via: 'failure', reason: 'refused' }])
      },
    )

    it('tells the asker `timeout` when no answer comes, not before the time is over, and drops a late answer', async () => {
      const harness = makeHarness()
      const tokens: ReplyToken[] = []
      const silent: ProbeBehaviour<V> = {
        onMessage(inbound) {
          if (inbound.via === 'request') tokens.push(inbound.replyTo)
          return 'accept'
        },
      }
      const { network, probes, a, b, settleMs } = await start([{}, silent])
      let askedAtMs = 0
      await network.act(a, () => {
        askedAtMs = probes[0].ports.clock.nowMs()
        probes[0].ports.transport.request(b, harness.message.request(4), TIMEOUT_MS)
      })
      await until(network, settleMs + TIMEOUT_MS, () => endings(probes[0]).length > 0)
      expect(endings(probes[0])).toMatchObject([{ via: 'failure', reason: 'timeout' }])
      expect(probes[0].ports.clock.nowMs() - askedAtMs).toBeGreaterThanOrEqual(TIMEOUT_MS)
      await network.act(b, () =>
        probes[1].ports.transport.reply(tokens[0] as ReplyToken, harness.message.reply(4)),
      )
      await network.advance(settleMs)
      expect(endings(probes[0])).toHaveLength(1)
    })

    it('drops a second answer to one request', async () => {
      const harness = makeHarness()
      const twice: ProbeBehaviour<V> = {
        onMessage(inbound, ports) {
          if (inbound.via === 'request') {
            ports.transport.reply(inbound.replyTo, harness.message.reply(5))
            ports.transport.reply(inbound.replyTo, harness.message.reply(6))
          }
          return 'accept'
        },
      }
      const { network, probes, a, b, settleMs } = await start([{}, twice])
      await network.act(
        a,
        () => void probes[0].ports.transport.request(b, harness.message.request(5), settleMs),
      )
      await network.advance(settleMs)
      expect(endings(probes[0])).toMatchObject([{ via: 'reply', message: harness.message.reply(5) }])
    })

    it('tells the asker `unreachable` when the peer is unknown', async () => {
      const { harness, network, probes, a, settleMs } = await start([{}, {}])
      await network.act(
        a,
        () => void probes[0].ports.transport.request(harness.absentId, harness.message.request(6), settleMs),
      )
      await until(network, settleMs, () => endings(probes[0]).length > 0)
      expect(endings(probes[0])).toMatchObject([{ via: 'failure', reason: 'unreachable' }])
    })

    it('swallows a direct message to an unknown peer', async () => {
      const { harness, network, probes, a, settleMs } = await start([{}, {}])
      await network.act(a, () => probes[0].ports.transport.send(harness.absentId, harness.message.direct(1)))
      await network.advance(settleMs)
      expect(probes[0].inbox).toEqual([])
    })

    it('carries a direct message with the authenticated sender', async () => {
      const { harness, network, probes, a, b, settleMs } = await start([{}, {}])
      await network.act(a, () => probes[0].ports.transport.send(b, harness.message.direct(2)))
      await until(network, settleMs, () => probes[1].inbox.length > 0)
      expect(probes[1].inbox).toEqual([{ via: 'direct', from: a, message: harness.message.direct(2) }])
    })

    it('publishes to all other subscribers and not to itself', async () => {
      const harness = makeHarness()
      const listen: ProbeBehaviour<V> = {
        onStart: (ports) => {
          ports.transport.subscribe(harness.topics[0])
          ports.transport.subscribe(harness.topics[0])
        },
      }
      const { network, probes, a, settleMs } = await start([listen, listen, listen])
      await network.act(a, () =>
        probes[0].ports.transport.publish(harness.topics[0], harness.message.gossip(1)),
      )
      await until(network, settleMs, () => gossip(probes[1]).length > 0 && gossip(probes[2]).length > 0)
      await network.advance(settleMs)
      for (const probe of [probes[1], probes[2]]) {
        expect(gossip(probe).length).toBeGreaterThan(0)
        for (const m of gossip(probe))
          expect(m).toMatchObject({ topic: harness.topics[0], message: harness.message.gossip(1) })
      }
      expect(gossip(probes[0])).toEqual([])
    })

    it('delivers gossip only to subscribers of the topic', async () => {
      const harness = makeHarness()
      const on = (topic: V['topic']): ProbeBehaviour<V> => ({
        onStart: (ports) => ports.transport.subscribe(topic),
      })
      const { network, probes, a, settleMs } = await start([
        on(harness.topics[0]),
        on(harness.topics[0]),
        on(harness.topics[1]),
      ])
      await network.act(a, () =>
        probes[0].ports.transport.publish(harness.topics[0], harness.message.gossip(2)),
      )
      await until(network, settleMs, () => gossip(probes[1]).length > 0)
      await network.advance(settleMs)
      expect(gossip(probes[1]).length).toBeGreaterThan(0)
      expect(gossip(probes[2])).toEqual([])
    })

    it('never delivers inside a handler', async () => {
      const harness = makeHarness()
      const answer: ProbeBehaviour<V> = {
        onStart: (ports) => ports.transport.subscribe(harness.topics[0]),
        onMessage(inbound, ports) {
          if (inbound.via === 'request') ports.transport.reply(inbound.replyTo, harness.message.reply(7))
          return 'accept'
        },
      }
      const { network, probes, a, b, settleMs } = await start([answer, answer])
      await network.act(a, () => {
        const { transport } = probes[0].ports
        const before = probes[0].inbox.length + probes[1].inbox.length
        transport.request(b, harness.message.request(7), settleMs)
        transport.request(harness.absentId, harness.message.request(8), settleMs)
        transport.publish(harness.topics[0], harness.message.gossip(3))
        expect(probes[0].inbox.length + probes[1].inbox.length).toBe(before)
      })
      await until(network, settleMs, () => endings(probes[0]).length === 2)
      expect(endings(probes[0])).toHaveLength(2)
      expect([probes[0].reentered, probes[1].reentered]).toEqual([false, false])
    })
  })
}

type Ending<V extends Vocabulary> = Extract<Inbound<V>, { via: 'reply' } | { via: 'failure' }>

function endings<V extends Vocabulary>(probe: Probe<V>): Ending<V>[] {
  return probe.inbox.filter((m): m is Ending<V> => m.via === 'reply' || m.via === 'failure')
}

function gossip<V extends Vocabulary>(probe: Probe<V>): Inbound<V>[] {
  return probe.inbox.filter((m) => m.via === 'gossip')
}

/** Equality that does not care whether a message travelled as an object or as bytes. */
function same(a: unknown, b: unknown): boolean {
  return text(a) === text(b)
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
  })
}
