// The simulator: nodes on ports on the kernel. One thread, one order of events, the same bits every time.
import { createKernel, createTraceDigest, type Kernel, type StopReason } from '@solvent/kernel'
import { hash32OfValue, type Hash32, type NodeId, SolventError } from '@solvent/primitives'
import type { Inbound, Node, ReplyToken, Transport, Verdict, Vocabulary } from '@solvent/ports'
import { DirectLayer, type Parcel } from './direct-layer.ts'
import { FaultDriver } from './fault-driver.ts'
import { GossipLayer } from './gossip-layer.ts'
import { LinkSampler } from './link-sampler.ts'
import { LinkTable } from './link-table.ts'
import { type Codec, defaultDelays, defaultGossip, defaultLinks, type SimulationOptions } from './options.ts'
import { SimHost } from './sim-host.ts'
import { createSimPorts, type LocalAnswer, type PendingTimer, type PortParts } from './sim-ports.ts'
import { SimStore } from './sim-store.ts'
import { Wire } from './wire.ts'

export interface SimulationResult {
  readonly reason: StopReason
  readonly events: number
  /** Transmissions that arrived: every hop of gossip, every direct message, request and reply. */
  readonly messages: number
  readonly nowMs: number
  readonly traceDigest: Hash32
  /** What the nodes counted, `node/name`, in order of first use. */
  readonly counters: ReadonlyMap<string, number>
}

export interface Simulation<V extends Vocabulary> {
  /** Starts all nodes on the first call, then runs until the moment (Unix ms, inclusive) or the event limit. */
  run(untilMs: number): SimulationResult
  /** Runs the action as a handler of the node, now. */
  act(node: NodeId, action: () => void): void
  /** As SIGKILL and a fresh start on the same disk. */
  restart(node: NodeId): void
  /** Calls `stop` on every node that is up. */
  end(): void
  /** The live node object, or null while it is down. */
  node(id: NodeId): Node<V> | null
  readonly nowMs: number
}

/**
 * Builds a simulation; nothing runs yet.
 *
 * @throws SolventError E_NODE when two nodes share a name, or a fault needs injections that are not given
 */
export function createSimulation<V extends Vocabulary>(options: SimulationOptions<V>): Simulation<V> {
  return new VirtualNetwork(options)
}

class VirtualNetwork<V extends Vocabulary> implements Simulation<V> {
  readonly #options: SimulationOptions<V>
  readonly #kernel: Kernel
  readonly #digest = createTraceDigest()
  readonly #hosts: SimHost<V>[]
  readonly #byId = new Map<NodeId, SimHost<V>>()
  readonly #gossip: GossipLayer<V>
  readonly #direct: DirectLayer<V>
  readonly #ports: PortParts<V>
  readonly #wire: Wire
  /** Answers of the door, by message: signatures are the same for every node. */
  #doorResults = new WeakMap<object, Verdict>()
  readonly #faults: FaultDriver<V>
  #isStarted = false

