// Broken promises that a sender holds on one chain, and which of them it hands in: as many as its chain's blocks say that the producers'
// bonds have left for. Behind an empty bond a claim reverts and costs its gas, so that it waits until there is a bond again. Kept in
// memory, like the promises.
import type { Address, Hash32 } from '@solvent/primitives'
import type { Block, ChainEvent, ChainSpec, SignedPreconfirmation } from '@solvent/protocol'

/** Broken promises that wait for a bond at most; the oldest is forgotten. */
const MAX_WAITING = 1_000

export class BrokenPromises {
  /** Wei that one broken promise costs. */
  readonly #penalty: bigint
  /** Wei by producer, as blocks say. */
  readonly #bonds = new Map<Address, bigint>()
  readonly #waiting: SignedPreconfirmation[] = []
  /** Handed in and in no block yet, by the promised transaction. */
  readonly #claimed = new Map<Hash32, Address>()

  constructor({ preconfirmations }: Pick<ChainSpec, 'preconfirmations'>) {
    this.#penalty = preconfirmations?.penalty ?? 0n
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Reads a followed block, and takes the promises that it shows to be broken; those that are handed in now. */
  onBlock({ receipts }: Block, broken: readonly SignedPreconfirmation[]): readonly SignedPreconfirmation[] {
    for (const { events } of receipts) for (const event of events) this.#count(event, 1n)
    this.#waiting.push(...broken)
    this.#waiting.splice(0, this.#waiting.length - MAX_WAITING)
    return this.#handIn()
  }

  onOrphaned({ receipts }: Block): void {
    for (const { events } of receipts) for (const event of events) this.#count(event, -1n)
  }

  /** The claim of a promise of this transaction is in a block. */
  claimed(transactionHash: Hash32): void {
    this.#claimed.delete(transactionHash)
  }

  #handIn(): readonly SignedPreconfirmation[] {
    const now: SignedPreconfirmation[] = []
    for (const promise of [...this.#waiting]) {
      const { producer, transactionHash } = promise.preconfirmation
      const underWay = [...this.#claimed.values()].filter((each) => each === producer).length
      if ((this.#bonds.get(producer) ?? 0n) <= BigInt(underWay) * this.#penalty) continue
      this.#waiting.splice(this.#waiting.indexOf(promise), 1)
      this.#claimed.set(transactionHash, producer)
      now.push(promise)
    }
    return now
  }

  #count(event: ChainEvent, times: bigint): void {
    if (event.kind === 'preconfirmations-bonded') this.#add(event.producer, times * event.amount)
    else if (event.kind === 'promise-broken') this.#add(event.preconfirmation.producer, -times * event.amount)
  }

  #add(producer: Address, amount: bigint): void {
    this.#bonds.set(producer, (this.#bonds.get(producer) ?? 0n) + amount)
  }
}
