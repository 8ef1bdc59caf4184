// What nodes record, through the rules that read it: signatures, awards, reservations, commitments, losses.
import type { NodeId, OrderId } from '@solvent/primitives'
import { type DomainEvent, messageDigest } from '@solvent/protocol'
import type { RuleSet } from './rule-set.ts'

export class NodeEvents {
  readonly #rules: RuleSet
  /** Orders that each node has accepted since it started. */
  readonly #accepted = new Map<NodeId, Set<OrderId>>()

  constructor(rules: RuleSet) {
    this.#rules = rules
  }

  event(atMs: number, node: NodeId, event: DomainEvent): void {
    const rules = this.#rules
    switch (event.kind) {
      case 'order-signed':
        rules.reservations.signed(event.orderId, event.order)
        rules.signatures.accepted(atMs, event.orderId, event.order, event.signature)
        break
      case 'order-accepted':
        rules.signatures.accepted(atMs, event.orderId, event.order, event.signature)
        this.#acceptOnce(atMs, node, event.orderId)
        break
      case 'auction-closed':
        rules.awards.closed(atMs, event.award, event.order, event.weightsPpm)
        rules.reservations.closed(event.award, event.order)
        rules.bonds.closed(event.award)
        break
      case 'consistency-shared':
        rules.awards.shared(atMs, node, event.shares)
        rules.netting.shared(node, event.shares)
        break
      case 'bond-slashed':
        rules.bonds.slashed(atMs, node, event)
        rules.slashPayments.slashed(atMs, node, event)
        break
      case 'challenge-upheld':
        rules.bonds.upheld(atMs, node, event)
        break
      case 'batch-closed':
        rules.awards.batchClosed(atMs, event.batch)
        rules.netting.batchClosed(node, event.batch)
        break
      case 'reward-paid':
        rules.netting.paid(atMs, node, event)
        break
      case 'inventory-reserved':
      case 'inventory-released':
        rules.reservations.changed(atMs, event)
        break
      case 'commitment':
        rules.commitments.committed(atMs, node, event.signer, event.slot, event.digest)
        break
      case 'receivable':
        if (event.state === 'stranded') rules.liveness.stranded(event.orderId)
        break
      case 'exploit-declared': {
        const digest = messageDigest(event.message)
        rules.exploits.declare(digest)
        rules.bridges.declared(digest)
        break
      }
      case 'false-fill-declared':
        rules.exploits.declareFalseFill(event.fill)
        break
      case 'scheme-break-declared':
        rules.exploits.schemeBroken(event.bridge, event.keys)
        break
      case 'account-break-declared':
        // Whose money goes may leave its orders unfilled; the books of the chain see payments like any other.
        rules.liveness.fault()
        break
      case 'outage-declared':
        rules.outages.declared(event.outage)
        rules.liveness.fault()
        break
      case 'finality-overruled': {
        const chain = rules.index.chains.get(event.chainId)
        if (chain !== undefined) chain.overruledAbove = event.slot
        rules.liveness.fault()
        break
      }
      case 'transfer-governed':
        rules.governors.governed(atMs, node, event)
        break
      case 'release-declared':
        rules.governors.released(event.bridge, event.atMs)
        break
      case 'censorship-declared':
        rules.faults.censored(event.censorship)
        rules.liveness.fault()
        break
      case 'fault':
        rules.liveness.fault()
        rules.faults.record(atMs, event.fault, event.target, event.phase)
        if (event.fault === 'crash' && event.phase === 'begin') rules.reservations.nodeDown(event.target)
        break
      case 'node-started':
      case 'node-restarted':
        this.#accepted.delete(node)
        rules.reservations.nodeUp(node)
        break
    }
  }

  /** O-15 at a node: it takes a digest in once. */
  #acceptOnce(atMs: number, node: NodeId, orderId: OrderId): void {
    const { tally } = this.#rules
    tally.checked['O-15']++
    let orders = this.#accepted.get(node)
    if (orders === undefined) {
      orders = new Set()
      this.#accepted.set(node, orders)
    }
    if (!orders.has(orderId)) orders.add(orderId)
    else tally.breach('O-15', atMs, null, `${node} accepts order ${orderId} a second time`)
  }
}
