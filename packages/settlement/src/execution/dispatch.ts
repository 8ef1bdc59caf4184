// Runs one call in the contract that it belongs to.
import { assertNever } from '@solvent/primitives'
import type { Call, LendingCall, TransferCall } from '@solvent/protocol'
import { runBridgeCall } from '../bridge/bridge-calls.ts'
import { runCustodyCall } from '../bridge/custody-calls.ts'
import { deliverBatch } from '../bridge/deliver-batch.ts'
import { submitHeaders } from '../bridge/headers/submit-headers.ts'
import { runLimiterCall } from '../bridge/limiter/limiter-calls.ts'
import { runRecoveryCall } from '../bridge/recovery/recovery-calls.ts'
import { rotateVerifiers } from '../bridge/rotate-verifiers.ts'
import { runBundleCall } from '../bridge/verification/optimistic/bundles.ts'
import { slashValidators } from '../chain/consensus/slash.ts'
import { runAuthorityCall } from '../controls/authority/authority-calls.ts'
import { runControlled } from '../controls/guard-call.ts'
import { runStablecoinCall } from '../derivatives/algorithmic-stablecoin/stablecoin-calls.ts'
import { runDerivativeCall } from '../derivatives/contract/derivative-calls.ts'
import { runSettlerCall } from '../escrow/settler-calls.ts'
import { runLendingCall } from '../lending/contract/lending-calls.ts'
import { runIsolatedCall } from '../lending/isolated/contract/isolated-calls.ts'
import { runMarketCall } from '../market/contract/market-calls.ts'
import { runOracleCall } from '../oracle/oracle-calls.ts'
import { runPreconfirmationCall } from '../preconfirmation/preconfirmation-calls.ts'
import { runInboxCall } from '../rollup/inbox-calls.ts'
import { upgradeContract } from '../upgrade/upgrade-contract.ts'
import { type CallContext, type CallResult, holderLeg } from './call-context.ts'
import { rotateKey } from './rotate-key.ts'
import { afterFee } from './transfer-fee.ts'

/**
 * Runs the call under the chain's controls, a batch of messages under them message by message; on a reason, what it wrote is
 * for the caller to take back.
 */
export function dispatchCall(context: CallContext, call: Call): CallResult {
  if (call.kind === 'deliver-batch')
    return deliverBatch(context, call, (run) => runControlled(context, call, run))
  return runControlled(context, call, () => runCall(context, call))
}

function runCall(context: CallContext, call: Exclude<Call, { kind: 'deliver-batch' }>): CallResult {
  switch (call.kind) {
    case 'transfer':
      return transfer(context, call)
    case 'rotate-key':
      return rotateKey(context, call)
    case 'bond-preconfirmations':
    case 'prove-broken-promise':
      return runPreconfirmationCall(context, call)
    case 'open':
    case 'open-part':
    case 'cancel':
    case 'fill':
    case 'claim':
    case 'refund':
      return runSettlerCall(context, call)
    case 'deliver':
    case 'bridge-out':
    case 'send-message':
    case 'pause':
    case 'unpause':
      return runBridgeCall(context, call)
    case 'propose-bundle':
    case 'dispute-bundle':
    case 'rule-on-bundle':
      return runBundleCall(context, call)
    case 'submit-headers':
      return submitHeaders(context, call)
    case 'issue':
    case 'redeem':
    case 'pool-deposit':
    case 'pool-withdraw':
    case 'pool-refill':
    case 'pool-rate':
    case 'hash-lock-create':
    case 'hash-lock-withdraw':
    case 'hash-lock-cancel':
      return runCustodyCall(context, call)
    case 'post-batch':
    case 'post-root':
    case 'challenge':
    case 'force-transaction':
    case 'force-inclusion':
    case 'post-proof':
      return runInboxCall(context, call)
    case 'release-transfer':
    case 'vote-transfer':
    case 'price-token':
      return runLimiterCall(context, call)
    case 'refill':
    case 'share-loss':
      return runRecoveryCall(context, call)
    case 'exchange-stablecoin':
      return runStablecoinCall(context, call)
    case 'halt-withdrawals':
    case 'wind-up-custodian':
    case 'claim-estate':
    case 'buy-cover':
    case 'note-stress':
    case 'claim-cover':
    case 'draw-window':
    case 'repay-window':
    case 'seize-pledge':
    case 'buy-option':
    case 'settle-options':
    case 'exercise-option':
    case 'subscribe-nav':
    case 'request-redemption':
    case 'pay-redemptions':
    case 'fill-buffer':
    case 'deposit-margin':
    case 'withdraw-margin':
    case 'trade-perpetual':
    case 'order-perpetual':
    case 'cancel-perpetual-orders':
    case 'pay-funding':
    case 'liquidate-perpetual':
      return runDerivativeCall(context, call)
    case 'propose-measure':
    case 'vote-measure':
    case 'enact-measure':
      return runAuthorityCall(context, call)
    case 'rotate-verifiers':
      return rotateVerifiers(context, call)
    case 'upgrade':
      return upgradeContract(context, call)
    case 'swap':
    case 'add-liquidity':
    case 'remove-liquidity':
    case 'mint-range':
    case 'burn-range':
    case 'mint-vault-shares':
    case 'burn-vault-shares':
    case 'place-orders':
      return runMarketCall(context, call)
    case 'slash':
      return slashValidators(context, call)
    case 'post-price':
    case 'poke-oracle':
      return runOracleCall(context, call)
    case 'supply':
    case 'withdraw':
    case 'borrow':
    case 'repay':
    case 'set-collateral':
    case 'set-e-mode':
    case 'liquidate':
    case 'mint-to-treasury':
    case 'cover-deficit':
    case 'start-auction':
    case 'bid-in-auction':
    case 'settle-auction':
    case 'buy-in-auction':
    case 'restart-auction':
      return runCreditCall(context, call)
    default:
      return assertNever(call)
  }
}

/** A pool and an isolated market are called alike. */
function runCreditCall(context: CallContext, call: LendingCall): CallResult {
  const market = context.state.isolated.get(call.pool)
  return market === undefined ? runLendingCall(context, call) : runIsolatedCall(context, market, call)
}

function transfer(context: CallContext, call: TransferCall): CallResult {
  const { index, state, sender } = context
  const { token, to, amount } = call
  const { received, legs, rounding } = afterFee(context, token, amount)
  if (received <= 0n) return 'zero-amount'
  if (index.isProtected(to)) return 'not-authorised'
  const moved = state.ledger.post(
    'transfer',
    [holderLeg(state, sender, token, -amount), holderLeg(state, to, token, received), ...legs],
    rounding,
  )
  return moved ? null : 'insufficient-balance'
}
