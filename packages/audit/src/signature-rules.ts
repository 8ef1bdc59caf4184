// Identity of orders, S-1 to S-4: whose signature, which digest, which nonce, which domain. The same order is met
// many times (each node that accepts it, its opening, its fill): what has been checked once is remembered.
import type { Address, ChainId, OrderId } from '@solvent/primitives'
import { type Order, orderDigest, type Signature } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { InvariantId } from './invariant-id.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'
import { isWeakDigest } from './weak-digest.ts'

/** What used a nonce: the opening of an order, or its cancelling. */
interface NonceUse {
  readonly orderId: OrderId
  readonly by: 'open' | 'cancel'
}

export class SignatureRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #check: SignatureCheck
  readonly #signed = new Map<OrderId, Signature>()
  /** Chain → settler → user → nonce → use. */
  readonly #nonces = new Map<ChainId, Map<Address, Map<Address, Map<bigint, NonceUse>>>>()

  constructor(tally: Tally, index: NetworkIndex, check: SignatureCheck) {
    this.#tally = tally
    this.#index = index
    this.#check = check
  }

  /** A node took an order for genuine (S-1, S-2, S-4). */
  accepted(atMs: number, id: OrderId, order: Order, signature: Signature): void {
    const place = this.#index.chains.get(order.originChainId)
    this.#tally.checked['S-4']++
    if (place === undefined || place.spec.settler !== order.originSettler) {
      this.#breach(
        'S-4',
        atMs,
        null,
        `order ${id} names settler ${order.originSettler} on chain ${order.originChainId}, which this network does not have`,
      )
    }
    this.#identity(atMs, null, id, order)
    this.#signature(atMs, null, id, order, signature)
  }

  opened(scope: Scope, id: OrderId, order: Order, signature: Signature): void {
    const { chain, atMs } = scope
    this.#domain(
      scope,
      id,
      order.originChainId === chain.chainId && order.originSettler === chain.spec.settler,
      'origin',
    )
    this.#identity(atMs, chain, id, order)
    this.#signature(atMs, chain, id, order, signature)
    this.#useNonce(scope, id, order, 'open')
  }

  /** A part of an order was opened: its user has signed the whole, whose nonce the first part uses. */
  divided(
    scope: Scope,
    { id, order, signature }: { id: OrderId; order: Order; signature: Signature },
    partsBefore: number,
  ): void {
    this.#identity(scope.atMs, scope.chain, id, order)
    this.#signature(scope.atMs, scope.chain, id, order, signature)
    if (partsBefore === 0) this.#useNonce(scope, id, order, 'open')
  }

  /** What a part is called and where it belongs; nobody has signed it. */
  part(scope: Scope, id: OrderId, order: Order): void {
    const { chain, atMs } = scope
    const belongs = order.originChainId === chain.chainId && order.originSettler === chain.spec.settler
    this.#domain(scope, id, belongs, 'origin')
    this.#identity(atMs, chain, id, order)
  }

  filled(scope: Scope, id: OrderId, order: Order): void {
    const { chain, atMs } = scope
    this.#domain(
      scope,
      id,
      order.output.chainId === chain.chainId && order.output.settler === chain.spec.settler,
      'output',
    )
    this.#identity(atMs, chain, id, order)
  }

  cancelled(scope: Scope, id: OrderId, order: Order): void {
    this.#identity(scope.atMs, scope.chain, id, order)
    this.#useNonce(scope, id, order, 'cancel')
  }

  /** Takes a nonce of an orphaned block back. */
  undoNonce(order: Order, by: NonceUse['by']): void {
    const uses = this.#usesOf(order)
    if (uses.get(order.nonce)?.by === by) uses.delete(order.nonce)
  }

  #domain(scope: Scope, id: OrderId, belongs: boolean, side: string): void {
    this.#tally.checked['S-4']++
    if (!belongs)
      this.#breach(
        'S-4',
        scope.atMs,
        scope.chain,
        `order ${id} has another ${side} chain or settler than where it was stored`,
      )
  }

  #identity(atMs: number, chain: ChainRecord | null, id: OrderId, order: Order): void {
    this.#tally.checked['S-2']++
    const digest = orderDigest(order)
    if (digest === id) return
    this.#breach('S-2', atMs, chain, `order id ${id}, digest ${digest}`)
    if (isWeakDigest(id, order))
      this.#breach('S-4', atMs, chain, `order id ${id} does not bind chain, settler or version`)
  }

  #signature(atMs: number, chain: ChainRecord | null, id: OrderId, order: Order, signature: Signature): void {
    this.#tally.checked['S-1']++
    if (this.#signed.get(id) === signature) return
    const problem = this.#check(orderDigest(order), signature, order.user)
    if (problem !== null) this.#breach('S-1', atMs, chain, `the signature of order ${id} ${problem}`)
    else this.#signed.set(id, signature)
  }

  #useNonce(scope: Scope, id: OrderId, order: Order, by: NonceUse['by']): void {
    this.#tally.checked['S-3']++
    const uses = this.#usesOf(order)
    const known = uses.get(order.nonce)
    if (known === undefined) {
      uses.set(order.nonce, { orderId: id, by })
      return
    }
    if (by === 'cancel' && known.by === 'open' && known.orderId === id) return
    this.#breach(
      'S-3',
      scope.atMs,
      scope.chain,
      `nonce ${order.nonce} of ${order.user} used to ${by} order ${id}, and before to ${known.by} ${known.orderId}`,
    )
  }

  #usesOf(order: Order): Map<bigint, NonceUse> {
    let settlers = this.#nonces.get(order.originChainId)
    if (settlers === undefined) {
      settlers = new Map()
      this.#nonces.set(order.originChainId, settlers)
    }
    let users = settlers.get(order.originSettler)
    if (users === undefined) {
      users = new Map()
      settlers.set(order.originSettler, users)
    }
    let uses = users.get(order.user)
    if (uses === undefined) {
      uses = new Map()
      users.set(order.user, uses)
    }
    return uses
  }

  #breach(id: InvariantId, atMs: number, chain: ChainRecord | null, detail: string): void {
    this.#tally.breach(id, atMs, chain?.chainId ?? null, detail)
  }
}
