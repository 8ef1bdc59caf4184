// Steps that use a bridge, and those of attackers: messages that were never sent, and messages that were delivered already.
import { parseUnits } from '@solvent/primitives'
import type { BridgeMessage, BridgeSpec, MessageProof } from '@solvent/protocol'
import { accountOf, bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import { emptyProof, invalidProof, ownProof, stolenKeysProof } from './forged-proof.ts'
import { participantNames } from './participants.ts'
import { stepLabel } from './step-label.ts'
import type { StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

export const bridgeSteps: StepFamily<
  'bridge-out' | 'send-message' | 'deliver-forged' | 'deliver-again' | 'refill'
> = {
  'bridge-out': {
    check: checkCrossing,
    resolve(step, { scenario, seed, actor }) {
      return {
        chainId: chainIdOf(scenario, step.from),
        action: {
          kind: 'call',
          call: {
            kind: 'bridge-out',
            bridge: bridgeAddress(step.bridge),
            token: tokenAddress(scenario, step.from, step.asset),
            amount: amountOf(scenario, step),
            dstChainId: chainIdOf(scenario, step.to),
            recipient: accountOf(seed, step.recipient ?? actor),
          },
        },
      }
    },
  },
  'send-message': {
    check({ bridge, from, to, verifiers, threshold }, { scenario, path, findings }) {
      const carriers = Object.keys(scenario.bridges).filter(
        (name) => scenario.bridges[name]!.verification.kind !== 'none',
      )
      findings.reference([...path, 'bridge'], 'bridge that carries messages', bridge, carriers)
      const chains = Object.keys(scenario.chains)
      findings.reference([...path, 'from'], 'chain', from, chains)
      findings.reference([...path, 'to'], 'chain', to, chains)
      if (from === to)
        findings.add('E_CYCLE', path, 'a message crosses chains', {
          got: `${from}→${to}`,
          allowed: 'two different chains',
        })
      verifiers.forEach((each, index) =>
        findings.reference([...path, 'verifiers', index], 'participant', each, participantNames(scenario)),
      )
      if (threshold > verifiers.length)
        findings.add('E_RANGE', [...path, 'threshold'], 'more signatures than verifiers', {
          got: `${threshold} of ${verifiers.length}`,
          allowed: `1 to ${verifiers.length}`,
        })
    },
    resolve({ bridge, from, to, verifiers, threshold }, { scenario, seed }) {
      return {
        chainId: chainIdOf(scenario, from),
        action: {
          kind: 'call',
          call: {
            kind: 'send-message',
            bridge: bridgeAddress(bridge),
            dstChainId: chainIdOf(scenario, to),
            target: bridgeAddress(bridge),
            verifiers: verifiers.map((each) => accountOf(seed, each)),
            threshold,
          },
        },
      }
    },
  },
  'deliver-forged': {
    check(step, check) {
      checkCrossing(step, check)
      const bridge = check.scenario.bridges[step.bridge]
      if (bridge !== undefined && step.signatures === 'keys' && step.keys > verifierCount(bridge))
        check.findings.add('E_RANGE', [...check.path, 'keys'], 'more keys than the bridge has verifiers', {
          got: String(step.keys),
          allowed: `at most ${verifierCount(bridge)}`,
        })
      checkBrokenScheme(step, check)
    },
    resolve(step, resolution) {
      const { scenario, spec } = resolution
      const bridge = spec.bridges.find(({ name }) => name === step.bridge)!
      const message = forgedMessage(step, resolution)
      const chainId = chainIdOf(scenario, step.to)
      const exploit = step.outcome === 'accepted' ? { exploit: message } : {}
      if (step.signatures === 'stolen')
        return { chainId, action: { kind: 'deliver-stolen', bridge: bridge.address, message }, ...exploit }
      if (step.signatures === 'broken-scheme') {
        const keys = { scheme: spec.signatures, seed: resolution.seed }
        return { chainId, action: { kind: 'deliver-broken', message, keys } }
      }
      const proof = forgedProof(step, bridge, message, resolution)
      return { chainId, action: { kind: 'call', call: { kind: 'deliver', message, proof } }, ...exploit }
    },
  },
  'deliver-again': {
    check(step, { scenario, actor, index, path, findings }) {
      if (step.on !== undefined)
        findings.reference([...path, 'on'], 'chain', step.on, Object.keys(scenario.chains))
      findings.reference(
        [...path, 'of'],
        'earlier bridge-out',
        step.of,
        earlierCrossings(scenario, actor, index),
      )
    },
    resolve(step, resolution) {
      const { scenario, actor } = resolution
      const sent = scenario.actors[actor]!.steps.find(
        (each, index): each is StepOf<'bridge-out'> =>
          each.do === 'bridge-out' && stepLabel(each, index) === step.of,
      )!
      const message = forgedMessage({ ...sent, sequence: step.sequence }, resolution)
      const exploit = step.outcome === 'accepted' ? { exploit: message } : {}
      return {
        chainId: chainIdOf(scenario, step.on ?? sent.to),
        action: { kind: 'deliver-again', label: step.of },
        ...exploit,
      }
    },
  },
  refill: {
    check({ bridge, asset }, { scenario, path, findings }) {
      const locking = Object.keys(scenario.bridges).filter(
        (each) => scenario.bridges[each]!.custody.kind === 'lock-mint',
      )
      if (findings.reference([...path, 'bridge'], 'bridge with a lock', bridge, locking))
        findings.reference(
          [...path, 'asset'],
          'asset of the bridge',
          asset,
          Object.keys(scenario.bridges[bridge]!.assets),
        )
    },
    resolve(step, { scenario }) {
      const { home } = scenario.bridges[step.bridge]!.assets[step.asset]!
      return {
        chainId: chainIdOf(scenario, home),
        action: {
          kind: 'call',
          call: {
            kind: 'refill',
            bridge: bridgeAddress(step.bridge),
            token: tokenAddress(scenario, home, step.asset),
            amount: parseUnits(step.amount, scenario.assets[step.asset]!.decimals),
          },
        },
      }
    },
  },
}

type Crossing = StepOf<'bridge-out'> | StepOf<'deliver-forged'>

function checkCrossing(step: Crossing, { scenario, path, findings }: StepCheck): void {
  // Nothing crosses over hash locks: their steps are others.
  const carriers = Object.keys(scenario.bridges).filter(
    (name) => scenario.bridges[name]!.custody.kind !== 'hash-lock',
  )
  if (!findings.reference([...path, 'bridge'], 'bridge', step.bridge, carriers)) return
  const assets = Object.keys(scenario.bridges[step.bridge]!.assets)
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', step.asset, assets)) return
  const chains = chainsOfAsset(scenario, step.asset)
  findings.reference([...path, 'from'], 'chain of the asset', step.from, chains)
  findings.reference([...path, 'to'], 'chain of the asset', step.to, chains)
  if (step.from === step.to)
    findings.add('E_CYCLE', path, 'a message crosses chains', {
      got: `${step.from}→${step.to}`,
      allowed: 'two different chains',
    })
  if (step.recipient !== undefined)
    findings.reference([...path, 'recipient'], 'participant', step.recipient, participantNames(scenario))
}

/** What a broken scheme lets through, the fault declares: the step declares nothing beside it. */
function checkBrokenScheme(
  step: StepOf<'deliver-forged'>,
  { scenario, actor, path, findings }: StepCheck,
): void {
  if (step.signatures !== 'broken-scheme') return
  const isBroken = scenario.faults.some((fault) => fault.kind === 'scheme-break' && fault.actor === actor)
  if (!isBroken)
    findings.add('E_REFERENCE', [...path, 'signatures'], 'the step would wait for ever', {
      got: `no fault scheme-break of actor ${actor}`,
      allowed: 'a fault of kind scheme-break that names this actor',
    })
  const kind = scenario.bridges[step.bridge]?.verification.kind
  if (kind !== undefined && kind !== 'quorum')
    findings.add('E_VALUE', [...path, 'signatures'], 'a bridge at which nobody signs', {
      got: `verification ${kind}`,
      allowed: 'verification quorum',
    })
  if (step.outcome === 'accepted')
    findings.add('E_VALUE', [...path, 'outcome'], 'the audit judges by the keys that are broken', {
      got: step.outcome,
      allowed: 'no outcome: the fault scheme-break declares what may come of it',
    })
}

function earlierCrossings(scenario: Scenario, actor: string, before: number): string[] {
  return scenario.actors[actor]!.steps.slice(0, before).flatMap((step, index) =>
    step.do === 'bridge-out' ? [stepLabel(step, index)] : [],
  )
}

/** In base units where the step happens: what leaves, or what a forged message brings. */
function amountOf(scenario: Scenario, { do: kind, asset, amount, from, to }: Crossing): bigint {
  return parseUnits(amount, decimalsOn(scenario, asset, kind === 'bridge-out' ? from : to))
}

/** What the forger hands in beside the message. */
function forgedProof(
  { signatures, keys, setIndex }: StepOf<'deliver-forged'>,
  bridge: BridgeSpec,
  message: BridgeMessage,
  forger: StepResolution,
): MessageProof {
  switch (signatures) {
    case 'none':
      return emptyProof(bridge)
    case 'own':
      return ownProof(bridge, message, { ...forger, setIndex })
    case 'keys':
      return stolenKeysProof(bridge, message, { ...forger, keys, setIndex })
    default:
      return invalidProof(bridge, message, forger)
  }
}

function forgedMessage(
  step: Crossing & { readonly sequence: number },
  { scenario, seed, actor }: StepResolution,
): BridgeMessage {
  const bridge = bridgeAddress(step.bridge)
  return {
    bridge,
    srcChainId: chainIdOf(scenario, step.from),
    emitter: bridge,
    sequence: step.sequence,
    dstChainId: chainIdOf(scenario, step.to),
    payload: {
      kind: 'transfer',
      token: tokenAddress(scenario, step.to, step.asset),
      amount: amountOf(scenario, step),
      recipient: accountOf(seed, step.recipient ?? actor),
    },
  }
}
