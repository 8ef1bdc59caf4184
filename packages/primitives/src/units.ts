/** Units: fixed-point scales, basis points, times, and decimal text of token amounts. */
import { SolventError } from './error.ts'

/** One, in basis points. */
export const BPS = 10_000n
/** One, in basis points, for float arithmetic on rates. */
export const BPS_NUMBER = 10_000
/** One, with 18 decimals. */
export const WAD = 10n ** 18n
/** One, with 27 decimals. */
export const RAY = 10n ** 27n
/** One, in the 8-decimal prices of oracles (`priceE8`). */
export const PRICE_ONE_E8 = 10n ** 8n

/** Milliseconds in a second. */
export const MS_PER_SECOND = 1_000
/** Milliseconds in a minute. */
export const MS_PER_MINUTE = 60_000
/** Milliseconds in an hour. */
export const MS_PER_HOUR = 3_600_000
/** Milliseconds in a day. */
export const MS_PER_DAY = 86_400_000

const MAX_UINT32 = 0xffff_ffff
const MAX_DECIMALS = 77
const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/
const MAX_DECIMAL_LENGTH = 200

/** 10^0 to 10^77. */
const POWERS: readonly bigint[] = Array.from(
  { length: MAX_DECIMALS + 1 },
  (_, exponent) => 10n ** BigInt(exponent),
)

/**
 * One whole unit in base units: 10 to the number of decimals.
 *
 * @param decimals 0 to 77
 * @throws E_RANGE for other decimals
 * @example wholeUnit(6) // 1000000n
 */
export function wholeUnit(decimals: number): bigint {
  const unit = POWERS[decimals]
  if (unit === undefined) throw outOfRange('decimals', decimals, `an integer from 0 to ${MAX_DECIMALS}`)
  return unit
}

/**
 * Milliseconds of the nodes' clock to the whole seconds of chains and orders, rounded down.
 *
 * @throws E_RANGE when the result is no uint32
 * @example msToSeconds(1999) // 1
 */
export function msToSeconds(ms: number): number {
  const seconds = Math.floor(ms / MS_PER_SECOND)
  if (!(seconds >= 0 && seconds <= MAX_UINT32)) throw outOfRange('ms', ms, '0 to 2^32 seconds')
  return seconds
}

/**
 * Whole seconds of chains and orders to milliseconds of the nodes' clock.
 *
 * @throws E_RANGE when the argument is no uint32
 * @example secondsToMs(12) // 12000
 */
export function secondsToMs(seconds: number): number {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_UINT32) {
    throw outOfRange('seconds', seconds, 'an integer from 0 to 2^32 - 1')
  }
  return seconds * MS_PER_SECOND
}

/**
 * Base units as decimal text, exactly, without trailing zeros.
 *
 * @param decimals 0 to 77
 * @throws E_RANGE for other decimals
 * @example formatUnits(1_500_000n, 6) // '1.5'
 */
export function formatUnits(amount: bigint, decimals: number): string {
  checkDecimals(decimals)
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/**
 * Decimal text to base units, exactly: `[-]digits[.digits]`, no exponent, no spaces, no leading zeros,
 * and never more decimals than the unit has (nothing is rounded away).
 *
 * @param decimals 0 to 77
 * @throws E_BAD_AMOUNT, E_RANGE for other decimals
 * @example parseUnits('1.5', 6) // 1500000n
 */
export function parseUnits(text: string, decimals: number): bigint {
  checkDecimals(decimals)
  const match = text.length <= MAX_DECIMAL_LENGTH ? DECIMAL.exec(text) : null
  const fraction = match?.[3] ?? ''
  if (match === null || fraction.length > decimals) {
    throw new SolventError({
      code: 'E_BAD_AMOUNT',
      message: 'This is not an amount of this unit.',
      details: {
        got: JSON.stringify(text),
        allowed: `decimal digits with at most ${decimals} after the point`,
      },
    })
  }
  const magnitude = BigInt(`${match[2]}${fraction.padEnd(decimals, '0')}`)
  return match[1] === '-' ? -magnitude : magnitude
}

function checkDecimals(decimals: number): void {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MAX_DECIMALS) {
    throw outOfRange('decimals', decimals, `an integer from 0 to ${MAX_DECIMALS}`)
  }
}

function outOfRange(name: string, got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_RANGE',
    message: `The ${name} are out of range.`,
    details: { got, allowed },
  })
}
