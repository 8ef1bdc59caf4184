// An optimistic bridge's contract: bundles are proposed under bond, may be disputed under the same bond while their
// liveness runs, and are ruled on by an arbiter. A disputed bundle is not believed until it is upheld; its messages may
// be proposed again meanwhile. Sources: Across HubPool (proposeRootBundle, disputeRootBundle: in time while
// now <= challengePeriodEndTimestamp, executable when now > it), UMA Optimistic Oracle V2 (bonds, settlement).
import { assertNever } from '@solvent/primitives'
import {
  type BundleCall as AnyBundleCall,
  MAX_BUNDLE_LANES,
  MAX_BUNDLE_MESSAGES,
  type MessageLane,
  type OptimisticVerification,
  type RevertReason,
} from '@solvent/protocol'
import { forfeitBond, returnBond, takeBond } from '../../../bond/bond.ts'
import type { CallContext, CallResult } from '../../../execution/call-context.ts'
import type { BridgeState } from '../../bridge-state.ts'
import { type BundleRecord, isBelieved } from './bundle-state.ts'

type BundleCall<K extends AnyBundleCall['kind']> = Extract<AnyBundleCall, { kind: K }>

interface Optimistic {
  readonly contract: BridgeState
  readonly verification: OptimisticVerification
}

/** The entry points of an optimistic bridge's contract beside those of every bridge. */
export function runBundleCall(context: CallContext, call: AnyBundleCall): CallResult {
  switch (call.kind) {
    case 'propose-bundle':
      return proposeBundle(context, call)
    case 'dispute-bundle':
      return disputeBundle(context, call)
    case 'rule-on-bundle':
      return ruleOnBundle(context, call)
    default:
      return assertNever(call)
  }
}

function proposeBundle(context: CallContext, call: BundleCall<'propose-bundle'>): CallResult {
  const found = optimisticAt(context, call)
  if (typeof found === 'string') return found
  const { verification } = found
  const { bundles } = found.contract
  const { sender, now, events } = context
  if (!verification.proposers.some(({ address }) => address === sender)) return 'not-authorised'
  const { bridge, lanes, count, root } = call
  if (!isSound(lanes) || count < 1 || count > MAX_BUNDLE_MESSAGES) return 'bad-bundle'
  if (!takeBond(context, bridge, verification.bond)) return 'insufficient-balance'
  const openUntil = now + verification.livenessSeconds
  const bundle = bundles.add(
    Object.freeze({
      ...{ lanes, root, count, status: 'open', proposer: sender, openUntil },
      ...{ disputer: null, ruledFrom: null, isBonded: true },
    }),
  )
  events.push({ kind: 'bundle-proposed', bridge, bundle, lanes, count, root, proposer: sender, openUntil })
  return null
}

function disputeBundle(context: CallContext, call: BundleCall<'dispute-bundle'>): CallResult {
  const found = optimisticAt(context, call)
  if (typeof found === 'string') return found
  const { verification } = found
  const { bundles } = found.contract
  const { sender, now, events } = context
  const { bridge, bundle } = call
  const record = bundles.get(bundle)
  if (record === undefined) return 'unknown-bundle'
  if (record.status !== 'open' || now > record.openUntil) return 'bundle-closed'
  if (!takeBond(context, bridge, verification.bond)) return 'insufficient-balance'
  const ruledFrom = now + verification.arbitrationSeconds
  bundles.set(bundle, Object.freeze({ ...record, status: 'disputed', disputer: sender, ruledFrom }))
  events.push({ kind: 'bundle-disputed', bridge, bundle, disputer: sender, ruledFrom })
  return null
}

/** The arbiter's word: the bundle is upheld or rejected, and the loser's bond is forfeited to the winner. */
function ruleOnBundle(context: CallContext, call: BundleCall<'rule-on-bundle'>): CallResult {
  const found = optimisticAt(context, call)
  if (typeof found === 'string') return found
  const { verification } = found
  const { bundles } = found.contract
  const { bridge, bundle, upheld } = call
  if (context.sender !== verification.arbiter.address) return 'not-authorised'
  const record = bundles.get(bundle)
  if (record === undefined) return 'unknown-bundle'
  const { disputer, ruledFrom, proposer } = record
  if (record.status !== 'disputed' || disputer === null || ruledFrom === null) return 'bundle-closed'
  if (context.now < ruledFrom) return 'too-early'
  const winner = upheld ? proposer : disputer
  returnBond(context, bridge, winner, verification.bond)
  forfeitBond(context, bridge, winner, verification.bond)
  bundles.set(bundle, Object.freeze({ ...record, status: upheld ? 'upheld' : 'rejected', isBonded: false }))
  context.events.push({ kind: 'bundle-ruled', bridge, bundle, upheld, winner })
  return null
}

/** A bundle has stood undisputed: its proposer gets the bond back, with the first message that is believed by it. */
export function releaseBond(context: CallContext, contract: BridgeState, bundle: number): void {
  const { verification, address } = contract.spec
  const record = contract.bundles.get(bundle)
  if (verification.kind !== 'optimistic' || record === undefined) return
  if (!record.isBonded || !isBelieved(record, context.now)) return
  returnBond(context, address, record.proposer, verification.bond)
  contract.bundles.set(bundle, Object.freeze({ ...record, isBonded: false } satisfies BundleRecord))
}

function optimisticAt(
  { state }: CallContext,
  { bridge }: { bridge: BridgeState['spec']['address'] },
): Optimistic | RevertReason {
  const contract = state.bridges.get(bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { verification } = contract.spec
  return verification.kind === 'optimistic' ? { contract, verification } : 'not-authorised'
}

/** Whether there are lanes, not too many, and none runs backwards. */
function isSound(lanes: readonly MessageLane[]): boolean {
  return lanes.length > 0 && lanes.length <= MAX_BUNDLE_LANES && lanes.every(({ from, to }) => from <= to)
}
