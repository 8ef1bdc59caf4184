// Insurance: funds behind lending pools, mutuals among them, and funds that have sold cover. docs/models/exposures.md.
import type { AccountBalance } from '@solvent/audit'
import { divFloor, minBig } from '@solvent/primitives'
import type { CoverSpec, LendingPoolSpec, NetworkSpec } from '@solvent/protocol'
import type { ReserveOutcome } from '../credit-outcome.ts'
import type { OpenCover } from '../derivatives/cover-meter.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import type { Holders } from './holders.ts'
import { lendingNode } from './lending-exposures.ts'
import type { HoldingsDesk } from './place-holdings.ts'

export const INSURANCE_LAYER = 'insurance'
/** A fund gives up what its own pool owes it before a supplier loses anything. */
export const FUND_RANK = 1

const BPS = 10_000n

/** The insurer whose account it is; null when it is none. */
export function insurerNode(
  draft: ExposureDraft,
  spec: NetworkSpec,
  { kind, owner }: AccountBalance,
): string | null {
  if (kind !== 'POOL') return null
  const insured = spec.lendingPools.find(({ insurance }) => insurance?.fund === owner)
  if (insured !== undefined) return fundNode(draft, insured)
  const cover = coversOf(spec).find(({ address }) => address === owner)
  return cover === undefined ? null : coverNode(draft, cover)
}

const fundNode = (draft: ExposureDraft, { name }: LendingPoolSpec): string =>
  draft.node(`lending/${name}/fund`, 'insurance')

const coverNode = (draft: ExposureDraft, { name }: CoverSpec): string =>
  draft.node(`cover/${name}`, 'insurance')

export interface InsuranceFacts {
  readonly spec: NetworkSpec
  readonly holders: Holders
  readonly reserves: readonly ReserveOutcome[]
  /** In the order of the network's cover funds. */
  readonly covers: readonly OpenCover[]
  readonly atMs: number
}

/** What members of mutuals promise each other, and what holders of cover are promised or, once it is triggered, owed. */
export function insurancePromises(draft: ExposureDraft, desk: HoldingsDesk, facts: InsuranceFacts): void {
  mutualPromises(draft, desk, facts)
  for (const [at, spec] of coversOf(facts.spec).entries()) {
    const open = facts.covers[at]!
    for (const { holder, covered } of open.held) {
      const creditor = facts.holders.of(holder)
      const amountE8 = desk.faceE8(spec.chainId, spec.token, covered)
      const debtor = coverNode(draft, spec)
      if (open.isTriggered) draft.claim({ debtor, creditor, layer: INSURANCE_LAYER, amountE8 })
      else if (facts.atMs <= spec.until * 1_000)
        draft.guarantee({ guarantor: debtor, beneficiary: creditor, call: 'event', amountE8 })
    }
  }
}

function mutualPromises(draft: ExposureDraft, desk: HoldingsDesk, { spec, reserves }: InsuranceFacts): void {
  for (const insured of spec.lendingPools) {
    const { mutual = null } = insured.insurance ?? {}
    if (mutual === null) continue
    for (const member of spec.lendingPools) {
      const { insurance, chainId } = member
      if (member === insured || chainId !== insured.chainId || insurance?.mutual !== mutual) continue
      for (const { token, symbol } of member.reserves) {
        if (!insured.reserves.some((reserve) => reserve.token === token)) continue
        const reserve = reserves.find(({ id, asset }) => id === member.name && asset === symbol)
        if (reserve === undefined) continue
        const most = minBig(divFloor(reserve.fund * insurance.mutualBps, BPS), reserve.cash)
        draft.guarantee({
          guarantor: fundNode(draft, member),
          beneficiary: lendingNode(draft, insured),
          call: 'shortfall',
          amountE8: desk.faceE8(chainId, token, most),
        })
      }
    }
  }
}

function coversOf({ derivatives }: NetworkSpec): CoverSpec[] {
  return derivatives.filter((spec) => spec.kind === 'cover')
}
