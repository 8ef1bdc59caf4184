// What befalls bridges: forged messages, pauses and their end.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { BridgeMessage, ControlMessage, Fault } from '@solvent/protocol'
import { accountOf, bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { ATTACKER } from '../assembly/assemble-genesis.ts'
import { chainIdOf } from '../assembly/assemble-spec.ts'
import { chainsOfAsset } from '../scenario/asset-chains.ts'
import { believersOf, bridgePartiesOf } from '../scenario/bridge-parties.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultFamily, FaultOf } from './fault-context.ts'

export const bridgeFaults: FaultFamily<'forge' | 'pause' | 'unpause'> = {
  forge: {
    check(fault, check) {
      const { scenario, path, findings } = check
      if (!checkBridge(fault, check)) return
      const bridge = scenario.bridges[fault.bridge]!
      const assets = Object.keys(bridge.assets)
      if (!findings.reference([...path, 'asset'], 'asset of the bridge', fault.asset, assets)) return
      const chains = chainsOfAsset(scenario, fault.asset)
      findings.reference([...path, 'from'], 'chain of the asset', fault.from, chains)
      findings.reference([...path, 'to'], 'chain of the asset', fault.to, chains)
      if (fault.from === fault.to)
        findings.add('E_CYCLE', path, 'a forged message crosses chains', {
          got: `${fault.from}→${fault.to}`,
          allowed: 'two different chains',
        })
      if (fault.domain !== undefined) {
        const domains = bridge.verification.kind === 'quorum' ? (bridge.verification.domains ?? []) : []
        findings.reference([...path, 'domain'], 'failure domain of the bridge', fault.domain, domains)
      }
      const believers = believersOf(bridgePartiesOf(fault.bridge, bridge.verification)).length
      if (fault.poisoned > believers)
        findings.add('E_RANGE', [...path, 'poisoned'], 'more data sources than the bridge has', {
          got: String(fault.poisoned),
          allowed: `at most ${believers}`,
        })
    },
    resolve(fault, { scenario, seed }) {
      const nodes = scenarioNodes(scenario)
      const message = forgedMessage(scenario, seed, fault)
      const { parties } = nodes.bridges.find(({ bridge }) => bridge === fault.bridge)!
      const { verification } = scenario.bridges[fault.bridge]!
      const domains = verification.kind === 'quorum' ? verification.domains : undefined
      const poisoned = believersOf(parties).filter((_, index) =>
        fault.domain === undefined ? index < fault.poisoned : domains?.[index] === fault.domain,
      )
      return [
        control(nodes.watcher, { kind: 'declare-exploit', message }),
        ...poisoned.map(
          ({ node }): Fault => ({
            kind: 'source-report',
            to: asNodeId(node),
            from: asNodeId(poisonedSource(fault.bridge)),
            message,
          }),
        ),
      ]
    },
  },
  pause: {
    check: checkBridge,
    resolve({ bridge, authority, atSeconds, forSeconds }, { scenario }) {
      const startSeconds = Date.parse(scenario.start) / 1_000
      const until = forSeconds === 0 ? 0 : startSeconds + atSeconds + forSeconds
      return [
        control(operatorOf(scenario, bridge), {
          kind: 'pause',
          bridge: bridgeAddress(bridge),
          authority,
          until,
        }),
      ]
    },
  },
  unpause: {
    check: checkBridge,
    resolve: ({ bridge, authority }, { scenario }) => [
      control(operatorOf(scenario, bridge), { kind: 'unpause', bridge: bridgeAddress(bridge), authority }),
    ],
  },
}

/** True when there is such a bridge. */
function checkBridge(
  { bridge }: { readonly bridge: string },
  { scenario, path, findings }: FaultCheck,
): boolean {
  return findings.reference([...path, 'bridge'], 'bridge', bridge, Object.keys(scenario.bridges))
}

/** The node that signs for a bridge's issuer and guardian. */
function operatorOf(scenario: Scenario, bridge: string): string {
  return scenarioNodes(scenario).bridges.find((names) => names.bridge === bridge)!.operator
}

function control(to: string, message: ControlMessage): Fault {
  return { kind: 'control', to: asNodeId(to), message }
}

/** The data source that a forge poisons: what the verifier believes to read from the source chain. */
export function poisonedSource(bridge: string): string {
  return `rpc-${bridge}`
}

/** The message that a forge makes verifiers sign: a transfer that the source chain never sent. */
export function forgedMessage(
  scenario: Scenario,
  seed: string,
  fault: Pick<FaultOf<'forge'>, 'bridge' | 'asset' | 'from' | 'to' | 'amount' | 'sequence'>,
): BridgeMessage {
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
