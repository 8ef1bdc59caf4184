// One round of a repeated game of a few agents with as many actions each, as a table of payoffs.

export interface StageGame {
  readonly agents: number
  /** m: actions of each agent, numbered from 0; at most 255, as a byte holds one and `GREEDY` is set aside. */
  readonly actions: number
  /**
   * m^n profiles of n payoffs each. A profile is numbered with the first agent's action as its highest digit:
   * with two agents, `action1 · m + action2`.
   */
  readonly payoffs: Float64Array
}

/** Number of action profiles, m^n. */
export function profilesOf({ agents, actions }: Pick<StageGame, 'agents' | 'actions'>): number {
  let profiles = 1
  for (let agent = 0; agent < agents; agent++) profiles *= actions
  return profiles
}

/** The actions of a profile, first agent first. */
export function actionsOf(game: Pick<StageGame, 'agents' | 'actions'>, profile: number): number[] {
  const chosen: number[] = []
  for (let agent = 0, rest = profile; agent < game.agents; agent++) {
    chosen.unshift(rest % game.actions)
    rest = Math.floor(rest / game.actions)
  }
  return chosen
}

/** The profile in which the agents play these actions. */
export function profileOf(game: Pick<StageGame, 'actions'>, chosen: readonly number[]): number {
  return chosen.reduce((profile, action) => profile * game.actions + action, 0)
}

/** Makes the table of a game from the payoffs of each profile. */
export function stageGame(
  agents: number,
  actions: number,
  payoffsAt: (chosen: readonly number[]) => readonly number[],
): StageGame {
  const profiles = profilesOf({ agents, actions })
  const payoffs = new Float64Array(profiles * agents)
  for (let profile = 0; profile < profiles; profile++)
    payoffs.set(payoffsAt(actionsOf({ agents, actions }, profile)), profile * agents)
  return { agents, actions, payoffs }
}
