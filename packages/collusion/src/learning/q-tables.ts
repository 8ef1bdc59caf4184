// What the learners of one session believe: a value for each state and action, with the best action kept at hand.
//
// For every state and agent one record of a Float64Array: the greatest value, a bound on all values but that of the
// best action, and the values themselves. As long as the best action's value stays above the bound, no other needs to
// be looked at; so that the row is searched about once in four updates and not in most of them.
// Ties go to the lowest action, and an action that only draws level does not replace the best.

const HEAD = 2

export interface QTables {
  readonly agents: number
  readonly actions: number
  readonly states: number
  /** Length of a record: `HEAD` + actions. The record of an agent in a state begins at (state · agents + agent) · this. */
  readonly record: number
  readonly values: Float64Array
  /** Greedy action of each agent in each state, at state · agents + agent. */
  readonly best: Uint8Array
}

/** Starts the tables with `start(agent, action, state)`. */
export function createQTables(
  size: Pick<QTables, 'agents' | 'actions' | 'states'>,
  start: (agent: number, action: number, state: number) => number,
): QTables {
  const { agents, actions, states } = size
  const record = HEAD + actions
  const values = new Float64Array(states * agents * record)
  const best = new Uint8Array(states * agents)
  for (let state = 0; state < states; state++) {
    for (let agent = 0; agent < agents; agent++) {
      const row = state * agents + agent
      for (let action = 0; action < actions; action++)
        values[row * record + HEAD + action] = start(agent, action, state)
      best[row] = searchRecord(values, row * record, record)
    }
  }
  return { agents, actions, states, record, values, best }
}

/** Finds the best action of a record and writes its head. */
export function searchRecord(values: Float64Array, base: number, record: number): number {
  const end = base + record
  let at = base + HEAD
  let greatest = values[at] as number
  let second = Number.NEGATIVE_INFINITY
  for (let index = at + 1; index < end; index++) {
    const value = values[index] as number
    if (value > greatest) {
      second = greatest
      greatest = value
      at = index
    } else if (value > second) second = value
  }
  values[base] = greatest
  values[base + 1] = second
  return at - base - HEAD
}

/**
 * Writes the value of an action that is not the best one.
 *
 * @returns whether it is now
 */
export function raiseOther(values: Float64Array, base: number, value: number): boolean {
  const greatest = values[base] as number
  if (value > greatest) {
    values[base + 1] = greatest
    values[base] = value
    return true
  }
  if (value > (values[base + 1] as number)) values[base + 1] = value
  return false
}

/** The value of an action, for those who look at tables afterwards. */
export function actionValue(tables: QTables, state: number, agent: number, action: number): number {
  return tables.values[(state * tables.agents + agent) * tables.record + HEAD + action] ?? Number.NaN
}

/** What every agent plays in a state when nobody explores. */
export function greedyProfile(tables: Pick<QTables, 'agents' | 'actions' | 'best'>, state: number): number {
  let profile = 0
  for (let agent = 0; agent < tables.agents; agent++)
    profile = profile * tables.actions + (tables.best[state * tables.agents + agent] ?? 0)
  return profile
}
