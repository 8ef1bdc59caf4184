// What an actor has seen on its chains, block by block, so that a block which is no longer followed takes its part away.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type Call,
  type ChainEventKind,
  type FalseFill,
  type FinalityLevel,
  finalityLevels,
  messageDigest,
  type NetworkSpec,
  type Receipt,
} from '@solvent/protocol'
import { type ChainView, type DelayedInboxView, delayedInboxView } from '@solvent/settlement'
import { OpenedOrders } from '../parts/opened-orders.ts'

import type { ActorStep } from './actor-step.ts'

export type DeliverCall = Extract<Call, { kind: 'deliver' }>

interface BlockSight {
  readonly chainId: ChainId
  readonly number: number
  readonly events: readonly ChainEventKind[]
  readonly deliveries: readonly { readonly digest: Hash32; readonly call: DeliverCall }[]
  readonly proven: readonly { readonly orderId: OrderId; readonly payee: Address }[]
  readonly claimed: readonly OrderId[]
  readonly prices: readonly { readonly market: Address; readonly priceX96: bigint }[]
}

export class ActorSights {
  readonly #view: ChainView
  readonly #blocks = new Map<Hash32, BlockSight>()
  readonly #opened = new OpenedOrders()
  /** Of those rollups in whose inbox it is to force something. */
  readonly #inboxes: ReadonlyMap<ChainId, DelayedInboxView>

  constructor(view: ChainView, inboxes: ReadonlyMap<ChainId, DelayedInboxView> = new Map()) {
    this.#view = view
    this.#inboxes = inboxes
  }

  block(block: Block): void {
    this.#opened.onBlock(block)
    for (const inbox of this.#inboxes.values()) inbox.onBlock(block)
    const { chainId, number } = block.header
    const events = block.receipts.flatMap((receipt) => receipt.events.map(({ kind }) => kind))
    const deliveries = block.transactions.flatMap(({ transaction: { call } }, index) =>
      deliveredBy(call, block.receipts[index]),
    )
    if (events.length === 0) return
    const all = block.receipts.flatMap((receipt) => receipt.events)
    const proven = all.flatMap((event) =>
      event.kind === 'fill-proven' ? [{ orderId: event.orderId, payee: event.payee }] : [],
    )
    const claimed = all.flatMap((event) => (event.kind === 'order-claimed' ? [event.orderId] : []))
    const prices = all.flatMap((event) =>
      event.kind === 'market-synced' ? [{ market: event.market, priceX96: event.priceX96 }] : [],
    )
    this.#blocks.set(block.hash, { chainId, number, events, deliveries, proven, claimed, prices })
  }

  orphaned(block: Block): void {
    this.#opened.onOrphaned(block)
    for (const inbox of this.#inboxes.values()) inbox.onOrphaned(block)
    this.#blocks.delete(block.hash)
  }

  /** The lie about the first order that it can be told of. */
  lie(fill: FalseFill): BridgeMessage | undefined {
    return this.#opened.lie(fill)
  }

  /** The first order on a chain whose escrow is due to an account. */
  provenFor(chainId: ChainId, account: Address): OrderId | undefined {
    const sights = [...this.#blocks.values()].filter((sight) => sight.chainId === chainId)
    const claimed = new Set(sights.flatMap((sight) => sight.claimed))
    return sights
      .flatMap((sight) => sight.proven)
      .find(({ orderId, payee }) => payee === account && !claimed.has(orderId))?.orderId
  }

  /** How many of a rollup's delayed inbox somebody may have read by force at a moment, ms after genesis; null when no more than have been. */
  forcible(rollup: ChainId, elapsedMs: number): number | null {
    return this.#inboxes.get(rollup)?.forcible(elapsedMs) ?? null
  }

  /** When somebody may have the next of it read, ms after genesis; null when only blocks can tell. */
  nextForcibleMs(rollup: ChainId): number | null {
    return this.#inboxes.get(rollup)?.nextForcibleMs ?? null
  }

  /** How many events of a kind a chain has had in blocks at least as firm as `level`. */
  eventCount(chainId: ChainId, event: ChainEventKind, level: FinalityLevel): number {
    let count = 0
    for (const sight of this.#blocks.values()) {
      if (sight.chainId !== chainId || !this.isFirm(chainId, sight.number, level)) continue
      for (const kind of sight.events) if (kind === event) count += 1
    }
    return count
  }

  /** Whether a market has been at a price, or beyond it on that side. */
  hasBeen(market: Address, side: 'below' | 'above', limitX96: bigint): boolean {
    for (const { prices } of this.#blocks.values())
      for (const seen of prices)
        if (
          seen.market === market &&
          (side === 'below' ? seen.priceX96 <= limitX96 : seen.priceX96 >= limitX96)
        )
          return true
    return false
  }

  /** The call that delivered a message. */
  deliveryOf(digest: Hash32): DeliverCall | undefined {
    for (const { deliveries } of this.#blocks.values()) {
      const found = deliveries.find((delivery) => delivery.digest === digest)
      if (found !== undefined) return found.call
    }
    return undefined
  }

  /** The newest call that delivered anything of a bridge on a chain. */
  newestDelivery(chainId: ChainId, bridge: Address): DeliverCall | undefined {
    let newest: DeliverCall | undefined
    for (const sight of this.#blocks.values()) {
      if (sight.chainId !== chainId) continue
      for (const { call } of sight.deliveries) if (call.message.bridge === bridge) newest = call
    }
    return newest
  }

  isFirm(chainId: ChainId, number: number, level: FinalityLevel): boolean {
    return (
      level === 'unsafe' ||
      finalityLevels.indexOf(this.#view.level(chainId, number)) >= finalityLevels.indexOf(level)
    )
  }
}

/** The inboxes that an actor of these steps has to know. */
export function inboxesOf(
  spec: NetworkSpec,
  steps: readonly Pick<ActorStep, 'action'>[],
): ReadonlyMap<ChainId, DelayedInboxView> {
  const rollups = new Set(
    steps.flatMap(({ action }) => (action.kind === 'force-inclusion' ? [action.rollup] : [])),
  )
  const views = spec.chains
    .filter(({ chainId }) => rollups.has(chainId))
    .map((chain) => [chain.chainId, delayedInboxView(spec, chain)] as const)
  return new Map(views.filter((each): each is [ChainId, DelayedInboxView] => each[1] !== null))
}

/** What a transaction has delivered, message by message: one out of a batch can be handed in again where it has signatures of its own. */
function deliveredBy(call: Call, receipt: Receipt | undefined): BlockSight['deliveries'] {
  if (receipt?.status !== 'ok') return []
  if (call.kind === 'deliver') return [{ digest: messageDigest(call.message), call }]
  if (call.kind !== 'deliver-batch' || call.proof.kind !== 'quorum') return []
  const { kind, setIndex, signatures: all } = call.proof
  const skipped = new Set(
    receipt.events.flatMap((event) => (event.kind === 'message-skipped' ? [event.digest] : [])),
  )
  return call.messages.flatMap((message, place) => {
    const [digest, signatures] = [messageDigest(message), all[place] ?? []]
    const single = { kind: 'deliver', message, proof: { kind, setIndex, signatures } } as const
    return skipped.has(digest) ? [] : [{ digest, call: single }]
  })
}
