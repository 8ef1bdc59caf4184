// What an orphaned block did to an order, taken back.
import type { ChainEvent } from '@solvent/protocol'
import type { ChainRecord } from './chain-record.ts'
import type { OrderRecord } from './order-record.ts'

export function undoOrderEvent(record: OrderRecord, chain: ChainRecord, event: ChainEvent): void {
  const { token, amount } = record.order.input
  const book = chain.book.token(token)
  switch (event.kind) {
    case 'order-opened':
      record.state = 'signed'
      record.wasOpened = false
      book.escrowOwed -= amount
      break
    case 'order-cancelled':
      record.wasCancelled = false
      record.state = record.wasOpened ? 'open' : 'signed'
      break
    case 'fill-proven':
      record.proof = null
      record.state = 'open'
      break
    case 'order-claimed':
      record.isSettled = false
      record.awaitsFill = false
      record.paid -= event.amount
      record.state = 'proven'
      book.escrowOwed += amount
      break
    case 'order-refunded':
      record.isRefunded = false
      record.state = record.wasCancelled ? 'cancelled' : 'open'
      book.escrowOwed += amount
      break
    case 'order-filled':
      if (record.fill?.chainId === chain.chainId) record.fill = null
      break
  }
}
