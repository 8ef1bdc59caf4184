// Who asks a solver something and what it answers: users for quotes, rivals by the side channel, operators for its status and for
// faults of its signing.
import type { Inbound, Verdict } from '@solvent/ports'
import type { ChainId, NodeId } from '@solvent/primitives'
import type { NetworkSpec, SideChannelMessage, SolventVocabulary } from '@solvent/protocol'
import type { BlockFollower } from '../parts/block-follower.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { BidDesk } from './bid-desk.ts'
import type { DistressDesk } from './distress-desk.ts'
import type { LastLook } from './last-look.ts'
import type { QuoteDesk } from './quote-desk.ts'
import type { SolverPorts } from './solver-init.ts'

type Request = Extract<Inbound<SolventVocabulary>, { via: 'request' }>

export interface RequestDeskParts {
  readonly spec: NetworkSpec
  readonly ports: SolverPorts
  readonly chains: readonly ChainId[]
  readonly quotes: QuoteDesk
  readonly looks: LastLook
  readonly bids: BidDesk
  readonly distress: DistressDesk
  readonly sender: TransactionSender
  readonly follower: BlockFollower
  /** What the node is doing, in a line. */
  readonly summary: () => string
}

export class RequestDesk {
  readonly #parts: RequestDeskParts

  constructor(parts: RequestDeskParts) {
    this.#parts = parts
  }

  onRequest(inbound: Request): Verdict {
    const { ports, quotes, sender } = this.#parts
    const { message, from, replyTo } = inbound
    if (message.type === 'quote-request') {
      quotes.onRequest(message.body, from, replyTo)
      return 'accept'
    }
    if (message.type === 'side-channel') {
      const { body } = message
      const accepted = this.#hear(body, from)
      const reason = accepted ? null : 'not-authorised'
      ports.transport.reply(replyTo, { type: 'receipt', body: { accepted, reason } })
      return 'accept'
    }
    return sender.onMessage(inbound) ? 'accept' : this.#onControl(inbound)
  }

  #hear(body: SideChannelMessage, from: NodeId): boolean {
    const { looks, bids } = this.#parts
    if (body.kind === 'rival-fill') return looks.hear(body, from)
    return body.kind !== 'pending' && bids.hear(body, from)
  }

  #onControl(inbound: Request): Verdict {
    const { spec, ports, chains, follower, distress, summary } = this.#parts
    const request = controlRequest(spec, ports, inbound, follower)
    if (request === null) return 'ignore'
    if (request === 'answered') return 'accept'
    const { control, answer } = request
    if (control.kind === 'status')
      answer({ kind: 'status', status: nodeStatus('solver', summary(), follower.view, chains, ports) })
    else if (control.kind === 'distress') {
      distress.begin(control.distress)
      answer({ kind: 'done' })
    } else answer({ kind: 'refused', reason: 'not-served' })
    return 'accept'
  }
}
