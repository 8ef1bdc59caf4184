// Evidence of conflicting commitments: what the watcher finds itself it logs and gossips, what others send must show a
// conflict.
import type { Ports, Verdict } from '@solvent/ports'
import type {
  Evidence,
  SignedAttestation,
  SignedAward,
  SignedHeader,
  SolventVocabulary,
} from '@solvent/protocol'
import { EvidenceBook, isConflict } from './evidence-book.ts'

/** Pairs of commitments that cannot both stand; and what members of a committee testify. */
export interface EvidenceCounts {
  readonly awards: number
  readonly attestations: number
  readonly headers: number
  /** Testimonies of members of a committee that were asked for shares before the bidding was over, one for each order, witness and asker. */
  readonly earlyOpenings: number
}

const COUNTED = {
  'conflicting-awards': 'awards',
  'conflicting-attestations': 'attestations',
  'conflicting-headers': 'headers',
  'early-opening': 'earlyOpenings',
} as const satisfies Record<Evidence['kind'], keyof EvidenceCounts>

export class EvidenceDesk {
  readonly #ports: Pick<Ports<SolventVocabulary>, 'log' | 'transport'>
  readonly #book = new EvidenceBook()
  readonly #counts = { awards: 0, attestations: 0, headers: 0, earlyOpenings: 0 }

  constructor(ports: Pick<Ports<SolventVocabulary>, 'log' | 'transport'>) {
    this.#ports = ports
  }

  /** Pieces found or received. */
  get seen(): number {
    const { awards, attestations, headers, earlyOpenings } = this.#counts
    return awards + attestations + headers + earlyOpenings
  }

  /** The same by what contradicts what. */
  get counts(): EvidenceCounts {
    return { ...this.#counts }
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
    this.#count(evidence)
    return 'accept'
  }

  #count({ kind }: Evidence): void {
    this.#counts[COUNTED[kind]]++
  }

  #publish(evidence: Evidence | null): void {
    if (evidence === null) return
    this.#count(evidence)
    this.#ports.log.text('warn', `Evidence of ${evidence.kind.replace('-', ' ')}.`)
    this.#ports.transport.publish('evidence', { type: 'evidence', body: evidence })
  }
}
