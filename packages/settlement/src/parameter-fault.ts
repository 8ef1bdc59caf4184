// What is wrong with the parameters of a contract: for whoever reads a scenario to refuse or to warn about, with the reason.

export interface ParameterFault {
  /** `impossible` is refused, `dubious` is warned about. */
  readonly severity: 'impossible' | 'dubious'
  readonly reason: string
}

/** The impossible ones of some conditions, in their order. */
export function impossibleOf(
  conditions: readonly (readonly [isSo: boolean, reason: string])[],
): ParameterFault[] {
  return conditions.filter(([isSo]) => isSo).map(([, reason]) => ({ severity: 'impossible', reason }))
}
