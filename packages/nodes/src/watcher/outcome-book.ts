// What became of every order, as a watcher sees it: from gossip (signed, awarded, attested) and from the blocks of its
// two chains. Facts are kept, states are derived when a report is made. Times: Unix seconds.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import {
  type Award,
  type Block,
  type BridgeMessage,
  type ChainEvent,
  messageDigest,
  type Order,
  orderDigest,
  type SignedAttestation,
} from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

/** Facts about one order. */
export interface OrderFacts {
  readonly id: OrderId
  readonly order: Order
  /** Of which order it is a part, and which of its taker's; null: an order of its own. */
  part: { readonly whole: OrderId; readonly nonce: bigint; readonly salt: number } | null
  /** Parts of it that are open on the branches that are followed. */
  parts: number
  award: Award | null
  isOpened: boolean
  isCancelled: boolean
  isProven: boolean
  /** Whom the proof that the origin took names; null: none was taken. */
  provenFor: Address | null
  isClaimed: boolean
  isRefunded: boolean
  fill: {
    readonly solver: Address
    readonly payee: Address
    readonly outputAmount: bigint
    readonly atSeconds: number
  } | null
  /** The message that proves the fill, once sent. */
  proof: Hash32 | null
}

/** Signed transfers that have left one chain and not reached the other. */
export interface TransferFacts {
  readonly bridge: Address
  readonly chainId: Order['originChainId']
  readonly token: Address
  readonly recipient: Address
  readonly amount: bigint
}

/** A token where it is. */
export interface TokenEnd {
  readonly chainId: ChainId
  readonly token: Address
}

export class OutcomeBook implements BlockBook {
  readonly orders = new Map<OrderId, OrderFacts>()
  /** Sent transfers by digest; delivered ones leave. */
  readonly transfers = new Map<Hash32, TransferFacts>()
  readonly #signed = new Set<OrderId>()
  readonly #delivered = new Set<Hash32>()
  readonly #attesters = new Map<Hash32, Set<Address>>()
  readonly #withheld = new Map<Hash32, BridgeMessage>()
  readonly #held = new Map<Hash32, BridgeMessage>()

  /** The facts of an order, begun when it is new. */
  order(order: Order, id: OrderId = orderDigest(order)): OrderFacts {
    const known = this.orders.get(id)
    if (known !== undefined) return known
    const facts: OrderFacts = {
      id,
      order,
      part: null,
      parts: 0,
      award: null,
      isOpened: false,
      isCancelled: false,
      isProven: false,
      provenFor: null,
      isClaimed: false,
      isRefunded: false,
      fill: null,
      proof: null,
    }
    this.orders.set(id, facts)
    return facts
  }

  /** An order seen in gossip. */
  signed(order: Order, id: OrderId): void {
    this.#signed.add(id)
    this.order(order, id)
  }

  isSigned(id: OrderId): boolean {
    return this.#signed.has(id)
  }

  awarded(award: Award): void {
    const facts = this.orders.get(award.orderId)
    if (facts !== undefined) facts.award ??= award
  }

  attested({ message, verifier }: SignedAttestation): void {
    const digest = messageDigest(message)
    const attesters = this.#attesters.get(digest) ?? new Set<Address>()
    attesters.add(verifier)
    this.#attesters.set(digest, attesters)
  }

  /** A verifier's accountant does not cover a transfer. */
  withheld(message: BridgeMessage, digest: Hash32): void {
    this.#withheld.set(digest, message)
  }

  /** A verifier's governor makes a transfer wait. */
  held(message: BridgeMessage, digest: Hash32): void {
    this.#held.set(digest, message)
  }

