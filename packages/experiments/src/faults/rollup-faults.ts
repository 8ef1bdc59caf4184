// What rollups do wrong on their L1: the first producer, which posts for the rollup, is told to.
import { asNodeId, type ChainId, hashCanonical, secondsToMs } from '@solvent/primitives'
import type { ControlMessage, PostingSeries } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { checkFalseExit, falseExitOf } from './false-exit.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

type RollupFaultKind =
  | 'invalid-root'
  | 'challenge-griefing'
  | 'batch-outage'
  | 'batch-repeated'
  | 'proposer-outage'
  | 'prover-outage'
  | 'withhold-data'
type RollupFault = FaultOf<RollupFaultKind>
type RollupKind = Exclude<Scenario['chains'][string]['kind'], 'l1'>

const anyRollup: readonly RollupKind[] = ['optimistic', 'zk']

export const rollupFaults: FaultFamily<RollupFaultKind> = {
  'invalid-root': {
    check(fault, check) {
      checkRollup(fault.chain, anyRollup, check)
      checkProposer(fault, check)
      checkFalseExit(fault, check)
    },
    resolve(fault, resolution) {
      const exit = falseExitOf(fault, resolution)
      return [
        ...told(fault, resolution, (rollup) => ({
          kind: 'invalid-root',
          rollup,
          stateRoot: hashCanonical({ falseState: fault.chain, at: fault.atSeconds }),
          outboxRoot: exit?.root ?? hashCanonical({ falseOutbox: fault.chain, at: fault.atSeconds }),
        })),
        ...(exit?.told ?? []),
      ]
    },
  },
  'challenge-griefing': {
    check({ chain }, { scenario, path, findings }) {
      const watched = scenarioNodes(scenario).challengers.map((each) => each.chain)
      findings.reference([...path, 'chain'], 'rollup with a challenger', chain, [...new Set(watched)])
    },
    resolve: ({ chain, roots }, { scenario }) => [
      {
        kind: 'control',
        to: asNodeId(scenarioNodes(scenario).challengers.find((each) => each.chain === chain)!.node),
        message: { kind: 'challenge-blindly', rollup: chainIdOf(scenario, chain), count: roots },
      },
    ],
  },
  'batch-outage': {
    check: ({ chain }, check) => checkRollup(chain, anyRollup, check),
    resolve: (fault, resolution) => held(fault, resolution, 'batch'),
  },
  'batch-repeated': {
    check: ({ chain }, check) => checkRollup(chain, anyRollup, check),
    resolve: (fault, resolution) => told(fault, resolution, (rollup) => ({ kind: 'repeat-batch', rollup })),
  },
  'proposer-outage': {
    check: ({ chain }, check) => checkRollup(chain, ['optimistic'], check),
    resolve: (fault, resolution) => held(fault, resolution, 'root'),
  },
  'prover-outage': {
    check: ({ chain }, check) => checkRollup(chain, ['zk'], check),
    resolve: (fault, resolution) => held(fault, resolution, 'proof'),
  },
  'withhold-data': {
    check: ({ chain }, check) => checkRollup(chain, anyRollup, check),
    /** Every producer, because any of them would serve the bodies. */
    resolve: (fault, { scenario }) =>
      producersOf(scenarioNodes(scenario), fault.chain).map((node) => ({
        kind: 'control',
        to: asNodeId(node),
        message: {
          kind: 'withhold-data',
          rollup: chainIdOf(scenario, fault.chain),
          untilMs: endMs(scenario, fault),
        },
      })),
  },
}

function checkRollup(
  chain: string,
  kinds: readonly RollupKind[],
  { scenario, path, findings }: FaultCheck,
): void {
  const rollups = Object.entries(scenario.chains).flatMap(([name, { kind }]) =>
    kind !== 'l1' && kinds.includes(kind) ? [name] : [],
  )
  findings.reference([...path, 'chain'], `${kinds.join(' or ')} rollup`, chain, rollups)
}

/** Only a sequencer of the L1 can be told to propose for a rollup that is not its own. */
function checkProposer(
  { chain, by }: FaultOf<'invalid-root'>,
  { scenario, path, findings }: FaultCheck,
): void {
  const rollup = scenario.chains[chain]
  if (by === undefined || rollup === undefined || rollup.kind === 'l1') return
  const nodes = scenarioNodes(scenario)
  const proposers = [...producersOf(nodes, chain), ...producersOf(nodes, rollup.l1)]
  findings.reference([...path, 'by'], `sequencer of ${chain} or ${rollup.l1}`, by, proposers)
}

function held(
  fault: Extract<RollupFault, { forSeconds: number }>,
  resolution: FaultResolution,
  series: PostingSeries,
): ResolvedFault {
  const untilMs = endMs(resolution.scenario, fault)
  return told(fault, resolution, (rollup) => ({ kind: 'hold-postings', rollup, series, untilMs }))
}

function told(
  fault: RollupFault,
  { scenario }: FaultResolution,
  message: (rollup: ChainId) => ControlMessage,
): ResolvedFault {
  const { chain } = fault
  const by = 'by' in fault ? fault.by : undefined
  const poster = by ?? producersOf(scenarioNodes(scenario), chain)[0]!
  return [{ kind: 'control', to: asNodeId(poster), message: message(chainIdOf(scenario, chain)) }]
}

function endMs(
  scenario: Scenario,
  { atSeconds, forSeconds }: { atSeconds: number; forSeconds: number },
): number {
  return Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds)
}
