// The entry points of a bridge's custody, by what it is that they belong to.
import { assertNever } from '@solvent/primitives'
import type { CustodyCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { runHashLockCall } from './hash-lock-calls.ts'
import { runIssuanceCall } from './issuance-calls.ts'
import { runPoolCall } from './pool-calls.ts'

export function runCustodyCall(context: CallContext, call: CustodyCall): CallResult {
  switch (call.kind) {
    case 'issue':
    case 'redeem':
      return runIssuanceCall(context, call)
    case 'pool-deposit':
    case 'pool-withdraw':
    case 'pool-refill':
    case 'pool-rate':
      return runPoolCall(context, call)
    case 'hash-lock-create':
    case 'hash-lock-withdraw':
    case 'hash-lock-cancel':
      return runHashLockCall(context, call)
    default:
      return assertNever(call)
  }
}
