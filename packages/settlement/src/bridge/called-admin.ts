// A message that calls a contract: anybody may send it, and verifiers attest what was sent. The only contract here that does
// something on a message's word is a bridge whose own admin is unprotected: whoever the sender names verifies from then on.
// Source: Poly Network, August 2021 (EthCrossChainManager called any contract on a message's word, also the one that held
// the keepers' keys and took orders from the manager alone).
import type { BridgePayload, Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { replaceSet } from './rotate-verifiers.ts'
import { sendMessage } from './send.ts'
import { mayFollow } from './verification/verifier-sets.ts'

/** The sending side. */
export function sendCall(
  context: CallContext,
  { bridge, dstChainId, target, verifiers, threshold }: Extract<Call, { kind: 'send-message' }>,
): CallResult {
  const { state, index, chain, sender } = context
  if (!state.bridges.has(bridge)) return 'unknown-bridge'
  const isElsewhere =
    dstChainId !== chain.chainId && index.spec.chains.some((each) => each.chainId === dstChainId)
  if (!isElsewhere) return 'wrong-destination'
  const payload = { kind: 'set-verifiers', target, verifiers, threshold } as const
  sendMessage(context, { bridge, emitter: sender, dstChainId, payload })
  return null
}

/** The receiving side. */
export function setVerifiers(
  context: CallContext,
  contract: BridgeState,
  { target, verifiers, threshold }: Extract<BridgePayload, { kind: 'set-verifiers' }>,
): CallResult {
  const { spec, sets, flaws } = contract
  if (target !== spec.address) return 'unknown-contract'
  if (!flaws.has('admin-unprotected')) return 'not-authorised'
  if (context.rules.blockedByFreeze(contract.freeze.get(), context.now, 'prove')) return 'paused'
  if (sets === null) return 'bad-set'
  const next = { setIndex: sets.current.setIndex + 1, verifiers, threshold }
  if (!mayFollow(next, sets.current.setIndex)) return 'bad-set'
  replaceSet(context, spec.address, sets, next)
  return null
}
