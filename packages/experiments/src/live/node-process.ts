// The life of one node process: read the plan, say that it is loaded, start on the launcher's word, stop on
// SIGTERM or an operator's shutdown. It needs the launcher for the start only.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createStreams } from '@solvent/kernel'
import { asNodeId, decodeCanonical, SolventError } from '@solvent/primitives'
import {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  decodeMessage,
  encodeMessage,
  privateKeyOf,
} from '@solvent/protocol'
import { createHost, type Host, peerEntryOf } from '@solvent/runtime-libp2p'
import { OPERATOR } from '../assembly/assemble-spec.ts'
import { enginesOf, nodeFactory } from '../assembly/create-node.ts'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { type NetworkFile, readNetworkFile } from './network-file.ts'
import { NodeAudit } from './node-audit.ts'
import type { FromNodeProcess, ToNodeProcess } from './process-messages.ts'

const MOST_PLAN_BYTES = 64 * 1024 * 1024
const MOST_PLAN_DEPTH = 32
const STOP_DEADLINE_MS = 3_000
const READY_TIMEOUT_MS = 25_000
const EXIT_BUG = 70
/** Without a start signal for this long, the launcher is gone. */
const ORPHAN_MS = 120_000

/** Runs a node until it is told to stop; resolves with the process's exit code. */
export async function runNodeProcess(options: {
  readonly networkFile: string
  readonly node: string
}): Promise<number> {
  const directory = dirname(options.networkFile)
  const network = await readNetworkFile(directory)
  const plan = await readPlan(join(directory, network.plan))
  const word = launcherWord()
  tell({ kind: 'loaded' })
  const startedAtWallMs = await word.connect
  return await new Promise((resolve) => {
    void live({
      plan,
      network,
      directory,
      node: options.node,
      startedAtWallMs,
      begin: word.begin,
      end: resolve,
    }).catch((error: unknown) => {
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      resolve(error instanceof SolventError ? 4 : EXIT_BUG)
    })
  })
}

/** The plan that a launcher wrote. */
export async function readPlan(file: string): Promise<NetworkPlan> {
  return decodeCanonical(await readFile(file), {
    maxBytes: MOST_PLAN_BYTES,
    maxDepth: MOST_PLAN_DEPTH,
  }) as unknown as NetworkPlan
}

async function live(options: {
  readonly plan: NetworkPlan
  readonly network: NetworkFile
  readonly directory: string
  readonly node: string
  /** Null while virtual time stands at genesis. */
  readonly startedAtWallMs: number | null
  readonly begin: Promise<number>
  readonly end: (code: number) => void
}): Promise<void> {
  const audit = new NodeAudit(options.plan, asNodeId(options.node))
  const host = await hostOf(options, audit)
  let isStopping = false
  const stop = (code: number) => {
    if (isStopping) return
    isStopping = true
    const messages = host.metrics().get('messages.received') ?? 0
    void host
      .stop(STOP_DEADLINE_MS)
      .then(() => audit.save(join(options.directory, options.node), messages))
      .finally(() => options.end(code))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(0))
  stopOf.set(host, stop)
  await host.start()
  await host.ready(READY_TIMEOUT_MS)
  tell({ kind: 'ready' })
  host.begin(await options.begin)
}

/** How a host's own callbacks reach the stop of their process. */
const stopOf = new WeakMap<Host, (code: number) => void>()

async function hostOf(
  { plan, network, directory, node: name, startedAtWallMs }: Parameters<typeof live>[0],
  audit: NodeAudit,
): Promise<Host> {
  const nodeId = asNodeId(name)
  const node = plan.nodes.find(({ id }) => id === nodeId)
  const entry = network.nodes.find(({ id }) => id === nodeId)
  if (node === undefined || entry === undefined) {
    throw new SolventError({
      code: 'E_NODE',
      message: 'The network has no such node.',
      details: { node: name },
    })
  }
  const signer = createSecp256k1Signer(privateKeyOf(plan.seed, nodeId))
  const verifier = createSecp256k1Verifier()
  const streams = createStreams(plan.seed)
  const { networkId } = plan.spec
  const peers = await Promise.all([
    ...network.nodes.map(({ id, port }) => peerEntryOf(plan.seed, asNodeId(id), port)),
    peerEntryOf(plan.seed, OPERATOR, null),
  ])
  const host: Host = await createHost({
    nodeId,
    seed: plan.seed,
    spec: plan.spec,
    clock: { genesisMs: plan.spec.genesisMs, startedAtWallMs, acceleration: network.acceleration },
    listenPort: entry.port,
    peers,
    door: createDoor({ spec: plan.spec, verifier }),
    codec: {
      encode: (message) => encodeMessage(networkId, message),
      decode: (bytes) => decodeMessage(networkId, bytes),
    },
    signer,
    rng: { stream: (stream) => streams.stream(`${nodeId}/${stream}`) },
    engines: enginesOf(plan, node, { signer, verifier }),
    directory: join(directory, entry.directory),
    create: nodeFactory(node),
    role: node.role,
    faults: plan.faults,
    onEvent: (atMs, event) => audit.observe(atMs, event),
    onFatal: (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      stopOf.get(host)?.(EXIT_BUG)
    },
    onShutdown: () => stopOf.get(host)?.(0),
  })
  return host
}

/** The launcher's two words. A restarted node joins a clock that runs: it gets the second word only. */
function launcherWord(): { readonly connect: Promise<number | null>; readonly begin: Promise<number> } {
  const connect = Promise.withResolvers<number | null>()
  const begin = Promise.withResolvers<number>()
  const orphan = setTimeout(() => {
    const error = new SolventError({
      code: 'E_LAUNCH',
      message: 'The launcher did not say when to start.',
      details: { waitedMs: ORPHAN_MS },
    })
    connect.reject(error)
    begin.reject(error)
  }, ORPHAN_MS)
  begin.promise.catch(() => undefined)
  process.on('message', (message: ToNodeProcess) => {
    if (message.kind === 'connect') connect.resolve(null)
    else {
      clearTimeout(orphan)
      connect.resolve(message.startedAtWallMs)
      begin.resolve(message.startedAtWallMs)
    }
  })
  return { connect: connect.promise, begin: begin.promise }
}

function tell(message: FromNodeProcess): void {
  // The launcher may be gone; the node goes on without it.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined)
}
