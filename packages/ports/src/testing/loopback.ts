// The smallest network that keeps the contract of the ports: a queue ordered by (time, sequence), fixed delays,
// one process. Tests of floors below the runtimes run nodes on it; it passes the same conformance suites.
import type { NodeId } from '@solvent/primitives'
import type { ExecutionAnswer, ExecutionEngine, ExecutionTicket } from '../execution.ts'
import type { Inbound } from '../inbound.ts'
import type { Node } from '../node.ts'
import type { Ports } from '../ports.ts'
import type { TimerId } from '../timers.ts'
import type { ReplyToken, RequestFailure, RequestId } from '../transport.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { Loopback, LoopbackOptions, LoopbackRecord } from './loopback-contract.ts'
import { createLoopbackStore, type LoopbackStore } from './loopback-store.ts'
import { createSeededRng } from './seeded-rng.ts'
import { createTimeQueue } from './time-queue.ts'

interface Member<V extends Vocabulary> {
  readonly id: NodeId
  readonly create: (ports: Ports<V>) => Node<V>
  readonly engines: readonly ExecutionEngine<V>[]
  readonly store: LoopbackStore
  node: Node<V> | null
  started: boolean
  /** Counts lives, so that what was meant for a dead one does not reach the next. */
  life: number
  topics: Set<V['topic']>
}

interface PendingRequest {
  readonly asker: NodeId
  readonly life: number
  readonly id: RequestId
}

const MAX_EVENTS = 5_000_000

