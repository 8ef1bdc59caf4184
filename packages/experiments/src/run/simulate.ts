// A plan in virtual time: the whole network in this thread, from scenario and seed alone.

import type { ExposureSnapshot, RunMeasures, RunReport, WatcherNode } from '@solvent/nodes'
import type { Node, Ports } from '@solvent/ports'
import { forgetObjects, type Hash32, type NodeId, remembered, SolventError } from '@solvent/primitives'
import {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  createStandInSigner,
  createStandInVerifier,
  type DomainEvent,
  decodeMessage,
  encodeMessage,
  type Fault,
  type Message,
  privateKeyOf,
  type SignatureVerifier,
  type SolventVocabulary,
} from '@solvent/protocol'
import {
  createSimulation,
  type Injections,
  type LinkOptions,
  type SimulationResult,
} from '@solvent/runtime-sim'
import { accountOf } from '../assembly/addresses.ts'
import { OPERATOR } from '../assembly/assemble-spec.ts'
import { corruptibleFactory, enginesOf, nodeFactory } from '../assembly/create-node.ts'
import type { NetworkPlan, PlannedNode } from '../assembly/network-plan.ts'
import { contentWord } from './content-word.ts'
import { ToldEvents } from './told-events.ts'

export interface SimulateOptions {
  readonly plan: NetworkPlan
  readonly codec: 'objects' | 'real'
  readonly links: Partial<LinkOptions>
  /** Domain events in order; the event log of a run. */
  readonly onEvent?: (atMs: number, node: NodeId, event: DomainEvent) => void
  /** Virtual ms after genesis, now and then. */
  readonly onProgress?: (elapsedMs: number) => void
  /** What the watcher has measured at equal distances of virtual time, if it is not down then; changes nothing in the run. */
  readonly samples?: {
    readonly everyMs: number
    readonly onSample: (elapsedMs: number, measures: RunMeasures) => void
  }
}

export interface SimulatedRun {
  readonly report: RunReport
  readonly exposures: readonly ExposureSnapshot[]
  readonly result: SimulationResult
  readonly traceDigest: Hash32
}

const MOST_FRAME_BYTES = 65_536
/** Virtual time between two looks at progress and breaches. */
const SLICE_MS = 60_000
/** After the horizon, for its last blocks to reach the watcher, which leaves out what is later. */
const GRACE_MS = 5_000

/** Runs a plan to its end. @throws SolventError E_NO_REPORT when the watcher is down then; what a handler throws */
export function simulate(options: SimulateOptions): SimulatedRun {
  const { plan } = options
  forgetObjects()
  const keys = keysOf(plan)
  const watcher = plan.nodes.find(({ role }) => role === 'watcher')!.id
  const audit = (): WatcherNode | null => home.node as WatcherNode | null
  const told = new ToldEvents(watcher, plan.faults)
  const { networkId } = plan.spec
  const faultEvent = faultEvents(plan)
  const simulation = createSimulation<SolventVocabulary>({
    seed: plan.seed,
    genesisMs: plan.spec.genesisMs,
    nodes: plan.nodes.map((node) => {
      const signer = keys.signerOf(node.id)
      return {
        id: node.id,
        create: announced(plan, node, told),
        signer,
        engines: () => enginesOf(plan, node, { signer, verifier: keys.verifier }),
      }
    }),
    links: options.links,
    door: createDoor({ spec: plan.spec, verifier: keys.verifier }),
    contentWord,
    sizeOf: remembered((message: Message) => encodeMessage(networkId, message).length),
    ...(options.codec === 'objects'
      ? {}
      : {
          codec: {
            encode: (message: Message) => encodeMessage(networkId, message),
            decode: (bytes: Uint8Array) => decodeMessage(networkId, bytes),
            maxBytes: MOST_FRAME_BYTES,
          },
        }),
    faults: plan.faults,
    injections,
    observers: {
      onEvent: (atMs, node, event) => {
        // What other nodes record of themselves is evidence for the audit; the watcher hears it here.
        told.tell(audit(), atMs, node, event)
        options.onEvent?.(atMs, node, event)
      },
      onFault: (atMs, label, phase) => {
        const event = faultEvent(label, phase)
        told.tell(audit(), atMs, OPERATOR, event)
        options.onEvent?.(atMs, OPERATOR, event)
      },
      onRefusal: (atMs, node, from, verdict, reason, type) => {
        // What is ignored is no fault of anybody.
        if (verdict === 'reject')
          options.onEvent?.(atMs, node, { kind: 'message-refused', from, type, verdict, reason })
      },
      onPop: (timeMs, priority, sequence) => audit()?.observePop(timeMs, priority, sequence),
      onDelivery: (sentAtMs, deliveredAtMs, minLatencyMs) =>
        audit()?.observeDelivery(sentAtMs, deliveredAtMs, minLatencyMs),
    },
  })
  const home = simulation.place(watcher)
  const result = runInSlices(plan, {
    run: (untilMs) => simulation.run(untilMs),
    breaches: () => audit()?.breaches ?? 0,
    onProgress: options.onProgress,
    sampleEveryMs: options.samples?.everyMs ?? Number.POSITIVE_INFINITY,
    onSample: (elapsedMs) => {
      const measures = audit()?.measures()
      if (measures !== undefined) options.samples?.onSample(elapsedMs, measures)
    },
  })
  const report = audit()?.report()
  const exposures = audit()?.exposures() ?? []
  simulation.end()
  if (report === undefined) {
    throw new SolventError({
      code: 'E_NO_REPORT',
      message: 'The watcher was down at the end of the run, so that nobody can say what became of it.',
      details: { node: watcher },
      hint: 'Let the scenario restart it.',
    })
  }
  return { report, exposures, result, traceDigest: result.traceDigest }
}

