// What becomes of value that crosses: the bridge's kind of custody decides, and each kind has its own file.
import { assertNever } from '@solvent/primitives'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { burnOut, mintIn } from './burn-mint.ts'
import type { BridgeOut } from './crossing.ts'
import { lockOrBurn, releaseOrMint } from './lock-mint.ts'
import { poolIn, poolOut } from './pool.ts'
import type { Transfer } from './transfer.ts'

/** Takes value in on the sending side and sends the message. */
export function sendTransfer(context: CallContext, contract: BridgeState, call: BridgeOut): CallResult {
  const { custody } = contract.spec
  switch (custody.kind) {
    case 'lock-mint':
      return lockOrBurn(context, contract, call)
    case 'burn-mint':
      return burnOut(context, contract, call)
    case 'pool':
      return poolIn(context, contract, call)
    case 'hash-lock':
      return 'wrong-custody'
    default:
      return assertNever(custody)
  }
}

/** Pays value out on the receiving side, for a message that is believed. */
export function receiveTransfer(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  const { custody } = contract.spec
  switch (custody.kind) {
    case 'lock-mint':
      return releaseOrMint(context, contract, transfer)
    case 'burn-mint':
      return mintIn(context, contract, transfer, custody.feeBps)
    case 'pool':
      return poolOut(context, contract, transfer, custody.fee)
    case 'hash-lock':
      return 'wrong-custody'
    default:
      return assertNever(custody)
  }
}
