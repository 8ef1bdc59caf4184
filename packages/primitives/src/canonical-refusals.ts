/** Why a value has no canonical bytes. */
import { SolventError } from './error.ts'

export function notCanonical(what: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no canonical bytes.',
    details: {
      got: what,
      allowed: 'null, booleans, finite numbers, bigints, text, bytes, arrays, plain objects',
    },
  })
}

export function tooDeep(): SolventError {
  return new SolventError({
    code: 'E_TOO_DEEP',
    message: 'This value nests too deep to be encoded.',
    hint: 'A value that contains itself ends here too.',
  })
}
