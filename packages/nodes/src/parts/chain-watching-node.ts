// What a node is that follows chains and acts on them by transactions of its account, and keeps nothing beside those: reporters,
// keepers, arbitrageurs and populations differ in what they do with a block.
import type { Node, Ports, StoreTicket, TimerId } from '@solvent/ports'
import { type ChainId, decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import type {
  ControlMessage,
  ControlReply,
  NetworkSpec,
  SideChannelMessage,
  SolventVocabulary,
} from '@solvent/protocol'
import type { BlockFollower } from './block-follower.ts'
import { controlRequest, nodeStatus } from './node-status.ts'
import type { TimerTable } from './timer-table.ts'
import type { TransactionSender } from './transaction-sender.ts'

export interface ChainWatchingNode {
  readonly spec: NetworkSpec
  readonly role: string
  readonly chains: readonly ChainId[]
  readonly follower: BlockFollower
  readonly sender: TransactionSender
  /** What it has done so far, in a line. */
  readonly summary: () => string
  /** Takes an operator's order that is its own; null for others. */
  readonly obey?: (control: ControlMessage) => ControlReply | null
  /** Takes what another node says beside the rules; false where it is not listened to. */
  readonly hear?: (said: SideChannelMessage, from: NodeId) => boolean
  /** A desk that keeps promises of its own in the store. */
  readonly desk?: {
    readonly start: () => void
    readonly onStore: (ticket: StoreTicket) => boolean
    readonly onTimer: (timer: TimerId) => boolean
  }
  /** What it does at the start and at times of its own. */
  readonly look?: { readonly timers: TimerTable<'look'>; readonly now: () => void }
}

type NodePorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createChainWatchingNode(init: ChainWatchingNode, ports: NodePorts): Node<SolventVocabulary> {
  const { spec, role, chains, follower, sender, summary, obey, hear, look, desk } = init

  function answerTo(control: ControlMessage): ControlReply {
    const reply = obey?.(control) ?? null
    if (reply !== null) return reply
    if (control.kind !== 'status') return { kind: 'refused', reason: 'not-served' }
    return { kind: 'status', status: nodeStatus(role, summary(), follower.view, chains, ports) }
  }

  return {
    start() {
      follower.start()
      desk?.start()
      sender.start()
      look?.now()
    },
    stop() {},
    onMessage(inbound) {
      const control = controlRequest(spec, ports, inbound, follower)
      if (control !== null) {
        if (control !== 'answered') control.answer(answerTo(control.control))
        return 'accept'
      }
      if (inbound.via === 'request' && inbound.message.type === 'side-channel' && hear !== undefined) {
        const accepted = hear(inbound.message.body, inbound.from)
        const reason = accepted ? null : 'not-authorised'
        ports.transport.reply(inbound.replyTo, { type: 'receipt', body: { accepted, reason } })
        return 'accept'
      }
      if (inbound.via === 'store' && desk?.onStore(inbound.ticket) === true) return 'accept'
      if (sender.onMessage(inbound)) return 'accept'
      return follower.onMessage(inbound) ?? 'ignore'
    },
    onTimer(timer) {
      if (look?.timers.take(timer) !== undefined) look.now()
      else if (desk?.onTimer(timer) !== true && !sender.onTimer(timer)) follower.onTimer(timer)
    },
    // Chains are read again after a restart, and transactions are in the store.
    snapshot: () => encodeCanonical({ version: 1 }),
    restore: (bytes) => void decodeCanonical(bytes),
  }
}
