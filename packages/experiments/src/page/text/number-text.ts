// Numbers of a page: with thousands, and never "-0".

/** @param value a number, or decimal text @param digits at most so many decimals @example numberText('-0.4') // '0' */
export function numberText(value: number | string, digits = 0): string {
  return Number(value).toLocaleString('en-US', {
    maximumFractionDigits: digits,
    // What is rounded to nothing has no sign.
    signDisplay: 'negative',
  })
}
