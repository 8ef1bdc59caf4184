// The judge of the determinism proof: a subject's reference digest against the digests it had elsewhere.

/** Invariants across runs, as the catalogue states them. */
export const DETERMINISM = {
  'D-1': 'trace and results are equal when repeated in the process, in a fresh process and after other runs',
  'D-3':
    'trace and results are equal on every supported Node version, without a compiler and on a small heap',
  'D-4': 'trace and results are equal for any time zone, language, directory, home and order of options',
  'D-6': 'an observer, a log or a node that does nothing changes no other stream',
  'D-7': 'aggregates do not depend on the order in which parts complete',
} as const

export type DeterminismId = keyof typeof DETERMINISM

/** The digest that a subject had somewhere. */
export interface Sighting {
  readonly invariant: DeterminismId
  readonly circumstance: string
  readonly digest: string
}

/** A subject and the digest that it should have everywhere. */
export interface Reference {
  readonly subject: string
  readonly digest: string
  /** The command that shows it once more. */
  readonly again: string
}

/** A digest that is not what it should be. */
export interface Breach extends Sighting {
  readonly reference: Reference
}

/** The sightings that differ from the reference, in their order. */
export function breachesOf(reference: Reference, sightings: readonly Sighting[]): Breach[] {
  return sightings
    .filter(({ digest }) => digest !== reference.digest)
    .map((sighting) => ({ ...sighting, reference }))
}

/** A breach as a person reads it, with the line that runs the subject again. */
export function describeBreach({ invariant, circumstance, digest, reference }: Breach): string {
  return [
    `${invariant} broken: ${DETERMINISM[invariant]}.`,
    '',
    `subject: ${reference.subject}`,
    `where: ${circumstance}`,
    `got: ${digest}`,
    `want: ${reference.digest}`,
    `again: ${reference.again}`,
  ].join('\n')
}