/** Says that a node has started, or started again: what it had set aside before is gone (O-13). A process says it itself. */
function announced(
  plan: NetworkPlan,
  node: PlannedNode,
  told: ToldEvents,
): (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary> {
  const create = isToMisbehave(plan, node) ? corruptibleFactory(plan, node) : nodeFactory(node)
  let lives = 0
  return (ports) => {
    lives += 1
    ports.log.event({ kind: lives === 1 ? 'node-started' : 'node-restarted', role: node.role })
    const live = create(ports)
    if (node.role === 'watcher') told.tellAgain(live as WatcherNode)
    return live
  }
}

/** The schedule's faults as the log and the audit have them; of several under one label each begins in its turn. */
function faultEvents(plan: NetworkPlan): (label: string, phase: 'begin' | 'end') => DomainEvent {
  const begun = new Map<string, number>()
  return (label, phase) => {
    const turn = begun.get(label) ?? 0
    if (phase === 'begin') begun.set(label, turn + 1)
    const same = plan.faults.filter((scheduled) => scheduled.label === label)
    const fault = (phase === 'begin' ? same[turn] : same[0])?.fault
    return {
      kind: 'fault',
      fault: fault?.kind ?? label,
      ...(fault?.kind === 'control' ? { control: fault.message.kind } : {}),
      target: fault === undefined ? '' : targetOf(fault),
      phase,
    }
  }
}

/** Whom a fault hits, as names with spaces between them. */
function targetOf(fault: Fault): string {
  if ('node' in fault) return fault.node
  return fault.kind === 'control' || fault.kind === 'source-report'
    ? fault.to
    : [...fault.from, ...fault.to].join(' ')
}

const injections: Injections<SolventVocabulary> = {
  operator: OPERATOR,
  control: (body) => ({ type: 'control', body }),
  sourceReport: ({ from, message }) => ({ type: 'source-report', body: { source: from, message } }),
}

/** Runs in slices, so that progress can be told, samples taken, and the first breach of an invariant ends the run. */
function runInSlices(
  plan: NetworkPlan,
  slice: {
    run(untilMs: number): SimulationResult
    breaches(): number
    onProgress?: ((elapsedMs: number) => void) | undefined
    readonly sampleEveryMs: number
    onSample(elapsedMs: number): void
  },
): SimulationResult {
  const { genesisMs } = plan.spec
  const endMs = genesisMs + plan.durationMs + GRACE_MS
  let sampledMs = 0
  const runTo = (untilMs: number): SimulationResult => {
    const lastMs = Math.min(untilMs - genesisMs, plan.durationMs)
    for (let atMs = sampledMs + slice.sampleEveryMs; atMs <= lastMs; atMs += slice.sampleEveryMs) {
      slice.run(genesisMs + atMs)
      slice.onSample(atMs)
      sampledMs = atMs
    }
    return slice.run(untilMs)
  }
  for (let untilMs = genesisMs + SLICE_MS; untilMs < endMs; untilMs += SLICE_MS) {
    const result = runTo(untilMs)
    if (slice.breaches() > 0) return result
    slice.onProgress?.(Math.min(plan.durationMs, untilMs - genesisMs))
  }
  return runTo(endMs)
}

function keysOf(plan: NetworkPlan): {
  verifier: SignatureVerifier
  signerOf: (node: NodeId) => ReturnType<typeof createSecp256k1Signer>
} {
  const { seed } = plan
  if (plan.spec.signatures === 'secp256k1') {
    return {
      verifier: createSecp256k1Verifier(),
      signerOf: (node) => createSecp256k1Signer(privateKeyOf(seed, node)),
    }
  }
  return {
    verifier: createStandInVerifier({ seed }),
    signerOf: (node) => createStandInSigner({ seed, address: accountOf(seed, node) }),
  }
}

/** Only those that the schedule corrupts pay for it. */
function isToMisbehave({ faults }: NetworkPlan, { id }: PlannedNode): boolean {
  return faults.some(
    ({ fault }) => fault.kind === 'control' && fault.message.kind === 'misbehave' && fault.to === id,
  )
}
