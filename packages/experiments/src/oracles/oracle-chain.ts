// Which oracles an oracle asks, and how deep it goes: never back to itself, and no deeper than contracts follow.
import { MOST_ORACLES_DEEP } from '@solvent/settlement'
import type { Findings } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function checkChain(scenario: Scenario, name: string, findings: Findings): void {
  const path = ['oracles', name]
  const depth = depthFrom(scenario, name)
  const got = String(Object.entries(scenario.oracles![name]!).find(([key]) => key === 'of')?.[1])
  if (depth === null)
    findings.add('E_CYCLE', [...path, 'of'], 'the oracle rests on itself', {
      got,
      allowed: 'an oracle that does not come back to this one',
    })
  else if (depth > MOST_ORACLES_DEEP)
    findings.add(
      'E_RANGE',
      [...path, 'of'],
      'the oracle rests on too many others: contracts follow no more',
      {
        got: `${depth} one on the other`,
        allowed: `at most ${MOST_ORACLES_DEEP}`,
      },
    )
}

/** The longest way down, in steps; null when one comes back to the oracle. Others' rings count once: they are reported where they are. */
function depthFrom(scenario: Scenario, name: string): number | null {
  const depths = new Map<string, number>()
  let comesBack = false
  const visit = (each: string): number => {
    const known = depths.get(each)
    if (known !== undefined) return known
    depths.set(each, 0)
    let depth = 0
    for (const next of asked(scenario, each)) {
      if (next === name) comesBack = true
      else depth = Math.max(depth, 1 + visit(next))
    }
    depths.set(each, depth)
    return depth
  }
  const depth = visit(name)
  return comesBack ? null : depth
}

function asked({ oracles = {} }: Scenario, name: string): string[] {
  const oracle = oracles[name]
  if (oracle === undefined) return []
  const { of, rate, other } = oracle as {
    readonly of?: string
    readonly rate?: string
    readonly other?: string
  }
  return [of, rate, other].flatMap((each) => each ?? [])
}
