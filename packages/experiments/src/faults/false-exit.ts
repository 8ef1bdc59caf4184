// A false exit: a wrong root of a rollup says that its outbox holds one message, a transfer home over the rollup's own bridge
// that nobody sent. A relayer is told of it, and hands it in when the root is final; watchers are told what was stolen.
import { asNodeId, type Hash32 } from '@solvent/primitives'
import { type Fault, messageDigest } from '@solvent/protocol'
import { OutboxLeaves } from '@solvent/settlement'
import { scenarioNodes } from '../scenario/node-names.ts'
import { forgedMessage, poisonedSource } from './bridge-faults.ts'
import type { FaultCheck, FaultOf, FaultResolution } from './fault-context.ts'

type InvalidRoot = FaultOf<'invalid-root'>

/** Apart from the numbers of messages that are sent. */
const FALSE_SEQUENCE = 1_000_000

export function checkFalseExit(
  { chain, bridge, asset, amount }: InvalidRoot,
  { scenario, path, findings }: FaultCheck,
): void {
  const given = [bridge, asset, amount].filter((each) => each !== undefined).length
  if (given === 0) return
  if (bridge === undefined || asset === undefined || amount === undefined) {
    findings.add('E_VALUE', path, 'a false exit names its bridge, asset and amount', {
      got: `${given} of the three`,
      allowed: 'all three, or none',
    })
    return
  }
  const own = Object.entries(scenario.bridges).flatMap(([name, { verification }]) =>
    verification.kind === 'canonical' ? [name] : [],
  )
  if (!findings.reference([...path, 'bridge'], 'canonical bridge', bridge, own)) return
  const carried = Object.entries(scenario.bridges[bridge]!.assets).flatMap(([symbol, { claims }]) =>
    chain in claims ? [symbol] : [],
  )
  findings.reference([...path, 'asset'], `asset of the bridge on ${chain}`, asset, carried)
}

/** The root over the false message alone, and who is told; null where the fault is no exit. */
export function falseExitOf(
  { chain, bridge, asset, amount }: InvalidRoot,
  { scenario, seed }: FaultResolution,
): { readonly root: Hash32; readonly told: readonly Fault[] } | null {
  if (bridge === undefined || asset === undefined || amount === undefined) return null
  const to = scenario.bridges[bridge]!.assets[asset]!.home
  const message = forgedMessage(scenario, seed, {
    bridge,
    asset,
    amount,
    from: chain,
    to,
    sequence: FALSE_SEQUENCE,
  })
  const leaves = new OutboxLeaves()
  leaves.append(messageDigest(message))
  const { bridges, watcher } = scenarioNodes(scenario)
  const relayer = bridges.find((each) => each.bridge === bridge)!.relayers[0]!
  return {
    root: leaves.root(1),
    told: [
      { kind: 'control', to: asNodeId(watcher), message: { kind: 'declare-exploit', message } },
      { kind: 'source-report', to: asNodeId(relayer), from: asNodeId(poisonedSource(bridge)), message },
    ],
  }
}
