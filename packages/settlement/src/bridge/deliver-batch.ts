// Bridge, receiving side, several messages of one lane in one transaction: one proof of them all, then each by itself, in
// order. One that fails leaves nothing behind but the reason, and may come again; the others do not notice.
// Sources: Chainlink CCIP 1.6 (OffRamp: `_executeSingleReport`, SkippedAlreadyExecutedMessage, ExecutionStateChanged),
// Multicall3 (`aggregate3` with `allowFailure`), as relayers of Hyperlane batch.
import { type BridgeMessage, type Call, messageDigest } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { takeMessage } from './deliver.ts'
import { evidenceInBatch, refuseBatchProof, refuseInBatch } from './verification/message-proof.ts'

type Batch = Extract<Call, { kind: 'deliver-batch' }>

/** Hands the batch in; `controlled` runs a message under what guards the chain. */
export function deliverBatch(
  context: CallContext,
  batch: Batch,
  controlled: (run: () => CallResult) => CallResult,
): CallResult {
  const { rules, state, chain } = context
  const { messages, proof } = batch
  const first = messages[0]
  if (first === undefined || !isOneLane(first, messages)) return 'mixed-lanes'
  const contract = state.bridges.get(first.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (!rules.deliveredHere(first.dstChainId, chain.chainId)) return 'wrong-destination'
  const refused = refuseBatchProof(context, contract, messages, proof)
  if (refused !== null) return refused
  messages.forEach((message, place) => {
    const arrival = {
      message,
      refuse: () => refuseInBatch(context, contract, message, { proof, place }),
      evidence: () => evidenceInBatch(proof, place),
    }
    takeOrSkip(context, message, () => controlled(() => takeMessage(context, contract, arrival)))
  })
  return null
}

/** Whether all come over one bridge, from one emitter on one chain, to one chain. */
function isOneLane(
  { bridge, srcChainId, emitter, dstChainId }: BridgeMessage,
  messages: readonly BridgeMessage[],
): boolean {
  return messages.every(
    (other) =>
      other.bridge === bridge &&
      other.srcChainId === srcChainId &&
      other.emitter === emitter &&
      other.dstChainId === dstChainId,
  )
}

/** Takes back what a message that fails has done, and says so. */
function takeOrSkip(context: CallContext, message: BridgeMessage, take: () => CallResult): void {
  const { state, events } = context
  const mark = state.log.mark()
  const posted = state.ledger.postedCount()
  const told = events.length
  const reason = take()
  if (reason === null) return
  state.log.rollback(mark)
  state.ledger.dropPosted(posted)
  events.length = told
  events.push({ kind: 'message-skipped', bridge: message.bridge, digest: messageDigest(message), reason })
}
