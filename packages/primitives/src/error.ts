/**
 * The one error class of Solvent: a stable code, a plain sentence, and details a program can read.
 *
 * The message follows viem's habit: one sentence, a blank line, then `key: value` lines.
 * Packages match on `code`, never on the text and never with `instanceof`: two copies of this file
 * (a worker, another package version) must still recognise each other's errors.
 */

/** A stable, machine-readable name of what went wrong, such as `E_RANGE`. */
export type ErrorCode = `E_${string}`

/** Facts that belong to an error; every entry becomes a `key: value` line of its message. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** Named parts of a {@link SolventError}. */
export type SolventErrorOptions = {
  /** Stable name that callers match on. */
  code: ErrorCode
  /** One plain sentence with its full stop. */
  message: string
  /** Facts with their units in the key (`limitBytes`); fields that are undefined are left out. */
  details?: ErrorDetails | undefined
  /** What the reader can do about it. */
  hint?: string | undefined
  /** The error that caused this one. */
  cause?: unknown
}

const MARK = Symbol.for('solvent.error')
const MAX_VALUE_LENGTH = 200

/**
 * An operating error with a code, typed details and a readable message.
 *
 * @example
 * new SolventError({ code: 'E_RANGE', message: 'The fee is too high.', details: { feeBps: 12000 } }).message
 * // 'The fee is too high.\n\nfeeBps: 12000'
 */
export class SolventError extends Error {
  override readonly name = 'SolventError'
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly hint: string | undefined
  /** The first sentence alone, without details. */
  readonly shortMessage: string
  readonly [MARK] = true

  constructor(options: SolventErrorOptions) {
    const { code, message, details = {}, hint, cause } = options
    super(renderMessage(message, details, hint), cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
    this.hint = hint
    this.shortMessage = message
  }
}

/**
 * Tells whether a caught value is a {@link SolventError}, also one from another copy of this package.
 *
 * @example
 * try { asAddress('nope') } catch (error) { isSolventError(error, 'E_BAD_ID') } // true
 */
export function isSolventError(value: unknown, code?: ErrorCode): value is SolventError {
  if (typeof value !== 'object' || value === null) return false
  const candidate = value as { [MARK]?: unknown; code?: unknown }
  return candidate[MARK] === true && (code === undefined || candidate.code === code)
}

function renderMessage(sentence: string, details: ErrorDetails, hint: string | undefined): string {
  const lines: string[] = []
  for (const [key, value] of Object.entries(details)) {
    if (value !== undefined) lines.push(`${key}: ${renderValue(value)}`)
  }
  if (hint !== undefined) lines.push(`hint: ${hint}`)
  return lines.length === 0 ? sentence : `${sentence}\n\n${lines.join('\n')}`
}

function renderValue(value: unknown): string {
  let text: string
  if (typeof value === 'string') text = value
  else if (value instanceof Error) text = value.message
  else if (typeof value === 'object' && value !== null) text = renderObject(value)
  else text = String(value)
  return text.length > MAX_VALUE_LENGTH
    ? `${text.slice(0, MAX_VALUE_LENGTH)}… (${text.length} characters)`
    : text
}

function renderObject(value: object): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ')
  try {
    return JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? inner.toString() : inner,
    )
  } catch {
    return Object.prototype.toString.call(value)
  }
}
