// What is wrong with bids that a person gives, in one error with one line a problem.
import { SolventError } from '@solvent/primitives'

const MOST_SHOWN = 10

/** E_BIDS: the file, and what is wrong where. */
export function bidsError(file: string, problems: readonly string[], hint?: string): SolventError {
  const shown = problems.slice(0, MOST_SHOWN)
  const rest = problems.length - shown.length
  return new SolventError({
    code: 'E_BIDS',
    message: `The bids are refused.\n\n${shown.join('\n')}${rest > 0 ? `\nand ${rest} more` : ''}`,
    details: { file },
    hint,
  })
}
