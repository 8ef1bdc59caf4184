// The small shapes that a scenario's parts share: names, symbols, decimals, times, shares.
import { z } from 'zod'

/** `constructor`, `toString`, `valueOf` are in every record before anything is put into it. */
const isFree = (text: string): boolean => !(text in {})

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'a name: a-z, 0-9 and -, starting with a letter, at most 32 characters')
  .refine(isFree, 'another name: every record has this one already')
export const symbol = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,11}$/, 'a symbol: letters and digits, at most 12 characters')
  .refine(isFree, 'another symbol: every record has this one already')
/** An order by its user and nonce, the same on every run. */
export const orderLabel = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}\/(0|[1-9][0-9]{0,8})$/, 'a user and a nonce, e.g. alice/3')
export const decimal = z
  .string(
    'a decimal number in quotes, not negative, e.g. "116500" or "0.25", of at most 30 digits and 18 decimals',
  )
  .regex(
    /^(0|[1-9][0-9]{0,29})(\.[0-9]{1,18})?$/,
    'a decimal number in quotes, not negative, e.g. "116500" or "0.25", of at most 30 digits and 18 decimals',
  )
export const whole = (low: number, high: number) => z.int().min(low).max(high)
/** Whole units of a cap, as a number or in quotes like amounts; 0: none. */
export const cap = z
  .union([
    whole(0, Number.MAX_SAFE_INTEGER),
    z.string().regex(/^(0|[1-9][0-9]{0,14})$/, 'whole units, not negative, e.g. 400000 or "400000"; 0: none'),
  ])
  .transform(Number)
export const seconds = whole(0, 31_536_000)
export const bps = whole(0, 10_000)
export const share = z.number().min(0).max(1)
export const amountsBySymbol = z.record(symbol, decimal)
export const amountsByChain = z.record(name, amountsBySymbol)
