// Rules that a file names: each kind has a name and whole-number parameters with bounds, and is made from them. What mechanisms and
// strategies have in common, so that both refuse a wrong name or value in the same words.
import { SolventError } from './error.ts'
import { nearestName } from './nearest-name.ts'

/** A whole number that a rule depends on, with its unit in its name. */
export interface RuleParameter {
  readonly usual: number
  readonly least: number
  readonly most: number
  readonly meaning: string
}

/** A kind of rule, as its registry has it. */
export interface NamedRule<Made> {
  readonly parameters: Readonly<Record<string, RuleParameter>>
  create(parameters: Readonly<Record<string, number>>): Made
}

/**
 * Makes the rule `name` of a registry from the parameters given; those left out take their usual values.
 *
 * @param what the word for such a rule in messages, e.g. `mechanism`
 * @throws SolventError E_USAGE for a name or a parameter that does not exist, E_RANGE for a value outside its bounds
 * @example createNamedRule('mechanism', { 'first-price': firstPriceRule }, 'first-price', { windowMs: 500 })
 */
export function createNamedRule<Made>(
  what: string,
  registry: Readonly<Record<string, NamedRule<Made>>>,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Made {
  const rule = Object.hasOwn(registry, name) ? registry[name] : undefined
  if (rule === undefined) throw unknown(what, name, Object.keys(registry))
  for (const parameter of Object.keys(given))
    if (!Object.hasOwn(rule.parameters, parameter))
      throw unknown(`parameter of the ${what} ${name}`, parameter, Object.keys(rule.parameters))
  const values = Object.entries(rule.parameters).map(([parameter, { usual, least, most, meaning }]) => {
    const value = given[parameter] ?? usual
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
      throw new SolventError({
        code: 'E_RANGE',
        message: `A parameter of the ${what} ${name} is out of range.`,
        details: {
          parameter,
          got: String(value),
          allowed: `a whole number from ${least} to ${most}`,
          meaning,
        },
      })
    return [parameter, value] as const
  })
  return rule.create(Object.fromEntries(values))
}

function unknown(what: string, got: string, allowed: readonly string[]): SolventError {
  const near = nearestName(got, allowed)
  return new SolventError({
    code: 'E_USAGE',
    message: `There is no such ${what}.`,
    details: { got, allowed: allowed.length === 0 ? 'none' : allowed.join(', ') },
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  })
}
