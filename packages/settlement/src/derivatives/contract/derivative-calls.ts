// Finds the contract of a derivative that a call is for.
import type { DerivativeCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { runCustodianCall } from '../custodian/custodian-calls.ts'
import { CustodianContract } from '../custodian/custodian-contract.ts'

export function runDerivativeCall(context: CallContext, call: DerivativeCall): CallResult {
  const contract = context.state.derivatives.get(call.custodian)
  return contract instanceof CustodianContract
    ? runCustodianCall(context, contract, call)
    : 'unknown-derivative'
}
