// What a session can be of, and what comes of it.
import type { LearningStudy, SessionOutcome, TenderStudy, TendersOutcome } from '@solvent/collusion'

/** Learners in loops of their own, or any strategies in tenders. */
export type Study = LearningStudy | { readonly kind: 'tenders'; readonly study: TenderStudy }

/** What a session of a kind of study comes to. */
export type OutcomeOf<Of extends Study> = Of extends LearningStudy ? SessionOutcome : TendersOutcome

export type StudyOutcome = SessionOutcome | TendersOutcome
