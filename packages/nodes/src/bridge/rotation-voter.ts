// A verifier's vote for the set that is to follow: what its operator wants becomes one transaction per chain, each for the
// index after the one that counts there.
import type { Ports } from '@solvent/ports'
import type {
  BridgeSpec,
  ControlMessage,
  ControlReply,
  NetworkSpec,
  SolventVocabulary,
} from '@solvent/protocol'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { VerifierSets } from './verifier-sets.ts'

export interface RotationVoterInit {
  readonly spec: NetworkSpec
  readonly bridge: BridgeSpec
  readonly sets: VerifierSets
  readonly sender: TransactionSender
}

export interface RotationVoter {
  onControl(control: Extract<ControlMessage, { kind: 'rotate-verifiers' }>): ControlReply
}

export function createRotationVoter(
  { spec, bridge, sets, sender }: RotationVoterInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock'>,
): RotationVoter {
  let votes = 0
  return {
    onControl({ bridge: address, verifiers, threshold, on }) {
      if (address !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
      const at = `${ports.clock.nowMs()}/${votes++}`
      for (const chainId of on.length === 0 ? spec.chains.map((chain) => chain.chainId) : on) {
        const next = { setIndex: sets.current(chainId).setIndex + 1, verifiers, threshold }
        const call = { kind: 'rotate-verifiers', bridge: address, next } as const
        sender.send({ chainId, call, ref: `rotate-verifiers/${at}` })
      }
      return { kind: 'done' }
    },
  }
}
