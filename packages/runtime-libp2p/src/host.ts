// A Solvent node on libp2p: the generic runtime bound to the protocol, its operators and its schedule of faults.
import type { Inbound } from '@solvent/ports'
import {
  createSecp256k1Verifier,
  type DomainEvent,
  type Message,
  type SolventVocabulary,
  toJsonValue,
  topics,
} from '@solvent/protocol'
import { ControlDesk } from './control-desk.ts'
import { FaultSchedule } from './fault-schedule.ts'
import type { Host, HostOptions } from './host-options.ts'
import { NodeRuntime } from './node-runtime.ts'
import { oneMachineLimits } from './profile.ts'
import { besiege, eclipse, type Port } from './siege.ts'
import { fitsLane, forgerySeverity } from './solvent-lanes.ts'

const GOSSIP_DEGREE = 6

/**
 * Creates a node on libp2p; many in one process are as good as one in each of many.
 *
 * @throws E_STORE_DAMAGED when an earlier run's store is damaged before its end
 * @example
 * const host = await createHost(options)
 * await host.start()
 * await host.ready(10_000)
 * await host.stop(3_000)
 */
export async function createHost(options: HostOptions): Promise<Host> {
  let desk: ControlDesk | null = null
  const runtime = await NodeRuntime.create<SolventVocabulary>({
    nodeId: options.nodeId,
    seed: options.seed,
    clock: options.clock,
    listenHost: options.listenHost ?? '127.0.0.1',
    listenPort: options.listenPort,
    peers: options.peers,
    topics,
    limits: { ...oneMachineLimits, ...options.limits },
    gossipDegree: options.gossipDegree ?? GOSSIP_DEGREE,
    codec: options.codec,
    door: options.door,
    fits: fitsLane,
    forgerySeverity,
    verifier: options.verifier ?? createSecp256k1Verifier(),
    signer: options.signer,
    rng: options.rng,
    engines: options.engines,
    directory: options.directory,
    create: options.create,
    toJson: toJsonValue,
    onEvent: options.onEvent,
    onPop: options.onPop,
    onFatal: options.onFatal,
    onPenalty: ({ points, reason, action }, peer) =>
      record({ kind: 'peer-penalised', peer, points, reason, action }),
    onRefusal: ({ lane, verdict, reason }, from) =>
      record({ kind: 'message-refused', from, type: lane, verdict, reason }),
    intercept: (inbound) => desk?.intercept(inbound) ?? null,
  })
  const record = (event: DomainEvent): void => runtime.log.event(event)
  const schedule = createSchedule(options, runtime)
  desk = createDesk(options, runtime, schedule)
  return {
    nodeId: options.nodeId,
    peerId: runtime.peerId,
    addresses: () => runtime.addresses(),
    async start() {
      record({ kind: runtime.isRestart ? 'node-restarted' : 'node-started', role: options.role })
      await runtime.start()
      schedule.start(options.faults)
    },
    begin(startedAtWallMs) {
      runtime.clock.begin(startedAtWallMs)
      runtime.timers.rearm()
      schedule.rearm()
    },
    pace(pace, fromWallMs) {
      runtime.clock.pace(pace, fromWallMs)
      runtime.timers.rearm()
      schedule.rearm()
    },
    takeLagMs: () => runtime.lag.take(),
    forgiveLag: () => runtime.lag.forgive(),
    ready: (timeoutMs) => runtime.ready(timeoutMs),
    async stop(deadlineMs) {
      schedule.stop()
      record({ kind: 'node-stopped', role: options.role })
      await runtime.stop(deadlineMs)
    },
    metrics: () => {
      runtime.meter.gauge('peers', runtime.connections)
      return runtime.meter.snapshot()
    },
  }
}

function createDesk(
  options: HostOptions,
  runtime: NodeRuntime<SolventVocabulary>,
  schedule: FaultSchedule,
): ControlDesk {
  return new ControlDesk({
    operators: options.spec.operators,
    peerIdOf: (node) => runtime.peers.named(node)?.peerId,
    reply: (token, message) => runtime.transport.reply(token, message),
    localToken: (onReply) => runtime.transport.localToken(onReply),
    isolate: (peerIds) => {
      const ends = [runtime.filter.cut(peerIds, 'in'), runtime.filter.cut(peerIds, 'out')]
      return () => {
        for (const end of ends) end()
      }
    },
    suffer: (fault, afterMs) => schedule.suffer(fault, afterMs),
    heal: () => schedule.heal(),
    inject: (inbound) => runtime.inject(inbound),
    passOn: (inbound) => runtime.node.onMessage(inbound),
    connections: () => runtime.connections,
    onBreakage: (control) =>
      runtime.log.event({
        ...{ kind: 'fault', fault: 'control', control, target: options.nodeId, phase: 'begin' },
      }),
    onShutdown: () => options.onShutdown?.(),
  })
}

function createSchedule(options: HostOptions, runtime: NodeRuntime<SolventVocabulary>): FaultSchedule {
  const { nodeId, spec } = options
  return new FaultSchedule({
    self: nodeId,
    clock: runtime.clock,
    isRestart: runtime.isRestart,
    peerIdOf: (node) => runtime.peers.named(node)?.peerId,
    cut: (peerIds, direction) => runtime.filter.cut(peerIds, direction),
    impair: (peerIds, impairment) => runtime.filter.impair(peerIds, impairment),
    skew: (skewMs) => {
      runtime.clock.skew(skewMs)
      runtime.lag.forgive()
      runtime.timers.rearm()
    },
    drift: (ppm) => {
      runtime.clock.drift(ppm)
      runtime.timers.rearm()
    },
    reset: (peerIds) => runtime.disconnect(peerIds),
    tear: (peerIds) => runtime.tear(peerIds),
    refuse: (peerIds) => runtime.refusePeers(peerIds),
    stallDisk: () => runtime.stallStore(),
    fillDisk: (error) => runtime.fillStore(error),
    eclipse: (keeps) => eclipse(portOf(options), runtime, keeps),
    invite: (strangers) => besiege(portOf(options), strangers),
    onControl: ({ message }) => {
      const operator = spec.operators[0]
      if (operator === undefined) return
      const replyTo = runtime.transport.localToken((reply) => noteReply(runtime, message.kind, reply))
      runtime.inject({ via: 'request', from: operator, message: { type: 'control', body: message }, replyTo })
    },
    onSourceReport: ({ from, message }) => {
      const report: Inbound<SolventVocabulary> = {
        via: 'direct',
        from,
        message: { type: 'source-report', body: { source: from, message } },
      }
      runtime.inject(report)
    },
    onPhase: (fault, phase) =>
      runtime.log.event({
        kind: 'fault',
        fault: fault.kind,
        ...(fault.kind === 'control' ? { control: fault.message.kind } : {}),
        target: nodeId,
        phase,
      }),
  })
}

function portOf({ listenHost = '127.0.0.1', listenPort }: HostOptions): Port {
  return { host: listenHost, port: listenPort, topics }
}

/** An order by schedule has nobody to answer to but the log. */
function noteReply(runtime: NodeRuntime<SolventVocabulary>, kind: string, reply: Message): void {
  if (reply.type !== 'control-reply') return
  const outcome = reply.body.kind === 'refused' ? `refused: ${reply.body.reason}` : reply.body.kind
  runtime.log.text(reply.body.kind === 'refused' ? 'warn' : 'info', `Scheduled ${kind}: ${outcome}.`)
}
