// What a person asks of a stress test, and how its shocks are resolved against names.
import { nearestName, SolventError } from '@solvent/primitives'

export const STRESS_MODELS = [
  'debtrank',
  'debtrank-single',
  'threshold',
  'neva',
  'glt',
  'cfs',
  'overlap',
] as const
export type StressModel = (typeof STRESS_MODELS)[number]

export interface StressRequest {
  readonly model: StressModel
  /** By node, or by asset for `glt` and `overlap`; what it means is the model's. Empty: the file's own, or each node in turn. */
  readonly shocks: ReadonlyMap<string, number>
  /** Guarantors whose promises an event has called. */
  readonly calls?: readonly string[] | undefined
  /** Share of a claim recovered, where the file says nothing: `threshold`, `neva`. */
  readonly recovery: number
  /** The price is e^(−α·share of all holdings sold), where the file says nothing: `cfs`, `overlap`. */
  readonly alpha: number
  /** Equity over assets other than cash, where the file says nothing: `cfs`. */
  readonly capitalRatio: number
}

/** A stress test of one shock, by name. */
export interface NamedOutcome {
  readonly name: string
  readonly [field: string]: unknown
}

export interface StressReport {
  readonly model: StressModel
  /** Names in the order of all vectors of nodes. */
  readonly ids: readonly string[]
  /** Names in the order of all vectors of assets. */
  readonly assetIds?: readonly string[]
  /** About the network, whatever the shock. */
  readonly network?: Readonly<Record<string, unknown>>
  readonly outcomes: { readonly one: NamedOutcome } | { readonly each: readonly NamedOutcome[] }
}

/**
 * Shocks as a vector, zero where nothing was said.
 *
 * @throws SolventError E_USAGE for an unknown name and for a value outside the bounds
 */
export function shockVector(
  shocks: ReadonlyMap<string, number>,
  names: readonly string[],
  bounds: { readonly least: number; readonly most: number },
): Float64Array {
  const vector = new Float64Array(names.length)
  const placeOf = new Map(names.map((name, at) => [name, at]))
  for (const [name, value] of shocks) {
    const at = placeOf.get(name)
    if (at === undefined) {
      const near = nearestName(name, names)
      throw new SolventError({
        code: 'E_USAGE',
        message: 'A shock names what is not in the network.',
        details: { got: name, allowed: names.length <= 20 ? names.join(', ') : `${names.length} names` },
        hint: near === undefined ? undefined : `Did you mean ${near}?`,
      })
    }
    if (!(value >= bounds.least && value <= bounds.most))
      throw new SolventError({
        code: 'E_USAGE',
        message: 'A shock is out of range for this model.',
        details: { name, got: value, ...bounds },
      })
    vector[at] = value
  }
  return vector
}

/** A shock in words, e.g. `atlas=1, borealis=0.5`. */
export function shockName(shocks: ReadonlyMap<string, number>): string {
  return [...shocks].map(([name, value]) => `${name}=${value}`).join(', ')
}

/** What the outcome of a request is called. */
export function outcomeName({ shocks }: StressRequest): string {
  return shocks.size > 0 ? shockName(shocks) : 'as the file says'
}
