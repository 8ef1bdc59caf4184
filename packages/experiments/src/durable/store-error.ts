// What can be wrong with a store, in words: the system refused, the directory is not ours, or it is damaged.
import { SolventError } from '@solvent/primitives'

/** The system refused: the disk is full, read-only or broken. What was committed before stands. */
export function writeRefused(directory: string, cause: unknown): SolventError {
  const system = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return new SolventError({
    code: 'E_STORE_WRITE',
    message: `${reasonOf(system)} What was recorded before is kept.`,
    details: { directory, system },
    hint: 'Mend that, then go on with --resume.',
    cause,
  })
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'The disk is full.'],
  ['EDQUOT', 'The disk quota is used up.'],
  ['EROFS', 'The file system is read-only.'],
  ['EACCES', 'The directory may not be written to.'],
  ['EPERM', 'The directory may not be written to.'],
  ['EMFILE', 'The process has too many open files.'],
  ['EIO', 'The disk failed.'],
])

function reasonOf(system: string): string {
  return REASONS.get(system) ?? 'The results could not be written.'
}

/** Something that was committed is not there any more. */
export function storeDamaged(
  directory: string,
  what: string,
  details: Record<string, unknown>,
): SolventError {
  return new SolventError({
    code: 'E_STORE_DAMAGED',
    message: `The results directory is damaged: ${what}. Nothing was changed.`,
    details: { directory, ...details },
    hint: 'Restore it from a copy, or run the sweep again in another directory.',
  })
}

/** The directory has the results of something else. */
export function storeForeign(
  directory: string,
  what: string,
  details: Record<string, unknown> = {},
  hint = 'Name another directory.',
): SolventError {
  return new SolventError({
    code: 'E_STORE_FOREIGN',
    message: `${what} Nothing was changed.`,
    details: { directory, ...details },
    hint,
  })
}
