// Places in a base file's tree: reading them, and a copy with one of them changed.

export type PathSteps = readonly (string | number)[]

/** @example stepsOf('faults[0].atSeconds') // ['faults', 0, 'atSeconds'] */
export function stepsOf(path: string): PathSteps {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, key, place]) =>
    place === undefined ? key! : Number(place),
  )
}

/** The value at a place; undefined where there is none. */
export function valueAt(tree: unknown, steps: PathSteps): unknown {
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    tree,
  )
}

/** The tree with another value at a place whose parent exists; what is not on the way there is shared. */
export function withValue(tree: unknown, steps: PathSteps, value: unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(tree)) {
    const copy = [...tree]
    copy[step as number] = withValue(copy[step as number], rest, value)
    return copy
  }
  const map = tree as Record<string, unknown>
  return { ...map, [step]: withValue(map[step], rest, value) }
}
