// The order machine, O-1, O-2, O-4, O-5, O-8, O-15: its own table of transitions, its own view of the escrow.
// Source: the O-1 line of the catalogue and the OIF edges of settlement (open, fill, refund). Times: Unix seconds.
import { type Hash32, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { ChainRecord, Scope } from './chain-record.ts'
import type { InvariantId } from './invariant-id.ts'
import type { OrderRecord, OrderTable, OriginState } from './order-record.ts'
import { undoOrderEvent } from './order-undo.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

/** Where each step may start from. `expired` and `refundable` are `open` seen after `expires`. */
const STARTS = {
  open: ['signed'],
  cancel: ['signed', 'open'],
  prove: ['open'],
  settle: ['proven'],
  refund: ['open', 'cancelled'],
} as const satisfies Record<string, readonly OriginState[]>

export class OrderRules {
  readonly #tally: Tally
  readonly #orders: OrderTable

  constructor(tally: Tally, orders: OrderTable) {
    this.#tally = tally
    this.#orders = orders
  }

  opened(scope: Scope, event: Event<'order-opened'>): OrderRecord {
    const tally = this.#tally
    const record = this.#orders.of(event.orderId, event.order)
    const { input, openDeadline, fillDeadline, expires } = event.order
    tally.checked['O-15']++
    if (record.wasOpened) this.#breach(scope, 'O-15', record.id, 'opened a second time')
    else this.#step(scope, record, 'open', 'open')
    tally.checked['O-8']++
    const now = scope.timestamp
    if (now > openDeadline || now >= fillDeadline || now >= expires) {
      this.#breach(
        scope,
        'O-8',
        record.id,
        `opened at ${now}; openDeadline ${openDeadline}, fillDeadline ${fillDeadline}, expires ${expires}`,
      )
    }
    if (!record.wasOpened) scope.chain.book.token(input.token).escrowOwed += input.amount
    record.wasOpened = true
    this.#escrow(scope, record, input.amount)
    return record
  }

  cancelled(scope: Scope, event: Event<'order-cancelled'>): void {
    const call = scope.transaction?.call
    const record =
      call?.kind === 'cancel' ? this.#orders.of(event.orderId, call.order) : this.#known(scope, event.orderId)
    if (record === undefined) return
    this.#step(scope, record, 'cancel', 'cancelled')
    record.wasCancelled = true
    if (scope.transaction?.from !== record.order.user) {
      this.#breach(
        scope,
        'O-1',
        record.id,
        `cancelled by ${scope.transaction?.from}, its user is ${record.order.user}`,
      )
    }
  }

  proven(scope: Scope, event: Event<'fill-proven'>): OrderRecord | undefined {
    const record = this.#known(scope, event.orderId)
    if (record !== undefined) this.#step(scope, record, 'prove', 'proven')
    return record
  }

  settled(scope: Scope, event: Event<'order-claimed'>): OrderRecord | undefined {
    const record = this.#known(scope, event.orderId)
    if (record === undefined) return undefined
    if (this.#endsOnce(scope, record, 'settled')) {
      this.#step(scope, record, 'settle', 'settled')
      this.#release(scope, record)
    }
    record.isSettled = true
    record.endedAt = scope.timestamp
    this.#escrow(scope, record, 0n)
    return record
  }

  refunded(scope: Scope, event: Event<'order-refunded'>): void {
    const record = this.#known(scope, event.orderId)
    if (record === undefined) return
    const { order } = record
    if (this.#endsOnce(scope, record, 'refunded')) {
      this.#tally.checked['O-8']++
      if (!record.wasCancelled && scope.timestamp <= order.expires) {
        this.#breach(scope, 'O-8', record.id, `refunded at ${scope.timestamp}; expires ${order.expires}`)
      }
      this.#step(scope, record, 'refund', 'refunded')
      this.#release(scope, record)
      if (
        event.user !== order.user ||
        event.amount !== order.input.amount ||
        event.token !== order.input.token
      ) {
        this.#breach(scope, 'O-5', record.id, `refunded ${event.amount} ${event.token} to ${event.user}`)
      }
    }
    record.isRefunded = true
    record.endedAt = scope.timestamp
    this.#escrow(scope, record, 0n)
  }

  /** On the destination: at most one fill, in time. */
  filled(scope: Scope, event: Event<'order-filled'>): OrderRecord {
    const tally = this.#tally
    const record = this.#orders.of(event.orderId, event.order)
    tally.checked['O-2']++
    if (record.fill !== null) {
      this.#breach(
        scope,
        'O-2',
        record.id,
        `filled by ${event.solver}, and before by ${record.fill.solver} in block ${record.fill.block} of chain ${record.fill.chainId}`,
      )
    }
    tally.checked['O-8']++
    if (scope.timestamp > event.order.fillDeadline) {
      this.#breach(
        scope,
        'O-8',
        record.id,
        `filled at ${scope.timestamp}; fillDeadline ${event.order.fillDeadline}`,
      )
    }
    if (record.fill === null) {
      record.fill = {
        chainId: scope.chain.chainId,
        block: scope.block.header.number,
        timestamp: scope.timestamp,
        solver: event.solver,
        payee: event.payee,
        outputAmount: event.outputAmount,
        isDelivered: isDelivered(scope, event),
      }
    }
    return record
  }

  /** At the end: no order is both (O-4), an ended one holds nothing (O-5). */
  end(chains: ReadonlyMap<number, ChainRecord>, atMs: number): void {
    for (const record of this.#orders.all()) {
      this.#tally.checked['O-4']++
      if (record.isSettled && record.isRefunded) {
        this.#tally.breach(
          'O-4',
          atMs,
          record.order.originChainId,
          `order ${record.id} is both settled and refunded`,
        )
      }
      const book = chains.get(record.order.originChainId)?.book
      if (!record.isSettled && !record.isRefunded) continue
      this.#tally.checked['O-5']++
      const left = book?.token(record.order.input.token).balance('ESCROW', record.id) ?? 0n
      if (left !== 0n)
        this.#tally.breach(
          'O-5',
          atMs,
          record.order.originChainId,
          `order ${record.id} has ended and its escrow holds ${left}`,
        )
    }
  }

  /** Takes an event of an orphaned block back; the newest first. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    const record = 'orderId' in event ? this.#orders.get(event.orderId) : undefined
    if (record !== undefined) undoOrderEvent(record, chain, event)
  }

  #known(scope: Scope, id: OrderId): OrderRecord | undefined {
    const record = this.#orders.get(id)
    if (record === undefined) {
      this.#tally.checked['O-1']++
      this.#breach(scope, 'O-1', id, 'moved without having been opened')
    }
    return record
  }

  #step(scope: Scope, record: OrderRecord, step: keyof typeof STARTS, to: OriginState): void {
    this.#tally.checked['O-1']++
    const starts: readonly OriginState[] = STARTS[step]
    if (!starts.includes(record.state)) {
      this.#breach(scope, 'O-1', record.id, `${step} from state ${record.state}`)
      return
    }
    record.state = to
  }

  /** O-4: an order that has ended must not end again. */
  #endsOnce(scope: Scope, record: OrderRecord, end: 'settled' | 'refunded'): boolean {
    this.#tally.checked['O-4']++
    if (!record.isSettled && !record.isRefunded) return true
    this.#breach(
      scope,
      'O-4',
      record.id,
      `${end} at ${scope.timestamp}, ${record.isSettled ? 'settled' : 'refunded'} before at ${record.endedAt}`,
    )
    return false
  }

  #release(scope: Scope, record: OrderRecord): void {
    if (record.wasOpened)
      scope.chain.book.token(record.order.input.token).escrowOwed -= record.order.input.amount
  }

  /** O-5 on the touched order. */
  #escrow(scope: Scope, record: OrderRecord, expected: bigint): void {
    this.#tally.checked['O-5']++
    const held = scope.chain.book.token(record.order.input.token).balance('ESCROW', record.id)
    if (held !== expected) this.#breach(scope, 'O-5', record.id, `escrow holds ${held}, expected ${expected}`)
  }

  #breach(scope: Scope, id: InvariantId, order: Hash32, detail: string): void {
    this.#tally.breach(
      id,
      scope.atMs,
      scope.chain.chainId,
      `order ${order}, block ${scope.block.header.number}: ${detail}`,
    )
  }
}

/** Whether the transaction credited the recipient with the amount; nobody's address is no recipient. */
function isDelivered(scope: Scope, { order, outputAmount }: Event<'order-filled'>): boolean {
  const { recipient, token } = order.output
  if (recipient === ZERO_ADDRESS) return false
  for (const entry of scope.receipt.entries) {
    if (entry.cause !== 'fill') continue
    for (const leg of entry.legs) {
      if (leg.owner === recipient && leg.token === token && leg.amount >= outputAmount) return true
    }
  }
  return false
}
