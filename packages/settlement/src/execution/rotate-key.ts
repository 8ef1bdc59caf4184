// The owner of an account puts another key in the place of the one that signs for it. From the next transaction on the old key signs nothing.
// Source: Cosmos SDK ADR-034 (the account keeps its address; what the old key signed before counts).
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { KeyCall } from '@solvent/protocol'
import type { CallContext, CallResult } from './call-context.ts'

export function rotateKey({ index, state, sender, events }: CallContext, { key }: KeyCall): CallResult {
  if (key === ZERO_ADDRESS || index.isProtected(key)) return 'not-authorised'
  state.setKey(sender, key)
  events.push({ kind: 'key-rotated', account: sender, key })
  return null
}
