// Which figures are recorded, by patterns of their names.

/** Whether a figure is wanted; `*` in a pattern stands for any text. Null when all are. */
export function metricFilter(patterns: readonly string[]): ((name: string) => boolean) | null {
  if (patterns.includes('*')) return null
  const source = patterns
    .map((pattern) =>
      pattern
        .split('*')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*'),
    )
    .join('|')
  const expression = new RegExp(`^(?:${source})$`)
  const known = new Map<string, boolean>()
  return (name) => {
    let answer = known.get(name)
    if (answer === undefined) {
      answer = expression.test(name)
      known.set(name, answer)
    }
    return answer
  }
}
