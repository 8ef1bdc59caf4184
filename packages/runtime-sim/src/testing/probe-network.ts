// A simulated network of probes that say texts, for the tests of this package.
import type { Inbound, Vocabulary } from '@solvent/ports'
import { createProbe, type Probe, type ProbeBehaviour } from '@solvent/ports/testing'
import { asNodeId, decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import type { Codec, SimulationOptions } from '../options.ts'
import { createSimulation, type Simulation, type SimulationResult } from '../simulation.ts'

export interface Words extends Vocabulary {
  readonly message: { readonly text: string }
  readonly topic: 'news' | 'other'
  readonly transaction: string
  readonly block: string
  readonly event: string
  readonly signer: string
}

export const GENESIS_MS = 1_776_470_400_000

export const bytesCodec: Codec<Words> = {
  encode: (message) => encodeCanonical(message),
  decode: (bytes) => decodeCanonical(bytes) as Words['message'],
  maxBytes: 65_536,
}

/** Subscribes to `news` and accepts everything. */
export const listener: ProbeBehaviour<Words> = {
  onStart: (ports) => ports.transport.subscribe('news'),
}

/** Answers every request with its own text in capitals. */
export const echo: ProbeBehaviour<Words> = {
  onMessage(inbound, ports) {
    if (inbound.via === 'request') {
      ports.transport.reply(inbound.replyTo, { text: inbound.message.text.toUpperCase() })
    }
    return 'accept'
  },
}

export interface ProbeNetwork {
  readonly simulation: Simulation<Words>
  readonly ids: readonly NodeId[]
  probe(id: string): Probe<Words>
  /** Runs to a moment, ms after genesis. */
  runTo(atMs: number): SimulationResult
  /** As a handler of the node, now. */
  publish(id: string, text: string): void
  send(from: string, to: string, text: string): void
  request(from: string, to: string, text: string, timeoutMs: number): void
  /** What the present object of a node received, in order: a text for each message, a reason for each failure. */
  heard(id: string): string[]
}

export interface ProbeNetworkOptions
  extends Partial<Omit<SimulationOptions<Words>, 'nodes' | 'genesisMs' | 'faults'>> {
  /** Behaviours by node name. */
  readonly nodes: Readonly<Record<string, ProbeBehaviour<Words>>>
  /** Faults by ms after genesis. */
  readonly faults?: readonly (readonly [atMs: number, fault: Fault])[]
}

/** Builds the network and starts its nodes. */
export function createProbeNetwork({ nodes, faults = [], ...options }: ProbeNetworkOptions): ProbeNetwork {
  const probes = new Map(Object.entries(nodes).map(([id, behaviour]) => [id, createProbe<Words>(behaviour)]))
  const ids = [...probes.keys()].map(asNodeId)
  const simulation = createSimulation<Words>({
    seed: 'probes',
    genesisMs: GENESIS_MS,
    nodes: ids.map((id) => ({ id, create: probes.get(id)!.create, signer: id })),
    faults: faults.map(([atMs, fault]) => ({ atMs, label: `${fault.kind} at ${atMs}`, fault })),
    ...options,
  })
  const probe = (id: string) => probes.get(id)!
  const runTo = (atMs: number) => simulation.run(GENESIS_MS + atMs)
  const act = (id: string, action: () => void) => simulation.act(asNodeId(id), action)
  runTo(0)
  return {
    simulation,
    ids,
    probe,
    runTo,
    publish: (id, text) => act(id, () => probe(id).ports.transport.publish('news', { text })),
    send: (from, to, text) => act(from, () => probe(from).ports.transport.send(asNodeId(to), { text })),
    request: (from, to, text, timeoutMs) =>
      act(from, () => void probe(from).ports.transport.request(asNodeId(to), { text }, timeoutMs)),
    heard: (id) => probe(id).inbox.map(wordOf),
  }
}

/** `node-0` … with the same behaviour. */
export function alike(
  count: number,
  behaviour: ProbeBehaviour<Words>,
): Record<string, ProbeBehaviour<Words>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`node-${index}`, behaviour]))
}

function wordOf(inbound: Inbound<Words>): string {
  if ('message' in inbound) return inbound.message.text
  return inbound.via === 'failure' ? inbound.reason : inbound.via
}