  /** Transfers to tokens of a bridge that an accountant has refused, and that a governor has made wait. */
  keptBack(bridge: Address, ends: readonly TokenEnd[]): { readonly refused: number; readonly held: number } {
    const countOf = (messages: Iterable<BridgeMessage>): number => {
      let count = 0
      for (const { bridge: of, dstChainId, payload } of messages) {
        if (of !== bridge || payload.kind !== 'transfer') continue
        if (ends.some(({ chainId, token }) => chainId === dstChainId && token === payload.token)) count++
      }
      return count
    }
    return { refused: countOf(this.#withheld.values()), held: countOf(this.#held.values()) }
  }

  /** How many verifiers have attested a message. */
  attesterCount(digest: Hash32): number {
    return this.#attesters.get(digest)?.size ?? 0
  }

  followed(block: Block): void {
    eachEvent(block, (event, call) => {
      if (call?.kind === 'cancel' && event.kind === 'order-cancelled') this.order(call.order, event.orderId)
      if (call?.kind === 'open' && event.kind === 'order-opened' && call.award !== null) {
        const facts = this.order(event.order, event.orderId)
        // Of two members' awards the one counts that a chain has acted on.
        if (facts.award?.auctioneer !== call.award.award.auctioneer) facts.award = call.award.award
      }
      if (call?.kind === 'open-part' && event.kind === 'order-opened') this.#divide(call, event, 1)
      this.#apply(event, true, block.header)
    })
  }

  orphaned(block: Block): void {
    eachEvent(block, (event, call) => {
      if (call?.kind === 'open-part' && event.kind === 'order-opened') this.#divide(call, event, -1)
      this.#apply(event, false, block.header)
    })
  }

  #divide(
    { order, salt }: Extract<Call, { kind: 'open-part' }>,
    event: Extract<ChainEvent, { kind: 'order-opened' }>,
    parts: 1 | -1,
  ): void {
    const whole = this.order(order)
    whole.parts += parts
    this.order(event.order, event.orderId).part = { whole: whole.id, nonce: order.nonce, salt }
  }

  #apply(event: ChainEvent, isCanonical: boolean, { chainId, timestamp: atSeconds }: Block['header']): void {
    switch (event.kind) {
      case 'order-opened':
        this.order(event.order, event.orderId).isOpened = isCanonical
        break
      case 'order-filled': {
        const { solver, payee, outputAmount } = event
        this.order(event.order, event.orderId).fill = isCanonical
          ? { solver, payee, outputAmount, atSeconds }
          : null
        break
      }
      case 'order-cancelled':
        this.#mark(event.orderId, (facts) => (facts.isCancelled = isCanonical))
        break
      case 'fill-proven':
        this.#mark(event.orderId, (facts) => {
          facts.isProven = isCanonical
          facts.provenFor = isCanonical ? event.payee : null
        })
        break
      case 'order-claimed':
        this.#mark(event.orderId, (facts) => (facts.isClaimed = isCanonical))
        break
      case 'order-refunded':
        this.#mark(event.orderId, (facts) => (facts.isRefunded = isCanonical))
        break
      case 'message-sent':
      case 'message-delivered':
        this.#message(event, isCanonical)
        break
      case 'payout-queued':
        this.#payout(event, chainId, isCanonical)
        break
      case 'payout-made':
        this.#payout(event, chainId, !isCanonical && event.position !== null)
        break
    }
  }

  #message(
    { kind, message, digest }: Extract<ChainEvent, { kind: 'message-sent' | 'message-delivered' }>,
    isCanonical: boolean,
  ): void {
    const { payload, bridge, dstChainId } = message
    if (kind === 'message-delivered') {
      if (isCanonical) {
        this.#attesters.delete(digest)
        this.#delivered.add(digest)
        this.transfers.delete(digest)
      } else this.#delivered.delete(digest)
      return
    }
    if (payload.kind === 'fill-proof') {
      this.#mark(payload.orderId, (facts) => (facts.proof = isCanonical ? digest : null))
    } else if (!isCanonical) this.transfers.delete(digest)
    else if (payload.kind === 'transfer' && !this.#delivered.has(digest)) {
      const { token, recipient, amount } = payload
      this.transfers.set(digest, { bridge, chainId: dstChainId, token, recipient, amount })
    }
  }

  /** A payout that waits for cash is still on its way. */
  #payout(
    event: Extract<ChainEvent, { kind: 'payout-queued' | 'payout-made' }>,
    chainId: ChainId,
    isWaiting: boolean,
  ): void {
    const { bridge, token, message, recipient, amount, fee } = event
    if (isWaiting) this.transfers.set(message, { bridge, chainId, token, recipient, amount: amount - fee })
    else this.transfers.delete(message)
  }

  #mark(id: OrderId, change: (facts: OrderFacts) => void): void {
    const facts = this.orders.get(id)
    if (facts !== undefined) change(facts)
  }
}

type Call = Block['transactions'][number]['transaction']['call']

function eachEvent(block: Block, visit: (event: ChainEvent, call: Call | undefined) => void): void {
  for (let i = 0; i < block.receipts.length; i++) {
    const call = block.transactions[i]?.transaction.call
    for (const event of block.receipts[i]!.events) visit(event, call)
  }
}
