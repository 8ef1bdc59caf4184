// Solvers that run, fight for orders or default. Each is told, as an operator tells it in a live network.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { Fault, SolverDistress } from '@solvent/protocol'
import { participantNames } from '../actors/participants.ts'
import { accountOf } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution } from './fault-context.ts'

type CrowdFault = FaultOf<'solver-run' | 'fee-war'>

export const solverFaults: FaultFamily<'solver-run' | 'fee-war' | 'solver-default'> = {
  'solver-run': {
    check: checkCrowd,
    resolve: (fault, resolution) =>
      told(crowd(fault, resolution), { kind: 'stand-aside', untilMs: untilMs(fault, resolution) }),
  },
  'fee-war': {
    check: checkCrowd,
    resolve: (fault, resolution) =>
      told(crowd(fault, resolution), {
        ...{ kind: 'undercut', bps: fault.bps },
        untilMs: untilMs(fault, resolution),
      }),
  },
  'solver-default': {
    check({ solver, creditor }, { scenario, path, findings }) {
      if (!findings.reference([...path, 'solver'], 'solver', solver, scenarioNodes(scenario).solvers)) return
      if (creditor === undefined) return
      const others = participantNames(scenario).filter((each) => each !== solver)
      findings.reference([...path, 'creditor'], 'participant other than the solver', creditor, others)
    },
    resolve: ({ solver, creditor }, { seed }) =>
      told([solver], {
        kind: 'default',
        creditor: creditor === undefined ? null : accountOf(seed, creditor),
      }),
  },
}

function checkCrowd({ solvers, count }: CrowdFault, { scenario, path, findings }: FaultCheck): void {
  const all = scenarioNodes(scenario).solvers
  if (all.length === 0)
    return findings.add('E_VALUE', path, 'the network has no solver', {
      got: 'solvers: {}',
      allowed: 'a network with solvers',
    })
  if (solvers !== undefined && count !== undefined)
    return findings.add('E_VALUE', [...path, 'count'], 'solvers are named or drawn, not both', {
      got: `${count} and ${solvers.join(', ')}`,
      allowed: 'solvers, or count, or neither for all',
    })
  for (const [index, solver] of (solvers ?? []).entries())
    findings.reference([...path, 'solvers', index], 'solver', solver, all)
  if (count !== undefined && count > all.length)
    findings.add('E_RANGE', [...path, 'count'], 'more solvers than the network has', {
      got: String(count),
      allowed: `at most ${all.length}`,
    })
}

/** As they are named, or as the seed draws them. */
function crowd({ solvers, count }: CrowdFault, { scenario, stream }: FaultResolution): readonly string[] {
  if (solvers !== undefined) return solvers
  const all = scenarioNodes(scenario).solvers
  return count === undefined
    ? all
    : stream('solvers')
        .shuffle([...all])
        .slice(0, count)
}

function untilMs(
  { atSeconds, forSeconds }: CrowdFault,
  { scenario }: { readonly scenario: Scenario },
): number {
  return Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds)
}

function told(solvers: readonly string[], distress: SolverDistress): Fault[] {
  return solvers.map((solver) => ({
    kind: 'control',
    to: asNodeId(solver),
    message: { kind: 'distress', distress },
  }))
}
