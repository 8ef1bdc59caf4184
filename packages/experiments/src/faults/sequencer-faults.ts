// What befalls the producers of rollups: they stop, make empty blocks, or put an invalid block at their head.
import { createStreams } from '@solvent/kernel'
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { Fault, SequencerOutage } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily, FaultOf, FaultResolution } from './fault-context.ts'

type SequencerFault = FaultOf<'sequencer-outage'>

/** Minutes of recorded outages of rollups; their median is 88 (incidents.md §4, derived distribution). */
export const recordedOutageMinutes = [13, 33, 43, 45, 46, 88, 116, 120, 133, 420, 600] as const

const SECONDS_PER_MINUTE = 60

export const sequencerFaults: FaultFamily<'sequencer-outage'> = {
  'sequencer-outage': {
    check({ chain, node }, { scenario, path, findings }) {
      const rollups = Object.keys(scenario.chains).filter((each) => scenario.chains[each]?.kind !== 'l1')
      if ((chain === undefined) === (node === undefined)) {
        const got = chain === undefined ? 'neither' : 'both'
        findings.add('E_VALUE', path, 'an outage is of a chain or of a node', {
          got,
          allowed: 'chain or node',
        })
      } else if (chain !== undefined) {
        findings.reference([...path, 'chain'], 'rollup', chain, rollups)
      } else if (node !== undefined) {
        const sequencers = scenarioNodes(scenario).sequencers.filter(({ chains }) =>
          chains.some((each) => rollups.includes(each)),
        )
        const names = sequencers.map((each) => each.node)
        findings.reference([...path, 'node'], 'sequencer of a rollup', node, names)
      }
    },
    /** Each producer is told to fail, and the watcher what it must not see. */
    resolve(fault, resolution) {
      const { watcher } = scenarioNodes(resolution.scenario)
      return outagesOf(fault, resolution).flatMap((outage): Fault[] => [
        { kind: 'control', to: asNodeId(watcher), message: { kind: 'declare-outage', outage } },
        { kind: 'control', to: outage.producer, message: { kind: 'sequencer-outage', outage } },
      ])
    },
  },
}

function outagesOf(fault: SequencerFault, { scenario, seed }: FaultResolution): SequencerOutage[] {
  const fromMs = Date.parse(scenario.start) + secondsToMs(fault.atSeconds)
  const untilMs = fromMs + secondsToMs(lengthSeconds(fault, seed))
  return failing(fault, scenario).map(({ node, chain }) => ({
    chainId: chainIdOf(scenario, chain),
    producer: asNodeId(node),
    mode: fault.mode,
    fromMs,
    untilMs,
  }))
}

function failing(fault: SequencerFault, scenario: Scenario): { node: string; chain: string }[] {
  const nodes = scenarioNodes(scenario)
  const { chain, node } = fault
  if (chain !== undefined) return producersOf(nodes, chain).map((each) => ({ node: each, chain }))
  return nodes.sequencers
    .filter((each) => each.node === node)
    .flatMap((each) => each.chains.map((own) => ({ node: each.node, chain: own })))
}

/** The length in seconds; a recorded one is drawn by the run's seed, anew for each target and time. */
function lengthSeconds({ forSeconds, chain, node, atSeconds }: SequencerFault, seed: string): number {
  if (forSeconds !== 'recorded') return forSeconds
  const stream = createStreams(seed).stream(`sequencer-outage/${chain ?? node}/${atSeconds}`)
  return stream.pick(recordedOutageMinutes) * SECONDS_PER_MINUTE
}
