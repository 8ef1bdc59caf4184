// How long value takes over each bridge: from the block that sends a transfer to the block in which its message is believed.
// What a pool owes then may wait longer, for its cash.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'
import { MessageTimes } from './message-times.ts'
import type { Spread } from './spread.ts'

export class ArrivalMeter implements BlockBook {
  /** By bridge and end of a route: all ends of a route share one. */
  readonly #routes = new Map<string, MessageTimes>()

  constructor({ bridges }: Pick<NetworkSpec, 'bridges'>) {
    for (const { address, routes } of bridges)
      for (const { home, wrapped } of routes) {
        const times = new MessageTimes()
        for (const { chainId, token } of [home, ...wrapped])
          this.#routes.set(keyOf(address, chainId, token), times)
      }
  }

  followed(block: Block): void {
    this.#note(block, 1)
  }

  orphaned(block: Block): void {
    this.#note(block, -1)
  }

  /** Of transfers of an asset; `home` is the end of the route where it is at home. Null when none has arrived. */
  secondsOf(bridge: Address, home: { readonly chainId: ChainId; readonly token: Address }): Spread | null {
    return this.#routes.get(keyOf(bridge, home.chainId, home.token))?.spread() ?? null
  }

  #note({ header: { timestamp }, receipts }: Block, step: 1 | -1): void {
    if (this.#routes.size === 0) return
    for (const { events } of receipts)
      for (const event of events) {
        if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') continue
        const { bridge, dstChainId, payload } = event.message
        if (payload.kind !== 'transfer') continue
        const { digest } = event
        this.#routes
          .get(keyOf(bridge, dstChainId, payload.token))
          ?.note(event.kind, { digest, timestamp, step })
      }
  }
}

function keyOf(bridge: Address, chainId: ChainId, token: Address): string {
  return `${bridge}/${chainId}/${token}`
}
