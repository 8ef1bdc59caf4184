// The entry points of a rollup's contracts on its L1.
import { assertNever } from '@solvent/primitives'
import type { InboxCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { forceInclusion, forceTransaction } from './forced-inclusion.ts'
import { postBatch } from './inbox.ts'
import { postProof } from './proofs.ts'
import { challenge, postRoot } from './roots.ts'

export function runInboxCall(context: CallContext, call: InboxCall): CallResult {
  switch (call.kind) {
    case 'post-batch':
      return postBatch(context, call)
    case 'post-root':
      return postRoot(context, call)
    case 'force-transaction':
      return forceTransaction(context, call)
    case 'force-inclusion':
      return forceInclusion(context, call)
    case 'challenge':
      return challenge(context, call)
    case 'post-proof':
      return postProof(context, call)
    default:
      return assertNever(call)
  }
}
