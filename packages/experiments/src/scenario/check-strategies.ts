// The meaning of strategies for tenders and of rings: parameters are those of the kind and in bounds, rings exist and know their members.
import { isSolventError } from '@solvent/primitives'
import { conductOfStrategy, createTenderStrategy } from '@solvent/strategies'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

/** Checks one solver's strategy. */
export function checkStrategy({ solvers, rings = {} }: Scenario, solver: string, findings: Findings): void {
  const strategy = solvers[solver]?.strategy
  if (strategy === undefined) return
  checkBidder(
    { path: ['solvers', solver, 'strategy'], called: 'solver', names: [solver], strategy, rings },
    findings,
  )
}

/** A strategy, whose it is, and the rings of its file. */
export interface BidderStrategy {
  readonly path: readonly string[]
  /** What the file calls a bidder. */
  readonly called: 'solver' | 'bidder'
  /** Of the bidder, or of all who share the strategy. */
  readonly names: readonly string[]
  readonly strategy: Scenario['solvers'][string]['strategy']
  readonly rings: Readonly<Record<string, readonly string[]>>
}

/** Checks that parameters are those of the kind and in bounds, and that whoever needs a ring is a member of one. */
export function checkBidder(
  { path, called, names, strategy, rings }: BidderStrategy,
  findings: Findings,
): void {
  if (!('parameters' in strategy)) return
  const { kind, parameters, ring } = strategy
  try {
    createTenderStrategy({ kind, parameters })
  } catch (error) {
    if (!isSolventError(error)) throw error
    const { parameter, got, allowed } = error.details
    findings.add(
      'E_RANGE',
      [...path, 'parameters', String(parameter ?? got)],
      error.message.split('\n')[0] ?? '',
      {
        got: String(got),
        allowed: String(allowed),
      },
    )
  }
  if (ring === undefined) {
    if (conductOfStrategy({ kind }) === 'collusive')
      findings.add('E_REFERENCE', [...path, 'ring'], `${kind} is nothing that a ${called} does alone`, {
        got: 'no ring',
        allowed: `one of rings: ${Object.keys(rings).join(', ') || 'none is defined'}`,
        hint: 'Name its members under rings, and the ring here.',
      })
    return
  }
  if (!findings.reference([...path, 'ring'], 'ring', ring, Object.keys(rings))) return
  const stranger = names.find((name) => rings[ring]?.includes(name) !== true)
  if (stranger !== undefined)
    findings.add('E_REFERENCE', [...path, 'ring'], `the ${called} is no member of the ring ${ring}`, {
      got: stranger,
      allowed: (rings[ring] ?? []).join(', '),
    })
}

/** Checks that rings are made of solvers, each of them once. */
export function checkRings({ solvers, rings = {}, talkingRings = [] }: Scenario, findings: Findings): void {
  talkingRings.forEach((ring, index) => {
    findings.reference(['talkingRings', index], 'ring', ring, Object.keys(rings))
  })
  for (const [name, members] of Object.entries(rings))
    members.forEach((member, index) => {
      const path = ['rings', name, index]
      findings.reference(path, 'solver', member, Object.keys(solvers))
      if (members.indexOf(member) !== index)
        findings.add('E_VALUE', path, 'a ring has each member once', {
          got: member,
          allowed: 'other solvers',
        })
    })
}
