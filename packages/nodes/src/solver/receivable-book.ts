// The second machine: what a solver is owed after a fill. held → attested → proven → claimed, or stranded when the
// escrow went back to the user. Σ receivables = filled − claimed − stranded. Amounts are base units of the input token.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import {
  type DomainEvent,
  type Order,
  type ReceivableState,
  type SignedAttestation,
  signaturesNeeded,
} from '@solvent/protocol'
import type { NetworkFacts } from './network-facts.ts'

interface Receivable {
  readonly orderId: OrderId
  readonly chainId: ChainId
  readonly token: Address
  readonly amount: bigint
  readonly bridge: Address
  state: ReceivableState
  /** Verifiers that have signed each message that claims to prove the fill. */
  readonly signers: Map<Hash32, Set<Address>>
}

/** The order of the states; a receivable only moves forward, and not out of the last two. */
const rank: Readonly<Record<ReceivableState, number>> = {
  held: 0,
  attested: 1,
  proven: 2,
  claimed: 3,
  stranded: 3,
  sold: 3,
}

export interface ReceivableTotals {
  readonly filled: number
  readonly claimed: number
  readonly stranded: number
}

export class ReceivableBook {
  readonly #solver: Address
  readonly #record: (event: DomainEvent) => void
  readonly #open = new Map<OrderId, Receivable>()
  #filled = 0
  #claimed = 0
  #stranded = 0

  constructor(solver: Address, record: (event: DomainEvent) => void) {
    this.#solver = solver
    this.#record = record
  }

  get totals(): ReceivableTotals {
    return { filled: this.#filled, claimed: this.#claimed, stranded: this.#stranded }
  }

  /** Receivables that are neither claimed nor stranded. */
  get size(): number {
    return this.#open.size
  }

  state(orderId: OrderId): ReceivableState | undefined {
    return this.#open.get(orderId)?.state
  }

  /** A fill of ours is on the destination chain: `held`, unless known. */
  add(orderId: OrderId, order: Order): void {
    if (this.#insert(orderId, order, 'held')) this.#say(orderId)
  }

  /** Takes a receivable back from the store, without recording it again. */
  resume(orderId: OrderId, order: Order, state: ReceivableState): void {
    this.#insert(orderId, order, state)
  }

  /** Moves forward and records it; false when that would be a step back or the receivable is not open. */
  advance(orderId: OrderId, state: ReceivableState): boolean {
    const receivable = this.#open.get(orderId)
    if (receivable === undefined || rank[state] <= rank[receivable.state]) return false
    receivable.state = state
    this.#say(orderId)
    if (rank[state] === rank.claimed) {
      this.#open.delete(orderId)
      if (state === 'claimed') this.#claimed += 1
      else this.#stranded += 1
    }
    return true
  }

  /** Counts a verifier's signature; true when this one completed the quorum of the receivable's prover. */
  attest(signed: SignedAttestation, facts: NetworkFacts): boolean {
    const { message, attestation, verifier } = signed
    if (message.payload.kind !== 'fill-proof') return false
    const receivable = this.#open.get(message.payload.orderId)
    const bridge = facts.bridge(message.bridge)
    if (receivable === undefined || bridge === undefined || receivable.bridge !== message.bridge) return false
    if (message.payload.payee !== this.#solver) return false
    let signers = receivable.signers.get(attestation.payloadHash)
    if (signers === undefined) {
      signers = new Set()
      receivable.signers.set(attestation.payloadHash, signers)
    }
    signers.add(verifier)
    const needed = signaturesNeeded(bridge.verification)
    return needed > 0 && signers.size >= needed && this.advance(receivable.orderId, 'attested')
  }

  #insert(orderId: OrderId, order: Order, state: ReceivableState): boolean {
    if (this.#open.has(orderId)) return false
    this.#filled += 1
    this.#open.set(orderId, {
      orderId,
      chainId: order.originChainId,
      token: order.input.token,
      amount: order.input.amount,
      bridge: order.prover,
      state,
      signers: new Map(),
    })
    return true
  }

  #say(orderId: OrderId): void {
    const receivable = this.#open.get(orderId)
    if (receivable === undefined) return
    const { state, chainId, token, amount, bridge } = receivable
    this.#record({ kind: 'receivable', orderId, solver: this.#solver, state, chainId, token, amount, bridge })
  }
}
