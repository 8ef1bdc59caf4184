// Bridge: who verifies from now on. Verifiers of the current set vote by transaction, on each chain by itself, and with as
// many votes as messages need signatures the next set takes its place. Wormhole hands in one message with a quorum of
// signatures instead; votes of owners in the contract are Safe's (`approveHash`) and Ronin's bridge manager's.
import type { Address } from '@solvent/primitives'
import { type RotationCall, rotationDigest, type VerifierSetTerms } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { mayFollow, type VerifierSets } from './verification/verifier-sets.ts'

export function rotateVerifiers(context: CallContext, { bridge, next }: RotationCall): CallResult {
  const { state, sender, events } = context
  const contract = state.bridges.get(bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { sets } = contract
  if (sets === null) return 'bad-set'
  const { current } = sets
  const proposal = rotationDigest(next)
  const voters = sets.votes.get(proposal) ?? []
  if (!current.verifiers.includes(sender) || voters.includes(sender)) return 'not-authorised'
  if (!mayFollow(next, current.setIndex)) return 'bad-set'
  sets.votes.set(proposal, [...voters, sender])
  events.push({ kind: 'rotation-voted', bridge, proposal, voter: sender })
  if (voters.length + 1 >= current.threshold) replaceSet(context, bridge, sets, next)
  return null
}

/** Puts the next set in its place and says so. */
export function replaceSet(
  { now, events }: CallContext,
  bridge: Address,
  sets: VerifierSets,
  next: VerifierSetTerms,
): void {
  const graceUntil = sets.rotate(next, now)
  events.push({ kind: 'verifiers-rotated', bridge, next, graceUntil })
}
