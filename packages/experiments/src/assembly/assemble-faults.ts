// From the scenario's faults to the schedule that both runtimes apply.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { BridgeMessage, ControlMessage, Fault, ScheduledFault } from '@solvent/protocol'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario, ScenarioFault } from '../scenario/scenario-schema.ts'
import { accountOf, bridgeAddress, tokenAddress } from './addresses.ts'
import { ATTACKER } from './assemble-genesis.ts'
import { chainIdOf } from './assemble-spec.ts'

export function assembleFaults(scenario: Scenario, seed: string): ScheduledFault[] {
  const scheduled = scenario.faults.flatMap((fault) =>
    resolve(scenario, seed, fault).map(
      (item): ScheduledFault => ({ atMs: fault.atSeconds * 1_000, label: labelOf(fault), fault: item }),
    ),
  )
  return scheduled
    .map((item, index) => ({ item, index }))
    .sort((a, b) => a.item.atMs - b.item.atMs || a.index - b.index)
    .map(({ item }) => item)
}

/** The data source that a forge poisons: what the verifier believes to read from the source chain. */
export function poisonedSource(bridge: string): string {
  return `rpc-${bridge}`
}

/** The message that a forge makes verifiers sign: a transfer that the source chain never sent. */
function forgedMessage(
  scenario: Scenario,
  seed: string,
  fault: Extract<ScenarioFault, { kind: 'forge' }>,
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

function resolve(scenario: Scenario, seed: string, fault: ScenarioFault): Fault[] {
  const nodes = scenarioNodes(scenario)
  const control = (to: string, message: ControlMessage): Fault => ({
    kind: 'control',
    to: asNodeId(to),
    message,
  })
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
    case 'crash':
      return [
        {
          kind: 'crash',
          node: asNodeId(fault.node),
          disk: fault.disk,
          restartAfterMs: fault.restartAfterSeconds === null ? null : fault.restartAfterSeconds * 1_000,
        },
      ]
    case 'suspend':
      return [{ kind: 'suspend', node: asNodeId(fault.node), durationMs: fault.forSeconds * 1_000 }]
    case 'partition':
      return [
        {
          kind: 'partition',
          from: fault.from.map(asNodeId),
          to: fault.to.map(asNodeId),
          symmetric: fault.symmetric,
          durationMs: fault.forSeconds * 1_000,
        },
      ]
    case 'link':
      return [
        {
          kind: 'link',
          from: fault.from.map(asNodeId),
          to: fault.to.map(asNodeId),
          loss: fault.loss,
          duplicate: fault.duplicate,
          delayMs: fault.delayMs,
          jitterMs: fault.jitterMs,
          durationMs: fault.forSeconds * 1_000,
        },
      ]
    case 'clock-skew':
      return [{ kind: 'clock-skew', node: asNodeId(fault.node), skewMs: fault.skewMs }]
  }
}

function labelOf(fault: ScenarioFault): string {
  const target = 'bridge' in fault ? fault.bridge : 'node' in fault ? fault.node : fault.from.join('+')
  return `${fault.kind} ${target}`
}
