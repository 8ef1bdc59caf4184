/** The end of an exhaustive switch. */
import { SolventError } from './error.ts'

/**
 * Makes the compiler prove that every case was handled, and throws if data from outside lied.
 *
 * @throws E_UNREACHABLE always
 * @example switch (verdict) { case 'accept': return 1; default: return assertNever(verdict) }
 */
export function assertNever(value: never): never {
  throw new SolventError({
    code: 'E_UNREACHABLE',
    message: 'A case was reached that the types rule out.',
    details: { got: value as unknown },
  })
}