/** Makes an empty network. */
export function createLoopback<V extends Vocabulary>(options: LoopbackOptions<V>): Loopback<V> {
  const latencyMs = options.latencyMs ?? (() => 5)
  const storeDelayMs = options.storeDelayMs ?? 1
  const members = new Map<NodeId, Member<V>>()
  const queue = createTimeQueue()
  const requests = new Map<ReplyToken, PendingRequest>()
  const events: LoopbackRecord<V>[] = []
  const refusals: { node: NodeId; from: NodeId; verdict: 'ignore' | { readonly reject: string } }[] = []
  const sent: { atMs: number; from: NodeId; to: NodeId; message: V['message'] }[] = []
  let nowMs = options.startMs
  let ids = 0

  function member(id: NodeId): Member<V> {
    const found = members.get(id)
    if (found === undefined) throw new Error(`The loopback network has no node ${id}.`)
    return found
  }

  /** Runs `action` on the node's present life at a later moment, if that life still lasts. */
  function later(delayMs: number, target: Member<V>, action: (node: Node<V>) => void): void {
    const { life } = target
    queue.push(nowMs + Math.max(0, delayMs), () => {
      if (target.life === life && target.node !== null) action(target.node)
    })
  }

  function deliver(target: Member<V>, delayMs: number, inbound: Inbound<V>): void {
    later(delayMs, target, (node) => void node.onMessage(inbound))
  }

  function carried(from: NodeId, to: NodeId, message: V['message']): boolean {
    sent.push({ atMs: nowMs, from, to, message })
    return options.lose?.(from, to, message, nowMs) !== true
  }

  function settle(token: ReplyToken, delayMs: number, end: (id: RequestId) => Inbound<V>): void {
    const pending = requests.get(token)
    if (pending === undefined) return
    const asker = member(pending.asker)
    queue.push(nowMs + delayMs, () => {
      if (!requests.delete(token) || asker.life !== pending.life || asker.node === null) return
      asker.node.onMessage(end(pending.id))
    })
  }

  function fail(token: ReplyToken, delayMs: number, reason: RequestFailure): void {
    settle(token, delayMs, (request) => ({ via: 'failure', request, reason }))
  }

  function request(from: Member<V>, to: NodeId, message: V['message'], timeoutMs: number): RequestId {
    const id = ++ids as RequestId
    const token = { request: id } as unknown as ReplyToken
    requests.set(token, { asker: from.id, life: from.life, id })
    const target = members.get(to)
    if (target === undefined || target.node === null) {
      fail(token, 1, 'unreachable')
      return id
    }
    fail(token, timeoutMs, 'timeout')
    if (carried(from.id, to, message)) {
      later(latencyMs(from.id, to), target, (node) => {
        answered.delete(token)
        const verdict = node.onMessage({ via: 'request', from: from.id, message, replyTo: token })
        if (verdict === 'accept') return
        refusals.push({ node: to, from: from.id, verdict })
        if (!answered.has(token)) fail(token, latencyMs(to, from.id), 'refused')
      })
    }
    return id
  }

  const answered = new Set<ReplyToken>()
  function reply(from: Member<V>, token: ReplyToken, message: V['message']): void {
    const pending = requests.get(token)
    if (pending === undefined || answered.has(token)) return
    answered.add(token)
    if (!carried(from.id, pending.asker, message)) return
    settle(token, latencyMs(from.id, pending.asker), (id) => ({
      via: 'reply',
      from: from.id,
      message,
      request: id,
    }))
  }

  function publish(from: Member<V>, topic: V['topic'], message: V['message']): void {
    for (const target of members.values()) {
      if (target === from || !target.topics.has(topic) || !carried(from.id, target.id, message)) continue
      later(latencyMs(from.id, target.id), target, (node) => {
        const verdict = node.onMessage({ via: 'gossip', topic, from: from.id, message })
        if (verdict !== 'accept') refusals.push({ node: target.id, from: from.id, verdict })
      })
    }
  }

  function portsOf(self: Member<V>): Ports<V> {
    const timers = new Set<TimerId>()
    const { life } = self
    function setTimer(delayMs: number): TimerId {
      const id = ++ids as TimerId
      timers.add(id)
      later(delayMs, self, (node) => {
        if (timers.delete(id)) node.onTimer(id)
      })
      return id
    }
    return {
      clock: { nowMs: () => nowMs },
      timers: {
        set: setTimer,
        setAt: (atMs) => setTimer(atMs - nowMs),
        cancel: (id) => void timers.delete(id),
      },
      rng: createSeededRng(`${options.seed}/${self.id}`),
      transport: {
        self: self.id,
        send: (to, message) => {
          const target = members.get(to)
          if (target === undefined || !carried(self.id, to, message)) return
          deliver(target, latencyMs(self.id, to), { via: 'direct', from: self.id, message })
        },
        request: (to, message, timeoutMs) => request(self, to, message, timeoutMs),
        reply: (token, message) => reply(self, token, message),
        publish: (topic, message) => publish(self, topic, message),
        subscribe: (topic) => void self.topics.add(topic),
      },
      execution: self.engines.map((engine) => {
        const answer = (make: () => ExecutionAnswer<V>): ExecutionTicket => {
          const ticket = ++ids as ExecutionTicket
          deliver(self, 0, { via: 'execution', ticket, answer: make() })
          return ticket
        }
        return {
          submit: (transaction) =>
            answer(() => ({ kind: 'admission', transaction, ...engine.submit(transaction) })),
          produce: (slot) =>
            answer(() => ({ kind: 'produced', number: slot.number, block: engine.produce(slot) })),
          import: (block) => answer(() => ({ kind: 'imported', ...engine.import(block) })),
          finalize: (number) => engine.finalize(number),
          hold: (above, without, hidden) => engine.hold(above, without, hidden),
          follow: (tip) => engine.follow(tip),
          force: (transaction, dueAt) => engine.force(transaction, dueAt),
          rewind: (number) => engine.rewind(number),
        }
      }),
      signer: options.signer(self.id),
      store: {
        put: (key, content) => synced(self, life, self.store.put(key, content)),
        delete: (key) => synced(self, life, self.store.delete(key)),
        get: (key) => self.store.get(key),
        has: (key) => self.store.has(key),
        keys: (prefix) => self.store.keys(prefix),
      },
      log: { event: (event) => void events.push({ atMs: nowMs, node: self.id, event }), text: () => {} },
      meter: { count: () => {}, gauge: () => {} },
    }
  }

  function synced(self: Member<V>, life: number, ticket: ReturnType<LoopbackStore['put']>) {
    queue.push(nowMs + storeDelayMs, () => {
      self.store.sync(ticket)
      if (self.life === life) self.node?.onMessage({ via: 'store', ticket })
    })
    return ticket
  }

  return {
    get nowMs() {
      return nowMs
    },
    events,
    refusals,
    sent,
    add(id, create, engines = []) {
      members.set(id, {
        id,
        create,
        engines,
        store: createLoopbackStore(),
        node: null,
        started: false,
        life: 0,
        topics: new Set(),
      })
    },
    start() {
      for (const each of members.values()) each.node ??= each.create(portsOf(each))
      for (const each of members.values()) {
        if (each.started) continue
        each.started = true
        each.node?.start()
      }
    },
    act: (_id, action) => action(),
    advance(ms) {
      const endMs = nowMs + ms
      for (let count = 0; ; count++) {
        if (count > MAX_EVENTS) throw new Error('The loopback network does not come to rest.')
        const next = queue.popUntil(endMs)
        if (next === null) break
        nowMs = next.atMs
        next.action()
      }
      nowMs = endMs
    },
    kill(id, disk) {
      const target = member(id)
      target.node = null
      target.life++
      target.topics = new Set()
      if (disk === 'unsynced-lost') target.store.forgetUnsynced()
      if (disk === 'lost') target.store.wipe()
    },
    restart(id, snapshot) {
      const target = member(id)
      const node = target.create(portsOf(target))
      target.node = node
      if (snapshot !== undefined) node.restore(snapshot)
      node.start()
    },
    node(id) {
      const { node } = member(id)
      if (node === null) throw new Error(`The node ${id} is not running.`)
      return node
    },
    store: (id) => member(id).store,
  }
}