  constructor(options: SimulationOptions<V>) {
    this.#options = options
    const { genesisMs, seed, observers = {} } = options
    this.#kernel = createKernel({
      seed,
      startMs: genesisMs,
      digest: this.#digest,
      limits: { maxEvents: options.limits?.maxEvents },
      onPop: observers.onPop,
    })
    const delays = { ...defaultDelays, ...options.delays }
    this.#hosts = options.nodes.map(({ id }, index) => new SimHost<V>(index, id, new SimStore()))
    for (const host of this.#hosts) {
      if (this.#byId.has(host.id)) throw new SolventError({ code: 'E_NODE', message: 'Two nodes have the same name.', details: { node: host.id } })
      this.#byId.set(host.id, host)
    }
    const links = new LinkTable()
    this.#wire = new Wire(new LinkSampler({ ...defaultLinks, ...options.links }, this.#kernel.streams.stream('links')), links)
    const shared = { kernel: this.#kernel, wire: this.#wire, hosts: this.#hosts, doorMs: delays.doorMs }
    this.#gossip = new GossipLayer<V>({
      ...shared,
      options: { ...defaultGossip, ...options.gossip },
      streamOf: (name) => this.#kernel.streams.stream(name),
      deliver: (flood, from, to) => this.#deliverGossip(flood, from, to),
    })
    this.#direct = new DirectLayer<V>({
      ...shared,
      indexOf: (id) => this.#byId.get(id)?.index,
      deliver: (to, from, parcel, way) => this.#deliverParcel(to, from, parcel, way),
      fail: (asker, request, reason) => void this.#hosts[asker]!.message({ via: 'failure', request, reason }),
    })
    this.#ports = {
      kernel: this.#kernel,
      delays,
      observers,
      counters: new Map(),
      timerHandler: this.#kernel.handler((_a, _b, payload) => this.#onTimer(payload as PendingTimer<V>)),
      answerHandler: this.#kernel.handler((_a, _b, payload) => this.#onAnswer(payload as LocalAnswer<V>)),
      transportOf: (host) => this.#transport(host),
    }
    this.#faults = new FaultDriver<V>({
      kernel: this.#kernel,
      genesisMs,
      links,
      hostOf: (id) => this.#byId.get(id),
      indexOf: (id) => this.#byId.get(id)?.index,
      restart: (host) => this.#begin(host),
      inject: (fault) => this.#inject(fault),
      onPhase: (label, phase) => observers.onFault?.(this.#kernel.now(), label, phase),
    })
  }

  get nowMs(): number {
    return this.#kernel.now()
  }

  run(untilMs: number): SimulationResult {
    if (!this.#isStarted) {
      this.#isStarted = true
      this.#faults.schedule(this.#options.faults ?? [])
      for (const host of this.#hosts) this.#begin(host)
    }
    const { reason, nowMs } = this.#kernel.run({ untilMs })
    return {
      reason,
      events: this.#kernel.events,
      messages: this.#gossip.transmissions + this.#direct.transmissions,
      nowMs,
      traceDigest: this.#digest.hex(),
      counters: this.#ports.counters,
    }
  }

  act(node: NodeId, action: () => void): void {
    this.#byId.get(node)!.whenAwake(action)
  }

  restart(node: NodeId): void {
    const host = this.#byId.get(node)!
    host.kill()
    host.store.crash('unsynced-lost')
    this.#begin(host)
  }

  end(): void {
    for (const host of this.#hosts) host.end()
  }

  node(id: NodeId): Node<V> | null {
    return this.#byId.get(id)?.node ?? null
  }

  #begin(host: SimHost<V>): void {
    const node = this.#options.nodes[host.index]!
    host.begin(() => node.create(createSimPorts(this.#ports, host, node)))
  }

  #onTimer({ host, life, id }: PendingTimer<V>): void {
    host.whenAwake(() => {
      if (host.isUp && host.life === life) host.timer(id)
    })
  }

  #onAnswer({ host, life, inbound, effect }: LocalAnswer<V>): void {
    effect?.()
    host.whenAwake(() => {
      if (host.isUp && host.life === life) host.message(inbound)
    })
  }

  #transport(host: SimHost<V>): Transport<V> {
    const from = host.index
    return {
      self: host.id,
      send: (to, message) => {
        const parcel = this.#pack(message)
        if (parcel !== null) this.#direct.send(from, to, parcel)
      },
      request: (to, message, timeoutMs) => {
        const parcel = this.#pack(message)
        return parcel === null ? this.#direct.refuse(from, 'too-large') : this.#direct.request(from, to, parcel, timeoutMs)
      },
      reply: (token, message) => {
        const parcel = this.#pack(message)
        if (parcel === null) this.#direct.cannotReply(token, 'too-large')
        else this.#direct.reply(token, parcel)
      },
      publish: (topic, message) => {
        const parcel = this.#pack(message)
        if (parcel !== null) this.#gossip.publish(from, topic, this.#unpack(parcel.body, this.#options.codec))
      },
      subscribe: (topic) => this.#gossip.subscribe(from, topic),
    }
  }

  /** Null when the frame is too large. The content goes into the digest once, here. */
  #pack(message: V['message']): Parcel<V> | null {
    const { codec, contentWord = hash32OfValue as (message: V['message']) => number } = this.#options
    this.#digest.mixWord(contentWord(message))
    if (codec === undefined) return { body: message, sentAtMs: this.#kernel.now() }
    const body = codec.encode(message)
    return body.length > codec.maxBytes ? null : { body, sentAtMs: this.#kernel.now() }
  }

  #unpack(body: V['message'] | Uint8Array, codec: Codec<V> | undefined): V['message'] {
    return codec === undefined ? (body as V['message']) : codec.decode(body as Uint8Array)
  }

  #deliverGossip(flood: { topic: string; message: V['message']; publishedAtMs: number }, from: number, to: number): Verdict {
    const { message } = flood
    const sender = this.#hosts[from]!.id
    const atDoor = this.#atDoor(message)
    if (atDoor !== 'accept') return this.#refuse(to, sender, atDoor)
    this.#options.observers?.onDelivery?.(flood.publishedAtMs, this.#kernel.now(), this.#wire.minLatencyMs)
    const verdict = this.#hosts[to]!.message({ via: 'gossip', topic: flood.topic as V['topic'], from: sender, message })
    return verdict === 'accept' ? verdict : this.#refuse(to, sender, verdict)
  }

  #deliverParcel(to: number, from: NodeId, parcel: Parcel<V>, way: { via: 'direct' } | { via: 'request'; replyTo: ReplyToken } | { via: 'reply'; request: never } | object): Verdict {
    const message = this.#unpack(parcel.body, this.#options.codec)
    const atDoor = this.#atDoor(message)
    if (atDoor !== 'accept') return this.#refuse(to, from, atDoor)
    this.#options.observers?.onDelivery?.(parcel.sentAtMs, this.#kernel.now(), this.#wire.minLatencyMs)
    const verdict = this.#hosts[to]!.message({ ...way, from, message } as Inbound<V>)
    return verdict === 'accept' ? verdict : this.#refuse(to, from, verdict)
  }

  #atDoor(message: V['message']): Verdict {
    const { door } = this.#options
    if (door === undefined) return 'accept'
    const known = this.#doorResults.get(message as object)
    if (known !== undefined) return known
    const result = door.check(message, this.#kernel.now())
    const verdict: Verdict = result.ok ? 'accept' : result.verdict === 'ignore' ? 'ignore' : { reject: result.reason }
    this.#doorResults.set(message as object, verdict)
    return verdict
  }

  #refuse(to: number, from: NodeId, verdict: Exclude<Verdict, 'accept'>): Verdict {
    const kind = verdict === 'ignore' ? 'ignore' : 'reject'
    this.#options.observers?.onRefusal?.(this.#kernel.now(), this.#hosts[to]!.id, from, kind, verdict === 'ignore' ? '' : verdict.reject)
    return verdict
  }

  #inject(fault: Parameters<NonNullable<SimulationOptions<V>['injections']>['sourceReport']>[0] | Extract<NonNullable<SimulationOptions<V>['faults']>[number]['fault'], { kind: 'control' }>): void {
    const { injections } = this.#options
    const host = this.#byId.get(fault.to)
    if (injections === undefined || host === undefined) {
      throw new SolventError({ code: 'E_NODE', message: 'A fault cannot reach its node.', details: { fault: fault.kind, node: fault.to } })
    }
    host.whenAwake(() => {
      if (fault.kind === 'source-report') host.message({ via: 'direct', from: fault.from, message: injections.sourceReport(fault) })
      else host.message({ via: 'request', from: injections.operator, message: injections.control(fault.message), replyTo: NOBODY })
    })
  }
}

/** Replies to an injected request go nowhere. */
const NOBODY = { isUsed: true } as unknown as ReplyToken
