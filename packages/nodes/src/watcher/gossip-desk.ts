// What gossip tells a watcher: orders and awards go into its books, its memory and the audit, attestations are counted, and
// what contradicts itself becomes evidence. An award that a declared misconduct explains counts against nobody.
import type { Verdict } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import {
  type DomainEvent,
  type NetworkSpec,
  orderDigest,
  type SignedAward,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { DeclaredMisconduct } from './declared-misconduct.ts'
import type { EvidenceDesk } from './evidence-desk.ts'
import type { GossipMemory, Told } from './gossip-memory.ts'
import type { OutcomeBook } from './outcome-book.ts'

export interface GossipDeskInit {
  readonly spec: NetworkSpec
  readonly orders: OutcomeBook
  readonly memory: GossipMemory
  readonly evidence: EvidenceDesk
  readonly nowMs: () => number
  /** The audit hears of it. */
  readonly tell: (event: DomainEvent) => void
}

export class GossipDesk {
  readonly #init: GossipDeskInit
  readonly #misconduct: DeclaredMisconduct

  constructor(init: GossipDeskInit) {
    this.#init = init
    this.#misconduct = new DeclaredMisconduct(init.spec)
  }

  /** Of every topic but headers, which a follower takes. */
  hear(message: SolventVocabulary['message']): Verdict {
    const { orders, evidence } = this.#init
    switch (message.type) {
      case 'order':
        return this.#order(message.body)
      case 'award':
        return this.#award(message.body)
      case 'attestation':
        evidence.attestation(message.body)
        orders.attested(message.body)
        return 'accept'
      case 'evidence':
        return evidence.received(message.body)
      default:
        return 'ignore'
    }
  }

  /** What this node says until then counts against nobody. */
  expectMisconduct(node: NodeId, untilMs: number): void {
    this.#init.memory.misconducts.push({ node, untilMs })
    this.#misconduct.declare(node, untilMs)
  }

  /** After a restart: gossip is not repeated. */
  restore({ orders, awards, misconducts }: Told): void {
    for (const signed of orders) this.#order(signed)
    for (const signed of awards) this.#award(signed)
    for (const { node, untilMs } of misconducts) this.expectMisconduct(node, untilMs)
  }

  #order(signed: SignedOrder): Verdict {
    const { orders, memory, tell } = this.#init
    const { order, signature } = signed
    const orderId = orderDigest(order)
    if (orders.isSigned(orderId)) return 'accept'
    orders.signed(order, orderId)
    memory.orders.push(signed)
    tell({ kind: 'order-accepted', orderId, order, signature })
    return 'accept'
  }

  #award(signed: SignedAward): Verdict {
    const { orders, memory, evidence, nowMs, tell } = this.#init
    const { award } = signed
    evidence.award(signed)
    const facts = orders.orders.get(award.orderId)
    if (facts === undefined || facts.award !== null) return 'accept'
    if (this.#misconduct.explains(award, facts.order, nowMs())) return 'accept'
    memory.awards.push(signed)
    orders.awarded(award)
    tell({ kind: 'auction-closed', award, order: facts.order })
    return 'accept'
  }
}
