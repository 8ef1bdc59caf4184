// What an operator asks of a running node, as far as the runtime answers it: partitions, a lying data source,
// shutdown, and the peers in a node's status. Everything else is the node's. Strangers are refused.
import type { Inbound, ReplyToken, Verdict } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { ControlMessage, ControlReply, Message, NodeFault, SolventVocabulary } from '@solvent/protocol'

type Request = Extract<Inbound<SolventVocabulary>, { via: 'request' }>

export interface ControlDeskWiring {
  readonly operators: readonly NodeId[]
  readonly peerIdOf: (node: NodeId) => string | undefined
  readonly reply: (token: ReplyToken, message: Message) => void
  /** A token whose answer comes back to the caller instead of going out. */
  readonly localToken: (onReply: (message: Message) => void) => ReplyToken
  /** Nothing passes to or from the peers until the returned function is called. */
  readonly isolate: (peerIds: readonly string[]) => () => void
  /** The node suffers a fault from now on. */
  readonly suffer: (fault: NodeFault, afterMs: number) => void
  /** Ends what faults have done for a while. */
  readonly heal: () => void
  /** Hands a message to the node as if it had come over the network. */
  readonly inject: (inbound: Inbound<SolventVocabulary>) => void
  readonly passOn: (inbound: Request) => Verdict
  readonly connections: () => number
  /** An operator asks for something that breaks what works. */
  readonly onBreakage: (control: ControlMessage['kind']) => void
  readonly onShutdown: () => void
}

/** Questions, orders for the user to sign, and what makes things good again; what a node suffers its schedule tells. */
const HARMLESS: ReadonlySet<ControlMessage['kind']> = new Set([
  ...(['status', 'report', 'exposures', 'history', 'order-status'] as const),
  ...(['send-order', 'heal', 'unpause', 'suffer', 'shutdown'] as const),
  // The watcher is told of what happens elsewhere.
  ...(['declare-exploit', 'declare-false-fill', 'declare-outage', 'declare-censorship'] as const),
  ...(['declare-release', 'declare-misconduct', 'overrule-finality'] as const),
  ...(['scheme-broken', 'accounts-broken'] as const),
])

/** How long an answer has to leave before what was asked happens (wall). */
const ANSWER_LEAVES_MS = 100

/** Intercepts control requests of one node. */
export class ControlDesk {
  readonly #wiring: ControlDeskWiring
  #heals: (() => void)[] = []

  constructor(wiring: ControlDeskWiring) {
    this.#wiring = wiring
  }

  /** A verdict when the request was dealt with, null when the node is to see it. */
  intercept(inbound: Inbound<SolventVocabulary>): Verdict | null {
    if (inbound.via !== 'request' || inbound.message.type !== 'control') return null
    if (!this.#wiring.operators.includes(inbound.from)) {
      this.#answer(inbound.replyTo, { kind: 'refused', reason: 'not-authorised' })
      return { reject: 'not-an-operator' }
    }
    const { body } = inbound.message
    if (!HARMLESS.has(body.kind)) this.#wiring.onBreakage(body.kind)
    return this.#obey(inbound, body)
  }

  #obey(request: Request, control: ControlMessage): Verdict | null {
    switch (control.kind) {
      case 'status':
        return this.#status(request)
      case 'partition':
        this.#heals.push(
          this.#wiring.isolate(control.from.flatMap((node) => this.#wiring.peerIdOf(node) ?? [])),
        )
        break
      case 'heal':
        for (const heal of this.#heals) heal()
        this.#heals = []
        this.#wiring.heal()
        break
      case 'suffer':
        // The fault may be that this very connection ends.
        setTimeout(() => this.#wiring.suffer(control.fault, control.afterMs), ANSWER_LEAVES_MS)
        break
      case 'forge':
        this.#forge(control)
        break
      case 'shutdown':
        this.#answer(request.replyTo, { kind: 'done' })
        // After the answer has had its chance to leave.
        setTimeout(() => this.#wiring.onShutdown(), ANSWER_LEAVES_MS)
        return 'accept'
      default:
        return null
    }
    this.#answer(request.replyTo, { kind: 'done' })
    return 'accept'
  }

  #forge({ source, message }: Extract<ControlMessage, { kind: 'forge' }>): void {
    this.#wiring.inject({
      via: 'direct',
      from: source,
      message: { type: 'source-report', body: { source, message } },
    })
  }

  /** The node answers what it knows; how many peers it has only the runtime knows. */
  #status(request: Request): Verdict {
    const replyTo = this.#wiring.localToken((message) => {
      const isStatus = message.type === 'control-reply' && message.body.kind === 'status'
      if (!isStatus) return this.#wiring.reply(request.replyTo, message)
      const status = { ...message.body.status, peers: this.#wiring.connections() }
      this.#answer(request.replyTo, { kind: 'status', status })
    })
    return this.#wiring.passOn({ ...request, replyTo })
  }

  #answer(token: ReplyToken, reply: ControlReply): void {
    this.#wiring.reply(token, { type: 'control-reply', body: reply })
  }
}
