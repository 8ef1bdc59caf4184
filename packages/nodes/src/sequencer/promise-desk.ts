// Promises of inclusion that a producer gives with its answers: stored before they leave, one for each transaction, so that
// a restarted producer repeats its word and never gives another.
import type { Ports, StoreTicket } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import {
  type Block,
  type ChainSpec,
  type NetworkSpec,
  preconfirmationDigest,
  type SignedPreconfirmation,
  type SignedTransaction,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { slotAt } from '@solvent/settlement'
import { createOutbox, type Outbox } from '../parts/outbox.ts'

export class PromiseDesk {
  readonly #spec: NetworkSpec
  readonly #ports: Pick<Ports<SolventVocabulary>, 'clock' | 'signer' | 'store' | 'log'>
  readonly #outbox: Outbox
  /** Until when it breaks what it promises on a chain. */
  readonly #breakingUntilMs = new Map<ChainId, number>()
  /** The nonce that a sender may be promised next, by chain and sender: what blocks and promises have used is past. */
  readonly #nextNonce = new Map<string, number>()

  constructor(
    spec: NetworkSpec,
    ports: Pick<Ports<SolventVocabulary>, 'clock' | 'signer' | 'store' | 'log'>,
  ) {
    this.#spec = spec
    this.#ports = ports
    this.#outbox = createOutbox(ports)
  }

  /** A followed block of one of its chains. */
  onBlock({ header: { chainId }, transactions }: Block): void {
    for (const { transaction } of transactions) this.#used(chainId, transaction)
  }

  /** From now on it promises and leaves out. */
  breakUntil(chainId: ChainId, untilMs: number): void {
    this.#breakingUntilMs.set(chainId, untilMs)
  }

  isBreaking({ chainId, preconfirmations }: ChainSpec): boolean {
    return (
      preconfirmations !== undefined && this.#ports.clock.nowMs() < (this.#breakingUntilMs.get(chainId) ?? 0)
    )
  }

  /**
   * Promises a transaction that was taken; `release` runs once the store has the promise, or at once without one: on chains
   * that have none, and for a transaction that has to wait for another of its sender's, which may never come.
   */
  promise(
    chain: ChainSpec,
    signed: SignedTransaction,
    release: (promise: SignedPreconfirmation | undefined) => void,
  ): void {
    if (chain.preconfirmations === undefined) return release(undefined)
    const hash = transactionDigest(signed.transaction)
    const slot = `promise/${hash}`
    const held = this.#outbox.find<SignedPreconfirmation>(slot)
    const { from, nonce } = signed.transaction
    if (held === undefined && nonce !== (this.#nextNonce.get(`${chain.chainId}/${from}`) ?? 0))
      return release(undefined)
    this.#used(chain.chainId, signed.transaction)
    const value = held?.value ?? this.#sign(chain, signed, chain.preconfirmations.withinSlots)
    const digest = preconfirmationDigest(value.preconfirmation)
    this.#outbox.commit({ slot, digest, value }, (commitment) => release(commitment.value))
  }

  /** Takes the store's answer; false when the ticket is not its own. */
  onStore(ticket: StoreTicket): boolean {
    return this.#outbox.onStore(ticket)
  }

  #used(chainId: ChainId, { from, nonce }: SignedTransaction['transaction']): void {
    const key = `${chainId}/${from}`
    this.#nextNonce.set(key, Math.max(this.#nextNonce.get(key) ?? 0, nonce + 1))
  }

  #sign(chain: ChainSpec, { transaction }: SignedTransaction, withinSlots: number): SignedPreconfirmation {
    const { clock, signer } = this.#ports
    const preconfirmation = {
      chainId: chain.chainId,
      producer: signer.address,
      transactionHash: transactionDigest(transaction),
      sender: transaction.from,
      nonce: transaction.nonce,
      block: slotAt(this.#spec, chain, clock.nowMs()) + withinSlots,
    }
    return { preconfirmation, signature: signer.sign(preconfirmationDigest(preconfirmation)) }
  }
}
