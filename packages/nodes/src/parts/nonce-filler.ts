// Filling a gap in an account's nonces: what no transaction has is given to one that does nothing, a wei from the account to
// itself, so that what waits behind it can run. Relayers do so by hand or by themselves (OpenZeppelin Relayer: "no-op").
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import type { Call } from '@solvent/protocol'

const FILLER_REF = 'nonce-filler/'

export function fillerOf(self: Address, nonce: number): { readonly call: Call; readonly ref: string } {
  return { call: { kind: 'transfer', token: ZERO_ADDRESS, to: self, amount: 1n }, ref: FILLER_REF + nonce }
}

/** Whether a ref is that of a filler. */
export function isFiller({ ref }: { readonly ref: string }): boolean {
  return ref.startsWith(FILLER_REF)
}
