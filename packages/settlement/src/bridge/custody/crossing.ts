// What every kind of custody asks before value leaves a chain, and how the sender's side of the entry looks: the token
// is carried, the destination has it, somebody can receive it, something survives the truncation (L-8).
import type { Address } from '@solvent/primitives'
import type { Call, Leg, RevertReason, Rounding } from '@solvent/protocol'
import { type CallContext, holderLeg } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { type RouteEnd, routeOf, tokenOn } from '../route.ts'
import type { Truncation } from '../truncation.ts'

export type BridgeOut = Extract<Call, { kind: 'bridge-out' }>

export interface Crossing extends Truncation {
  readonly end: RouteEnd
  /** The token on the destination chain. */
  readonly arriving: Address
}

/** How the call's amount crosses, or why it does not. */
export function planCrossing(
  { index, rules, chain }: CallContext,
  contract: BridgeState,
  { token, amount, dstChainId, recipient }: BridgeOut,
): Crossing | RevertReason {
  const end = routeOf(contract.spec, chain.chainId, token)
  if (end === undefined) return 'unknown-token'
  const arriving = dstChainId === chain.chainId ? undefined : tokenOn(end.route, dstChainId)
  if (arriving === undefined) return 'wrong-destination'
  if (index.isProtected(recipient)) return 'not-authorised'
  const source = index.token(chain.chainId, token)
  const destination = index.token(dstChainId, arriving)
  if (source === undefined || destination === undefined) return 'unknown-token'
  if (amount <= 0n) return 'zero-amount'
  const decimals = {
    source: source.decimals,
    destination: destination.decimals,
    shared: contract.spec.sharedDecimals,
  }
  const truncation = rules.truncate(amount, decimals)
  return truncation.sent <= 0n ? 'zero-amount' : { ...truncation, end, arriving }
}

/** The sender parts with what custody takes, by these legs, and gets the dust back, in one entry that states the division. */
export function senderLegs(
  { state, sender }: CallContext,
  { token, amount }: BridgeOut,
  { sent, dust, divisor }: Crossing,
  { custody, taken }: { readonly custody: bigint; readonly taken: readonly Leg[] },
): { readonly legs: Leg[]; readonly rounding: Rounding[] } {
  const given = holderLeg(state, sender, token, -(custody + (amount - sent)))
  const parts = dust > 0n ? [holderLeg(state, sender, token, dust), ...taken] : taken
  // Mostly there is one: a list of just two, since the journal keeps it.
  const legs = parts.length === 1 ? [given, parts[0] as Leg] : [given, ...parts]
  const rounding: Rounding[] =
    amount === sent ? [] : [{ token, direction: 'floor', residue: amount - sent, divisor }]
  return { legs, rounding }
}
