// Publishing by gossip: at once where someone listens; held back for a while where nobody does yet, because gossipsub
// would send such a message to nobody and count it as sent.
import type { GossipRouter } from './gossip-router.ts'

const HELD_BACK = 256
const HELD_BACK_MS = 30_000

export interface GossipPublisherWiring {
  readonly gossip: Pick<GossipRouter<unknown>, 'onSubscriptionChange' | 'publish' | 'subscribers'>
  readonly count: (name: string) => void
  readonly warn: (text: string) => void
}

interface Held {
  readonly topic: string
  readonly bytes: Uint8Array
  readonly untilMs: number
}

export class GossipPublisher {
  readonly #wiring: GossipPublisherWiring
  #held: Held[] = []
  #closed = false

  constructor(wiring: GossipPublisherWiring) {
    this.#wiring = wiring
    wiring.gossip.onSubscriptionChange(() => this.#release())
  }

  publish(topic: string, bytes: Uint8Array): void {
    const { gossip, count } = this.#wiring
    count('gossip.published')
    if (gossip.subscribers(topic) > 0) this.#send(topic, bytes)
    else if (this.#held.length < HELD_BACK)
      this.#held.push({ topic, bytes, untilMs: Date.now() + HELD_BACK_MS })
    else count('gossip.dropped')
  }

  close(): void {
    this.#closed = true
    this.#held = []
  }

  #release(): void {
    const waiting = this.#held
    this.#held = []
    for (const held of waiting) {
      if (held.untilMs < Date.now()) this.#wiring.count('gossip.dropped')
      else if (this.#wiring.gossip.subscribers(held.topic) > 0) this.#send(held.topic, held.bytes)
      else this.#held.push(held)
    }
  }

  #send(topic: string, bytes: Uint8Array): void {
    const { gossip, count, warn } = this.#wiring
    gossip.publish(topic, bytes).then(
      (recipients) => {
        if (recipients === 0) count('gossip.unheard')
      },
      (error: unknown) => {
        if (!this.#closed) warn(`Gossip on ${topic} was not sent: ${String(error)}`)
      },
    )
  }
}
