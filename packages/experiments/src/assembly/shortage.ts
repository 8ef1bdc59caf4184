import type { Path } from '../scenario/findings.ts'

/** An amount of the file that is too small for the others. */
export interface Shortage {
  readonly path: Path
  readonly problem: string
  readonly got: string
  readonly allowed: string
  readonly hint: string
}
