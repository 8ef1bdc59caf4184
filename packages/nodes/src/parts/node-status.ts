// What a node answers to an operator's `status`, and who counts as an operator.
import type { Clock, Inbound, Ports, Transport } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type {
  ControlMessage,
  ControlReply,
  NetworkSpec,
  NodeStatus,
  SolventVocabulary,
} from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import type { BlockFollower } from './block-follower.ts'

/** An operator's request: what is asked and how to answer it once. */
export interface ControlRequest {
  readonly control: ControlMessage
  readonly answer: (reply: ControlReply) => void
}

/**
 * What a request of an operator asks; null for other messages; `answered` when nothing is left to do: a stranger is refused
 * here, and a follower takes what people decide about the finality of its chains. Every refusal is recorded.
 */
export function controlRequest(
  spec: NetworkSpec,
  { transport, log }: Pick<Ports<SolventVocabulary>, 'transport' | 'log'>,
  inbound: Inbound<SolventVocabulary>,
  follower?: Pick<BlockFollower, 'overrule'>,
): ControlRequest | 'answered' | null {
  if (inbound.via !== 'request' || inbound.message.type !== 'control') return null
  const { from, replyTo } = inbound
  const control = inbound.message.body
  const answer = (body: ControlReply): void => {
    if (body.kind === 'refused')
      log.event({ kind: 'control-refused', control: control.kind, from, reason: body.reason })
    transport.reply(replyTo, { type: 'control-reply', body })
  }
  if (!spec.operators.includes(from)) answer({ kind: 'refused', reason: 'not-authorised' })
  else if (control.kind !== 'overrule-finality' || follower === undefined) return { control, answer }
  else answer(follower.overrule(control))
  return 'answered'
}

/** The status of a node that follows these chains; `peers` is 0 here, the runtime knows and fills it in. */
export function nodeStatus(
  role: string,
  summary: string,
  view: ChainView,
  chains: readonly ChainId[],
  ports: { readonly clock: Clock; readonly transport: Transport<SolventVocabulary> },
): NodeStatus {
  const heads = chains.map((chainId) => ({
    chainId,
    head: view.head(chainId)?.header.number ?? 0,
    safe: view.safe(chainId),
    finalized: view.finalized(chainId),
  }))
  return { node: ports.transport.self, role, nowMs: ports.clock.nowMs(), peers: 0, heads, summary }
}
