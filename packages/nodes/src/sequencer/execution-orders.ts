// What a producer has handed to its engine and not heard of yet: transactions for the pool and blocks to import.
import type { Execution, ExecutionTicket, Ports } from '@solvent/ports'
import type { Hash32 } from '@solvent/primitives'
import type { Block, ChainSpec, SignedTransaction, SolventVocabulary } from '@solvent/protocol'
import type { BlockArchive } from './block-archive.ts'
import type { BlockProduction } from './block-production.ts'
import type { AdmissionAnswer } from './chain-producer.ts'
import type { OwnSlots } from './own-slots.ts'

export interface ExecutionOrdersInit {
  readonly chain: ChainSpec
  readonly execution: Execution<SolventVocabulary>
  readonly archive: BlockArchive
  readonly production: BlockProduction
  readonly slots: OwnSlots
}

export class ExecutionOrders {
  readonly #init: ExecutionOrdersInit
  readonly #ports: Pick<Ports<SolventVocabulary>, 'signer' | 'log'>
  readonly #admissions = new Map<ExecutionTicket, AdmissionAnswer>()
  readonly #imports = new Map<ExecutionTicket, Block>()
  /** Blocks of our own that others have kept: nobody need hear of them. */
  readonly #regained = new Set<Hash32>()

  constructor(init: ExecutionOrdersInit, ports: Pick<Ports<SolventVocabulary>, 'signer' | 'log'>) {
    this.#init = init
    this.#ports = ports
  }

  submit(signed: SignedTransaction, answer: AdmissionAnswer): void {
    this.#admissions.set(this.#init.execution.submit(signed), answer)
  }

  import(block: Block): void {
    this.#imports.set(this.#init.execution.import(block), block)
  }

  /** Whether a block of ours came back from others; asked once. */
  takeRegained(hash: Hash32): boolean {
    return this.#regained.delete(hash)
  }

  /** The engine's answer; false when the ticket is of no import. */
  onImported(ticket: ExecutionTicket, accepted: boolean, reason: string | null): boolean {
    const block = this.#imports.get(ticket)
    if (block === undefined) return false
    this.#imports.delete(ticket)
    if (accepted) this.#keep(block)
    else {
      const { number } = block.header
      this.#ports.log.text('warn', `Block ${number} of ${this.#init.chain.name} was not imported: ${reason}.`)
    }
    return true
  }

  /** The engine's answer; false when the ticket is of no transaction. */
  onSubmitted(ticket: ExecutionTicket, accepted: boolean, reason: string | null): boolean {
    const admission = this.#admissions.get(ticket)
    if (admission === undefined) return false
    this.#admissions.delete(ticket)
    admission(accepted, reason)
    if (accepted) {
      this.#init.production.expectMore()
      this.#init.production.plan()
    }
    return true
  }

  /** Another producer's block is served like our own, and one of ours that we had lost. */
  #keep(block: Block): void {
    const { archive, production, slots } = this.#init
    const { number, producer } = block.header
    production.seen(number)
    if (producer === this.#ports.signer.address) {
      slots.voted(number)
      if (archive.withHash(block.hash) === undefined) this.#regained.add(block.hash)
    }
    archive.add(block)
  }
}
