// What keeps transactions out of blocks: producers that censor a class of them, or lose what they took.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { CensorshipMode, Fault } from '@solvent/protocol'
import { gasSchedule } from '@solvent/settlement'
import { participantNames } from '../actors/participants.ts'
import { accountOf } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

type InclusionFault = FaultOf<'censor' | 'drop-transactions'>

export const inclusionFaults: FaultFamily<'censor' | 'drop-transactions'> = {
  censor: {
    check: checkClass,
    resolve: (fault, resolution) => censorship(fault, 'exclude', resolution),
  },
  'drop-transactions': {
    check: checkClass,
    resolve: (fault, resolution) => censorship(fault, 'lose', resolution),
  },
}

function checkClass(
  { chain, senders, calls }: InclusionFault,
  { scenario, path, findings }: FaultCheck,
): void {
  findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))
  const kinds = Object.keys(gasSchedule)
  calls.forEach((call, index) => findings.reference([...path, 'calls', index], 'kind of call', call, kinds))
  const participants = participantNames(scenario)
  senders.forEach((sender, index) =>
    findings.reference([...path, 'senders', index], 'participant', sender, participants),
  )
}

/** All producers of the chain do it: one honest producer would undo it in its turns. The watcher is told who cannot get in. */
function censorship(
  fault: InclusionFault,
  mode: CensorshipMode,
  { scenario, seed }: FaultResolution,
): ResolvedFault {
  const { chain, senders, calls, sharePercent, atSeconds, forSeconds } = fault
  const fromMs = Date.parse(scenario.start) + secondsToMs(atSeconds)
  const nodes = scenarioNodes(scenario)
  const censored = {
    chainId: chainIdOf(scenario, chain),
    mode,
    senders: senders.map((sender) => accountOf(seed, sender)),
    calls,
    sharePercent,
    untilMs: fromMs + secondsToMs(forSeconds),
  }
  const message = { kind: 'declare-censorship', censorship: { ...censored, fromMs } } as const
  return [
    { kind: 'control', to: asNodeId(nodes.watcher), message },
    ...producersOf(nodes, chain).map(
      (node): Fault => ({
        kind: 'control',
        to: asNodeId(node),
        message: { kind: 'censor', censorship: censored },
      }),
    ),
  ]
}
