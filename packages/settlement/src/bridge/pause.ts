// Bridge, pause and unpause by its two authorities (see freeze.ts for who outranks whom).
import type { Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'

export function pauseBridge(context: CallContext, call: Extract<Call, { kind: 'pause' }>): CallResult {
  const { rules, state, sender, events } = context
  const contract = state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { bridge, authority, until } = call
  if (sender !== contract.spec[authority].address) return 'not-authorised'
  contract.freeze.set(rules.afterPause(contract.freeze.get(), authority, until))
  events.push({ kind: 'bridge-paused', bridge, authority, until })
  return null
}

export function unpauseBridge(context: CallContext, call: Extract<Call, { kind: 'unpause' }>): CallResult {
  const { rules, state, now, sender, events } = context
  const contract = state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { bridge, authority } = call
  if (sender !== contract.spec[authority].address) return 'not-authorised'
  const freeze = rules.afterUnpause(contract.freeze.get(), authority, now)
  if (freeze === null) return 'not-authorised'
  contract.freeze.set(freeze)
  events.push({ kind: 'bridge-unpaused', bridge, authority })
  return null
}
