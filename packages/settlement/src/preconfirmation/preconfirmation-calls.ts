// The contract that holds producers' bonds and pays for broken promises. A promise is broken when the chain has passed the
// block that it names without the transaction, whether it came later or never; not when the sender has used the nonce for
// another transaction. What the transaction could pay is the producer's risk: it has seen the offer before it promised.
// Half of what is forfeited goes to the sender and the rest is burned, as with every bond.
// Sources: inclusion preconfirmations as in mev-commit and Bolt (promise, slashing by proof of absence); shapes are ours.
import { type Call, contractAddress, preconfirmationDigest } from '@solvent/protocol'
import { forfeitBond, takeBond } from '../bond/bond.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'

type Ask<K extends Call['kind']> = Extract<Call, { kind: K }>

export function runPreconfirmationCall(
  context: CallContext,
  call: Ask<'bond-preconfirmations' | 'prove-broken-promise'>,
): CallResult {
  return call.kind === 'bond-preconfirmations' ? postBond(context, call) : proveBroken(context, call)
}

function postBond(context: CallContext, { amount }: Ask<'bond-preconfirmations'>): CallResult {
  const { chain, sender, state, events } = context
  const isProducer = chain.producers.some(({ address }) => address === sender)
  if (chain.preconfirmations === undefined || !isProducer) return 'not-authorised'
  if (amount <= 0n) return 'zero-amount'
  if (!takeBond(context, contractOf(chain), amount)) return 'insufficient-balance'
  const { bonds } = state.preconfirmations
  bonds.set(sender, (bonds.get(sender) ?? 0n) + amount)
  events.push({ kind: 'preconfirmations-bonded', producer: sender, amount })
  return null
}

function proveBroken(context: CallContext, { promise }: Ask<'prove-broken-promise'>): CallResult {
  const { chain, state, verifier, events } = context
  const { preconfirmation, signature } = promise
  const { producer, sender } = preconfirmation
  const { bonds, settled } = state.preconfirmations
  if (chain.preconfirmations === undefined) return 'not-authorised'
  if (preconfirmation.chainId !== chain.chainId) return 'wrong-chain'
  const digest = preconfirmationDigest(preconfirmation)
  if (!verifier.verify(digest, signature, producer)) return 'bad-signature'
  if (settled.get(digest) !== undefined) return 'already-ended'
  if (isKept(context, preconfirmation)) return 'promise-kept'
  const held = bonds.get(producer) ?? 0n
  const amount = held < chain.preconfirmations.penalty ? held : chain.preconfirmations.penalty
  if (amount === 0n) return 'insufficient-balance'
  settled.set(digest, true)
  bonds.set(producer, held - amount)
  forfeitBond(context, contractOf(chain), sender, amount)
  events.push({ kind: 'promise-broken', preconfirmation, amount })
  return null
}

/** In time, or excused: its block is still to come, or the sender took the nonce for something else. */
function isKept(
  { number, state }: CallContext,
  { transactionHash, sender, nonce, block }: Ask<'prove-broken-promise'>['promise']['preconfirmation'],
): boolean {
  if (number <= block) return true
  const includedIn = state.preconfirmations.included.get(transactionHash)
  return includedIn === undefined ? state.nonce(sender) > nonce : includedIn <= block
}

function contractOf({ name }: CallContext['chain']): ReturnType<typeof contractAddress> {
  return contractAddress('preconfirmations', name)
}
