// What befalls bridges: forged messages, pauses and their end.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { BridgeMessage, ControlMessage, Fault } from '@solvent/protocol'
import { accountOf, bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { believersOf, bridgePartiesOf } from '../scenario/bridge-parties.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkFalseFill, falseFillOf } from '../scenario/false-fill.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultFamily, FaultOf } from './fault-context.ts'

export const bridgeFaults: FaultFamily<'forge' | 'forge-fill' | 'pause' | 'unpause'> = {
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
      checkPoisoned(fault, check)
    },
    resolve(fault, { scenario, seed }) {
      const nodes = scenarioNodes(scenario)
      const message = forgedMessage(scenario, seed, fault)
      return [
        control(nodes.watcher, { kind: 'declare-exploit', message }),
        ...poisonedBy(fault, scenario).map(
          (node): Fault => ({
            kind: 'source-report',
            to: asNodeId(node),
            from: asNodeId(poisonedSource(fault.bridge)),
            message,
          }),
        ),
      ]
    },
  },
  'forge-fill': {
    check(fault, check) {
      if (!checkBridge(fault, check)) return
      checkFalseFill(fault, check)
      checkPoisoned(fault, check)
    },
    resolve(fault, { scenario, seed }) {
      const fill = falseFillOf(fault, { scenario, seed, payee: fault.payee })
      const source = asNodeId(poisonedSource(fault.bridge))
      return [
        control(scenarioNodes(scenario).watcher, { kind: 'declare-false-fill', fill }),
        ...poisonedBy(fault, scenario).map((node) => control(node, { kind: 'forge-fill', source, fill })),
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

type Poisoning = Pick<FaultOf<'forge'>, 'bridge' | 'poisoned' | 'domain'>

function checkPoisoned(
  { bridge, poisoned, domain }: Poisoning,
  { scenario, path, findings }: FaultCheck,
): void {
  const { verification } = scenario.bridges[bridge]!
  if (domain !== undefined) {
    const domains = verification.kind === 'quorum' ? (verification.domains ?? []) : []
    findings.reference([...path, 'domain'], 'failure domain of the bridge', domain, domains)
  }
  const believers = believersOf(bridgePartiesOf(bridge, verification)).length
  if (poisoned > believers)
    findings.add('E_RANGE', [...path, 'poisoned'], 'more data sources than the bridge has', {
      got: String(poisoned),
      allowed: `at most ${believers}`,
    })
}

/** The nodes whose data sources lie: the first of the bridge's, or all of a failure domain. */
function poisonedBy({ bridge, poisoned, domain }: Poisoning, scenario: Scenario): string[] {
  const { parties } = scenarioNodes(scenario).bridges.find((names) => names.bridge === bridge)!
  const { verification } = scenario.bridges[bridge]!
  const domains = verification.kind === 'quorum' ? verification.domains : undefined
  return believersOf(parties)
    .filter((_, index) => (domain === undefined ? index < poisoned : domains?.[index] === domain))
    .map(({ node }) => node)
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
      amount: parseUnits(fault.amount, decimalsOn(scenario, fault.asset, fault.to)),
      recipient: accountOf(seed, ATTACKER),
    },
  }
}
