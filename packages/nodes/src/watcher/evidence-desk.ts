// Evidence of conflicting commitments: what the watcher finds itself it logs and gossips, what others send must show a
// conflict.
import type { Verdict } from '@solvent/ports'
import type { Evidence, SignedAttestation, SignedAward, SignedHeader } from '@solvent/protocol'
import { EvidenceBook, isConflict } from './evidence-book.ts'
import type { WatcherPorts } from './watcher-init.ts'

export class EvidenceDesk {
  readonly #ports: Pick<WatcherPorts, 'log' | 'transport'>
  readonly #book = new EvidenceBook()
  #seen = 0

  constructor(ports: Pick<WatcherPorts, 'log' | 'transport'>) {
    this.#ports = ports
  }

  /** Pieces found or received. */
  get seen(): number {
    return this.#seen
  }

  header(signed: SignedHeader): void {
    this.#publish(this.#book.header(signed))
  }

  award(signed: SignedAward): void {
    this.#publish(this.#book.award(signed))
  }

  attestation(signed: SignedAttestation): void {
    this.#publish(this.#book.attestation(signed))
  }

  received(evidence: Evidence): Verdict {
    if (!isConflict(evidence)) return { reject: 'no-conflict' }
    this.#seen++
    return 'accept'
  }

  #publish(evidence: Evidence | null): void {
    if (evidence === null) return
    this.#seen++
    this.#ports.log.text('warn', `Evidence of ${evidence.kind.replace('-', ' ')}.`)
    this.#ports.transport.publish('evidence', { type: 'evidence', body: evidence })
  }
}
