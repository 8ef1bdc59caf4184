// Options of the form `name=number`, several of them.
import { SolventError } from '@solvent/primitives'

/**
 * Numbers by name; a name may hold `=` itself.
 *
 * @param what for the message: shock, cost
 * @throws SolventError E_USAGE for what is no name and number, and for a name given twice
 */
export function namedNumbers(what: string, written: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const text of written) {
    const at = text.lastIndexOf('=')
    const [name, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
    const amount = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (at < 1 || !Number.isFinite(amount) || numbers.has(name))
      throw new SolventError({
        code: 'E_USAGE',
        message: numbers.has(name) ? `A ${what} is given twice.` : `A ${what} is not a name and a number.`,
        details: { got: text, allowed: 'id=x' },
      })
    numbers.set(name, amount)
  }
  return numbers
}
