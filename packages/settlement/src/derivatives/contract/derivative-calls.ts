// Finds the contract of a derivative that a call is for.
import type { DerivativeCall } from '@solvent/protocol'
import { runDiscountWindowCall } from '../../controls/discount-window/window-calls.ts'
import { DiscountWindowContract } from '../../controls/discount-window/window-contract.ts'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { runCoverCall } from '../cover/cover-calls.ts'
import { CoverContract } from '../cover/cover-contract.ts'
import { runCustodianCall } from '../custodian/custodian-calls.ts'
import { CustodianContract } from '../custodian/custodian-contract.ts'
import { runNavFundCall } from '../nav-fund/nav-fund-calls.ts'
import { NavFundContract } from '../nav-fund/nav-fund-contract.ts'
import { runOptionCall } from '../option/option-calls.ts'
import { OptionContract } from '../option/option-contract.ts'
import { runPerpetualCall } from '../perpetual/perpetual-calls.ts'
import { PerpetualContract } from '../perpetual/perpetual-contract.ts'

export function runDerivativeCall(context: CallContext, call: DerivativeCall): CallResult {
  const { derivatives } = context.state
  if ('custodian' in call) {
    const contract = derivatives.get(call.custodian)
    return contract instanceof CustodianContract
      ? runCustodianCall(context, contract, call)
      : 'unknown-derivative'
  }
  if ('cover' in call) {
    const contract = derivatives.get(call.cover)
    return contract instanceof CoverContract ? runCoverCall(context, contract, call) : 'unknown-derivative'
  }
  if ('window' in call) {
    const contract = derivatives.get(call.window)
    return contract instanceof DiscountWindowContract
      ? runDiscountWindowCall(context, contract, call)
      : 'unknown-derivative'
  }
  if ('navFund' in call) {
    const contract = derivatives.get(call.navFund)
    return contract instanceof NavFundContract
      ? runNavFundCall(context, contract, call)
      : 'unknown-derivative'
  }
  if ('desk' in call) {
    const contract = derivatives.get(call.desk)
    return contract instanceof OptionContract ? runOptionCall(context, contract, call) : 'unknown-derivative'
  }
  const contract = derivatives.get(call.house)
  return contract instanceof PerpetualContract
    ? runPerpetualCall(context, contract, call)
    : 'unknown-derivative'
}
