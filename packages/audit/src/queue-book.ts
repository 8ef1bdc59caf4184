// How many transfers of each asset a limiter made wait, let go by timeout, and deleted.
import type { Hash32 } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { RouteLedger } from './route-ledger.ts'
import type { RouteTable } from './route-table.ts'

type QueueEvent = Extract<ChainEvent, { kind: 'transfer-queued' | 'transfer-released' | 'transfer-censored' }>

export class QueueBook {
  readonly #table: RouteTable
  readonly #routes = new Map<Hash32, RouteLedger>()

  constructor(table: RouteTable) {
    this.#table = table
  }

  happened(event: QueueEvent): void {
    this.#count(event, 1)
  }

  /** Takes an event of an orphaned block back. */
  undo(event: ChainEvent): void {
    if (
      event.kind === 'transfer-queued' ||
      event.kind === 'transfer-released' ||
      event.kind === 'transfer-censored'
    )
      this.#count(event, -1)
  }

  #count(event: QueueEvent, by: 1 | -1): void {
    const { digest } = event
    if (event.kind === 'transfer-queued') {
      const { bridge, dstChainId, payload } = event.message
      const found =
        payload.kind === 'transfer' ? this.#table.find(bridge, dstChainId, payload.token) : undefined
      if (found === undefined) return
      this.#routes.set(digest, found)
      found.queued += by
      return
    }
    const ledger = this.#routes.get(digest)
    if (ledger === undefined) return
    if (event.kind === 'transfer-censored') ledger.censored += by
    else if (event.cause === 'timeout') ledger.releasedByTimeout += by
  }
}
