// What a node's runtime is made of, whatever the node's vocabulary.
import type { ExecutionEngine, Inbound, Node, Ports, Rng, Verdict, Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { SignatureVerifier } from '@solvent/protocol'
import type { ClockSetting } from './clock.ts'
import type { Refusal } from './door/blame.ts'
import type { LaneRule } from './door/inspection.ts'
import type { MessageDoor } from './door/message-door.ts'
import type { PeerEntry } from './peer-table.ts'
import type { Penalty, Severity } from './penalty-ledger.ts'
import type { NetworkLimits } from './profile.ts'
import type { MessageCodec } from './wire-codec.ts'

export interface NodeRuntimeOptions<V extends Vocabulary> {
  readonly nodeId: NodeId
  readonly seed: string
  readonly clock: ClockSetting
  readonly listenHost: string
  readonly listenPort: number
  readonly peers: readonly PeerEntry[]
  readonly topics: readonly V['topic'][]
  readonly limits: NetworkLimits
  readonly gossipDegree: number
  readonly codec: MessageCodec<V['message']>
  readonly door: MessageDoor<V['message']>
  readonly fits: LaneRule<V['message']>
  /** How grave a bad signature on this message is. */
  readonly forgerySeverity: (message: V['message']) => Severity
  readonly verifier: SignatureVerifier
  readonly signer: V['signer']
  readonly rng: Rng
  readonly engines: readonly ExecutionEngine<V>[]
  readonly directory: string
  readonly create: (ports: Ports<V>) => Node<V>
  readonly toJson: (event: V['event']) => unknown
  readonly onEvent?: ((atMs: number, event: V['event']) => void) | undefined
  /** Every timer as it fires: its moment and its number, which strictly increase. */
  readonly onPop?: ((dueMs: number, sequence: number) => void) | undefined
  readonly onFatal: (error: unknown) => void
  /** Penalties and refusals as domain events of the vocabulary. */
  readonly onPenalty?: (penalty: Penalty, peer: NodeId) => void
  readonly onRefusal?: (refusal: Refusal, peer: NodeId) => void
  /** Sees what reaches the node first; a verdict means that it was dealt with. */
  readonly intercept?: (inbound: Inbound<V>) => Verdict | null
}
