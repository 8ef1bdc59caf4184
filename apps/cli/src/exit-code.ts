// Exit codes, the same for every command, and how an error becomes one.
import { isSolventError } from '@solvent/primitives'

export const EXIT = {
  ok: 0,
  /** The run finished and an expectation in the file failed. */
  expectation: 1,
  /** Usage or configuration. */
  usage: 2,
  /** An invariant broke. */
  invariant: 3,
  /** Input or output. */
  io: 4,
  /** A results directory is damaged or not ours. */
  results: 5,
  /** A bug of ours. */
  bug: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const CODES: ReadonlyMap<string, ExitCode> = new Map([
  ['E_SCENARIO', EXIT.usage],
  ['E_NETWORK', EXIT.usage],
  ['E_BIDS', EXIT.usage],
  ['E_USAGE', EXIT.usage],
  ['E_NODE', EXIT.usage],
  ['E_NO_FILE', EXIT.usage],
  ['E_NOT_A_FILE', EXIT.usage],
  ['E_FILE', EXIT.io],
  ['E_FIXTURE', EXIT.usage],
  ['E_INVARIANT', EXIT.invariant],
  ['E_LAUNCH', EXIT.io],
  ['E_HOST_START', EXIT.io],
  ['E_NOT_READY', EXIT.io],
  ['E_NO_NETWORK', EXIT.io],
  ['E_NO_REPORT', EXIT.io],
  ['E_PORT', EXIT.io],
  ['E_RESULTS', EXIT.results],
  ['E_RESULTS_READ', EXIT.io],
  ['E_RESULTS_WRITE', EXIT.io],
  ['E_RESULTS_FOREIGN', EXIT.results],
  ['E_STORE_WRITE', EXIT.io],
  ['E_STORE_LOCKED', EXIT.io],
  ['E_REDIS', EXIT.io],
  ['E_STORE_FOREIGN', EXIT.results],
  ['E_STORE_ENGINE', EXIT.results],
  ['E_STORE_DAMAGED', EXIT.results],
  ['E_RECORD_CONFLICT', EXIT.invariant],
  ['E_NETWORK_FILE', EXIT.results],
  ['E_NETWORK_FOREIGN', EXIT.results],
  ['E_OPERATOR_TIMEOUT', EXIT.io],
  ['E_OPERATOR_UNREACHABLE', EXIT.io],
  ['E_OPERATOR_REFUSED', EXIT.io],
  ['E_OPERATOR_TOO_LARGE', EXIT.io],
  ['E_OPERATOR_CLOSED', EXIT.io],
])

/** The exit code of an error; what has no code of ours is a bug. */
export function exitCodeOf(error: unknown): ExitCode {
  return isSolventError(error) ? (CODES.get(error.code) ?? EXIT.bug) : EXIT.bug
}
