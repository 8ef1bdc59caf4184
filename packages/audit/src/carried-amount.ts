// What the message beside a movement of custody carries, in the finest units of its route.
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { RouteLedger } from './route-ledger.ts'

export interface Carried {
  /** Null where the receipt has no message of a transfer for it. */
  readonly carried: bigint | null
  /** What its recipient bears of a shared loss. */
  readonly borne: bigint
}

export function carriedBy(
  { receipt, chain }: Scope,
  ledger: RouteLedger,
  { step, token, message: digest }: Extract<ChainEvent, { kind: 'bridge-transfer' }>,
): Carried {
  const isSending = step !== 'minted' && step !== 'released'
  let carried: bigint | null = null
  let borne = 0n
  for (const event of receipt.events) {
    if (event.kind === 'redemption-reduced' && event.message === digest)
      borne = (event.claimed - event.paid) * ledger.scale(chain.chainId, token)
    if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') continue
    if ((event.kind === 'message-sent') !== isSending || event.digest !== digest) continue
    const { payload, dstChainId } = event.message
    if (payload.kind === 'transfer') carried = payload.amount * ledger.scale(dstChainId, payload.token)
  }
  return { carried, borne }
}
