/**
 * Dates and times of ISO 8601 as seconds since 1970, without the engine's own calendar: days of the proleptic
 * Gregorian calendar by H. Hinnant's `days_from_civil` (howardhinnant.github.io/date_algorithms.html).
 */

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:Z|([-+])(\d{2}):(\d{2})))?$/

/**
 * Null for a text that is no date, or a date and time without its zone.
 *
 * @example secondsOf('1970-01-02T00:00:00+01:00') // 82800
 */
export function secondsOf(written: string): number | null {
  const parts = DATE_TIME.exec(written)
  if (parts === null) return null
  const number = (at: number) => Number(parts[at] ?? 0)
  const [month, day, hour, minute, second] = [number(2), number(3), number(4), number(5), number(6)]
  if (month < 1 || month > 12 || day < 1 || day > daysOf(number(1), month)) return null
  if (hour > 23 || minute > 59 || second >= 61 || number(8) > 23 || number(9) > 59) return null
  const offset = (parts[7] === '-' ? -1 : 1) * (3_600 * number(8) + 60 * number(9))
  return 86_400 * daysSince1970(number(1), month, day) + 3_600 * hour + 60 * minute + second - offset
}

function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
