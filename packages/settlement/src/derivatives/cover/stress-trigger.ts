// When a cover pays: a feed that has stood below a level for a time without a break. A price that is not known breaks nothing and
// proves nothing: the clock stops until there is one again. Source: depeg cover as sold by Nexus Mutual, Unslashed and Risk Harbor
// (a level, a time-weighted or uninterrupted period, an oracle); shapes are ours.
export interface TriggerRules {
  readonly levelE8: bigint
  /** So long in all, without having been at or above the level in between. */
  readonly forSeconds: number
  /** Nothing after this counts, Unix seconds. */
  readonly until: number
}

export interface TriggerState {
  /** Seconds below the level up to the last observation. */
  readonly belowSeconds: number
  /** Whether the last price was below, above, or not known. */
  readonly last: 'below' | 'above' | 'unknown'
  readonly seenAt: number
  /** Null while it has not come to it. */
  readonly triggeredAt: number | null
}

export function watching(from: number): TriggerState {
  return { belowSeconds: 0, last: 'above', seenAt: from, triggeredAt: null }
}

/** Takes note of a price; once triggered, a trigger stays so. */
export function observedStress(
  state: TriggerState,
  priceE8: bigint | null,
  now: number,
  { levelE8, forSeconds, until }: TriggerRules,
): TriggerState {
  if (state.triggeredAt !== null || now < state.seenAt || state.seenAt > until) return state
  const counted = Math.min(now, until) - state.seenAt
  const belowSeconds = state.last === 'below' ? state.belowSeconds + counted : state.belowSeconds
  const reached = state.last === 'below' && belowSeconds >= forSeconds
  if (reached) {
    const triggeredAt = state.seenAt + (forSeconds - state.belowSeconds)
    return { belowSeconds, last: state.last, seenAt: now, triggeredAt: Math.max(state.seenAt, triggeredAt) }
  }
  const last = priceE8 === null || priceE8 <= 0n ? 'unknown' : priceE8 < levelE8 ? 'below' : 'above'
  return { belowSeconds: last === 'above' ? 0 : belowSeconds, last, seenAt: now, triggeredAt: null }
}
