// An operator of a live network: finds it by its network file and asks its nodes.
import { join } from 'node:path'
import {
  decodeExposures,
  decodeHistory,
  decodeRunReport,
  type ExposureSnapshot,
  type PastMoment,
  type RunReport,
} from '@solvent/nodes'
import { asNodeId, type NodeId, SolventError } from '@solvent/primitives'
import { type ControlMessage, type ControlReply, decodeMessage, encodeMessage } from '@solvent/protocol'
import { createOperatorClient, type OperatorClient, peerEntryOf } from '@solvent/runtime-libp2p'
import { OPERATOR } from '../assembly/assemble-spec.ts'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { type NetworkFile, readNetworkFile } from './network-file.ts'
import { readPlan } from './plan-file.ts'

export interface Operator {
  readonly network: NetworkFile
  readonly plan: NetworkPlan
  ask(node: string, message: ControlMessage): Promise<ControlReply>
  /** Asks all nodes; those that cannot be reached are missing. */
  askAll(message: ControlMessage): Promise<ReadonlyMap<NodeId, ControlReply>>
  /** The watcher's report, fetched in parts. */
  report(): Promise<RunReport>
  /** Who owed whom at the moments of the plan so far, and now. */
  exposures(): Promise<readonly ExposureSnapshot[]>
  /** What the watcher keeps of the past. */
  history(): Promise<readonly PastMoment[]>
  close(): Promise<void>
}

const ASK_TIMEOUT_MS = 5_000

/** @throws SolventError E_NO_NETWORK when no network runs from the directory */
export async function connectOperator(directory: string): Promise<Operator> {
  const network = await readNetworkFile(directory)
  const plan = await readPlan(join(directory, network.plan))
  const { networkId } = plan.spec
  const client = await createOperatorClient({
    operator: OPERATOR,
    seed: plan.seed,
    peers: await Promise.all(network.nodes.map(({ id, port }) => peerEntryOf(plan.seed, asNodeId(id), port))),
    codec: {
      encode: (message) => encodeMessage(networkId, message),
      decode: (bytes) => decodeMessage(networkId, bytes),
    },
  })
  const watcher = plan.nodes.find(({ role }) => role === 'watcher')!.id
  return {
    network,
    plan,
    ask: (node, message) => client.ask(asNodeId(node), message, ASK_TIMEOUT_MS),
    askAll: (message) => client.askAll(message, ASK_TIMEOUT_MS),
    report: async () => decodeRunReport(await fetchParts(client, watcher, 'report')),
    exposures: async () => decodeExposures(await fetchParts(client, watcher, 'exposures')),
    history: async () => decodeHistory(await fetchParts(client, watcher, 'history')),
    close: () => client.close(),
  }
}

async function fetchParts(
  client: OperatorClient,
  watcher: NodeId,
  kind: 'report' | 'exposures' | 'history',
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let offset = 0
  for (;;) {
    const reply = await client.ask(watcher, { kind, offset }, ASK_TIMEOUT_MS)
    if (reply.kind !== kind || reply.offset !== offset) {
      throw new SolventError({
        code: 'E_OPERATOR_REFUSED',
        message: `The watcher did not answer with its ${kind}.`,
        details: { node: watcher, got: reply.kind },
      })
    }
    parts.push(reply.bytes)
    offset += reply.bytes.length
    if (offset >= reply.total || reply.bytes.length === 0) return Buffer.concat(parts)
  }
}
