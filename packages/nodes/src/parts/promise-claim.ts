// What a sender does about a broken promise of inclusion: it hands the promise in on the chain, which pays for it out of the
// producer's bond. The sender's own business, which its node did not ask for.
import type { Ports } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { Call, SignedPreconfirmation, SolventVocabulary } from '@solvent/protocol'
import type { LaneState } from './lane-state.ts'

const CLAIM_REF = 'broken-promise/'

/** The transaction that hands a broken promise in, noted in log and meter. */
export function claimOf(
  { lane }: LaneState,
  promise: SignedPreconfirmation,
  ports: Pick<Ports<SolventVocabulary>, 'log' | 'meter'>,
): { readonly chainId: ChainId; readonly call: Call; readonly ref: string } {
  const { transactionHash, block } = promise.preconfirmation
  ports.meter.count('promises-broken')
  ports.log.text(
    'warn',
    `${transactionHash} was promised for block ${block} of ${lane.chain.name} at the latest.`,
  )
  const { chainId } = lane.chain
  return { chainId, call: { kind: 'prove-broken-promise', promise }, ref: CLAIM_REF + transactionHash }
}

/** Whether a ref is that of a claim. */
export function isClaim({ ref }: { readonly ref: string }): boolean {
  return ref.startsWith(CLAIM_REF)
}
