// Numbers side by side, with as many digits as it takes to see how they differ.

const FEWEST = 3
const MOST = 7

/** @param range of the numbers @example resolvingText({ min: 995, max: 1000 })(999.667) // '999.67' */
export function resolvingText({ min, max }: { readonly min: number; readonly max: number }) {
  const size = Math.max(Math.abs(min), Math.abs(max))
  const finer = max > min ? Math.ceil(Math.log10(size / (max - min))) : 0
  const digits = Math.min(MOST, FEWEST + Math.max(0, finer - 1))
  return (value: number): string =>
    value.toLocaleString('en-US', {
      maximumSignificantDigits: digits,
      signDisplay: 'negative',
      notation: size >= LARGE ? 'compact' : 'standard',
    })
}

/** From here on in thousands and millions. */
const LARGE = 100_000
