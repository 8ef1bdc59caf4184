// What befalls bridges: forged messages, pauses and their end.
import { asNodeId, assertNever, parseUnits } from '@solvent/primitives'
import type { BridgeMessage, ControlMessage, Fault } from '@solvent/protocol'
import { accountOf, bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { ATTACKER } from '../assembly/assemble-genesis.ts'
import { chainIdOf } from '../assembly/assemble-spec.ts'
import { chainsOfAsset } from '../scenario/asset-chains.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

export type BridgeFault = FaultOf<'forge' | 'pause' | 'unpause'>

export function checkBridgeFault(fault: BridgeFault, { scenario, path, findings }: FaultCheck): void {
  if (!findings.reference([...path, 'bridge'], 'bridge', fault.bridge, Object.keys(scenario.bridges))) return
  if (fault.kind !== 'forge') return
  const bridge = scenario.bridges[fault.bridge]!
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', fault.asset, Object.keys(bridge.assets)))
    return
  const chains = chainsOfAsset(scenario, fault.asset)
  findings.reference([...path, 'from'], 'chain of the asset', fault.from, chains)
  findings.reference([...path, 'to'], 'chain of the asset', fault.to, chains)
  if (fault.from === fault.to)
    findings.add('E_CYCLE', path, 'a forged message crosses chains', {
      got: `${fault.from}→${fault.to}`,
      allowed: 'two different chains',
    })
  if (fault.poisoned > bridge.verification.verifiers)
    findings.add('E_RANGE', [...path, 'poisoned'], 'more verifiers than the bridge has', {
      got: String(fault.poisoned),
      allowed: `at most ${bridge.verification.verifiers}`,
    })
}

export function resolveBridgeFault(fault: BridgeFault, { scenario, seed }: FaultResolution): ResolvedFault {
  const nodes = scenarioNodes(scenario)
  switch (fault.kind) {
    case 'forge': {
      const message = forgedMessage(scenario, seed, fault)
      const verifiers = nodes.bridges
        .find(({ bridge }) => bridge === fault.bridge)!
        .verifiers.slice(0, fault.poisoned)
      return [
        control(nodes.watcher, { kind: 'declare-exploit', message }),
        ...verifiers.map(
          (node): Fault => ({
            kind: 'source-report',
            to: asNodeId(node),
            from: asNodeId(poisonedSource(fault.bridge)),
            message,
          }),
        ),
      ]
    }
    case 'pause':
    case 'unpause': {
      const { operator } = nodes.bridges.find(({ bridge }) => bridge === fault.bridge)!
      const bridge = bridgeAddress(fault.bridge)
      if (fault.kind === 'unpause')
        return [control(operator, { kind: 'unpause', bridge, authority: fault.authority })]
      const startSeconds = Date.parse(scenario.start) / 1_000
      const until = fault.forSeconds === 0 ? 0 : startSeconds + fault.atSeconds + fault.forSeconds
      return [control(operator, { kind: 'pause', bridge, authority: fault.authority, until })]
    }
    default:
      return assertNever(fault)
  }
}

function control(to: string, message: ControlMessage): Fault {
  return { kind: 'control', to: asNodeId(to), message }
}

/** The data source that a forge poisons: what the verifier believes to read from the source chain. */
export function poisonedSource(bridge: string): string {
  return `rpc-${bridge}`
}

/** The message that a forge makes verifiers sign: a transfer that the source chain never sent. */
function forgedMessage(scenario: Scenario, seed: string, fault: FaultOf<'forge'>): BridgeMessage {
  const bridge = bridgeAddress(fault.bridge)
  return {
    bridge,
    srcChainId: chainIdOf(scenario, fault.from),
    emitter: bridge,
    sequence: fault.sequence,
    dstChainId: chainIdOf(scenario, fault.to),
    payload: {
      kind: 'transfer',
      token: tokenAddress(scenario, fault.to, fault.asset),
      amount: parseUnits(fault.amount, scenario.assets[fault.asset]!.decimals),
      recipient: accountOf(seed, ATTACKER),
    },
  }
}
