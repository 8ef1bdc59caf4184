// What a node answers to an operator's `status`, and who counts as an operator.
import type { Clock, Inbound, Transport } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type {
  ControlMessage,
  ControlReply,
  NetworkSpec,
  NodeStatus,
  SolventVocabulary,
} from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'

/** An operator's request: what is asked and how to answer it once. */
export interface ControlRequest {
  readonly control: ControlMessage
  readonly answer: (reply: ControlReply) => void
}

/** What a request of an operator asks; null for other messages; a stranger is refused here and yields `refused`. */
export function controlRequest(
  spec: NetworkSpec,
  transport: Transport<SolventVocabulary>,
  inbound: Inbound<SolventVocabulary>,
): ControlRequest | 'refused' | null {
  if (inbound.via !== 'request' || inbound.message.type !== 'control') return null
  const { replyTo } = inbound
  const answer = (body: ControlReply): void => transport.reply(replyTo, { type: 'control-reply', body })
  if (spec.operators.includes(inbound.from)) return { control: inbound.message.body, answer }
  answer({ kind: 'refused', reason: 'not-authorised' })
  return 'refused'
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
