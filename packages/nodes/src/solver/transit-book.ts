// A solver's own transfers between chains while they are on their way: left one chain, not yet on the other. Base units
// of the token that will arrive.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'

interface Lot {
  readonly chainId: ChainId
  readonly token: Address
  readonly amount: bigint
}

export class TransitBook {
  readonly #self: Address
  readonly #lots = new Map<Hash32, Lot>()
  /** Arrived, and waiting for a pool's cash. */
  readonly #queued = new Map<Hash32, Lot>()

  constructor(self: Address) {
    this.#self = self
  }

  get size(): number {
    return this.#lots.size + this.#queued.size
  }

  /** Takes what blocks say of messages to us; the two chains may tell in either order. */
  onEvent(chainId: ChainId, event: ChainEvent): void {
    if (event.kind === 'payout-queued' && event.recipient === this.#self) {
      const { message, token, amount, fee } = event
      this.#queued.set(message, { chainId, token, amount: amount - fee })
    }
    if (event.kind === 'payout-made') this.#queued.delete(event.message)
    if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') return
    const { message, digest } = event
    if (message.payload.kind !== 'transfer' || message.payload.recipient !== this.#self) return
    const { token, amount } = message.payload
    const known = this.#lots.get(digest)
    if (known === undefined) {
      const arrived = event.kind === 'message-delivered' ? 0n : amount
      this.#lots.set(digest, { chainId: message.dstChainId, token, amount: arrived })
    } else {
      // Sent and delivered: nothing is on its way. A delivery heard first waits for its sending as a lot of zero.
      this.#lots.delete(digest)
    }
  }

  /** What will arrive as this token on this chain. */
  arriving(chainId: ChainId, token: Address): bigint {
    let sum = 0n
    for (const lots of [this.#lots, this.#queued]) {
      for (const lot of lots.values()) {
        if (lot.chainId === chainId && lot.token === token) sum += lot.amount
      }
    }
    return sum
  }
}
