// Awards: each is computed once, signed and stored, and only then published; after a restart a stored award leaves
// again, and no other is made.
import type { StoreTicket } from '@solvent/ports'
import { type Address, msToSeconds, type OrderId } from '@solvent/primitives'
import { type Award, awardDigest, type DomainEvent, type Order, type SignedAward } from '@solvent/protocol'
import { createOutbox, type Outbox } from '../parts/outbox.ts'
import type { AuctionArchive } from './auction-archive.ts'
import type { Auction } from './auction-pool.ts'
import type { AuctioneerPorts } from './auctioneer-init.ts'
import type { AuctioneerRules } from './auctioneer-rules.ts'
import { awardOf } from './award-of.ts'

/** Awards are kept this long after their exclusivity has ended; nothing can be done with them afterwards. */
const AWARD_KEPT_SECONDS = 3_600

type Weights = Pick<Extract<DomainEvent, { kind: 'auction-closed' }>, 'weightsPpm'>

export class AwardDesk {
  readonly #rules: AuctioneerRules
  readonly #ports: AuctioneerPorts
  readonly #archive: AuctionArchive
  readonly #outbox: Outbox
  readonly #onAwarded: (award: Award, order: Order) => void
  readonly #weightOf: (solver: Address) => number
  /** Slots of awards that still stand in the store, oldest first. */
  readonly #awarded: { readonly orderId: OrderId; readonly exclusiveUntil: number }[] = []

  constructor(
    rules: AuctioneerRules,
    ports: AuctioneerPorts,
    archive: AuctionArchive,
    on: {
      readonly awarded: (award: Award, order: Order) => void
      /** How much of what a solver offers counts, ppm. */
      readonly weightOf: (solver: Address) => number
    },
  ) {
    this.#onAwarded = on.awarded
    this.#weightOf = on.weightOf
    this.#rules = rules
    this.#ports = ports
    this.#archive = archive
    this.#outbox = createOutbox(ports)
  }

  /** Lets what is stored leave again. */
  resume(): void {
    this.#outbox.resume<SignedAward>('award/', ({ value }) => this.#announceAgain(value))
    this.#awarded.sort((a, b) => a.exclusiveUntil - b.exclusiveUntil)
  }

  onStore(ticket: StoreTicket): void {
    this.#outbox.onStore(ticket)
  }

  /** Whether an award for the order is made, stored or about to be. */
  has(orderId: OrderId): boolean {
    return this.#outbox.has(awardSlot(orderId))
  }

  /** Decides a closed auction. */
  award({ orderId, order, bids }: Auction): void {
    const of = { orderId, auctioneer: this.#ports.signer.address }
    const award = awardOf(of, order, [...bids.values()], this.#rules.auctionOf, this.#weightOf)
    const weightsPpm = award.bids.map(({ solver }) => this.#weightOf(solver))
    this.publishAward(order, award, order.award.rule === 'reputation' ? { weightsPpm } : {})
  }

  /** Signs, stores and publishes an award that was decided. */
  publishAward(order: Order, award: Award, weights: Weights = {}): void {
    const { orderId } = award
    const digest = awardDigest(award)
    const signed: SignedAward = { award, signature: this.#ports.signer.sign(digest) }
    this.#outbox.commit({ slot: awardSlot(orderId), digest, value: signed }, () => {
      this.#announce(order, signed, weights)
    })
    this.#awarded.push({ orderId, exclusiveUntil: award.exclusiveUntil })
    this.#forgetOldAwards()
  }

  #announce(order: Order, signed: SignedAward, weights: Weights): void {
    this.#archive.forget(signed.award.orderId)
    this.#onAwarded(signed.award, order)
    this.#ports.log.event({ kind: 'auction-closed', award: signed.award, order, ...weights })
    this.#publish(signed)
  }

  /** After a restart: the award may have been stored and not published, or published and not recorded. */
  #announceAgain(signed: SignedAward): void {
    const { orderId, exclusiveUntil } = signed.award
    this.#awarded.push({ orderId, exclusiveUntil })
    const archived = this.#archive.order(orderId)
    if (archived === undefined) this.#publish(signed)
    // What records said when it was decided went with the process.
    else this.#announce(archived.order, signed, {})
  }

  #publish(signed: SignedAward): void {
    if (signed.award.exclusiveUntil < this.#nowSeconds()) return
    this.#ports.transport.publish('awards', { type: 'award', body: signed })
  }

  #forgetOldAwards(): void {
    const oldest = this.#nowSeconds() - AWARD_KEPT_SECONDS
    while (this.#awarded[0] !== undefined && this.#awarded[0].exclusiveUntil < oldest) {
      const old = this.#awarded.shift()
      if (old !== undefined) this.#outbox.forget(awardSlot(old.orderId))
    }
  }

  #nowSeconds(): number {
    return msToSeconds(this.#ports.clock.nowMs())
  }
}

function awardSlot(orderId: OrderId): string {
  return `award/${orderId}`
}
