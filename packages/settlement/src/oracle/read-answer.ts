// What an oracle says now. Feeds and delayed oracles remember; the others follow from contracts at the moment of the question.
// Sources: aave-v3 PriceCapAdapterBase.sol (the capped rate); settlement rules §4.2.
import { type Address, BPS, minBig, RAY } from '@solvent/primitives'
import type { DerivedSource } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import { SECONDS_PER_YEAR } from '../lending/math/interest-growth.ts'
import { accrued } from '../lending/reserve.ts'
import { fairShareE8 } from './fair-share.ts'
import type { Answer } from './oracle-state.ts'
import { vaultShareE8 } from './vault-share.ts'

/** An oracle may rest on others so deep and no deeper: a circle ends here. */
export const MOST_ORACLES_DEEP = 16
const E8 = 10n ** 8n

/** The oracles and pools of one chain, of the chain itself or as somebody knows them who follows it. */
export type Answering = Pick<ChainState, 'oracles' | 'lending' | 'holdingsOf' | 'vaultOf'>

/** Null where there is no such oracle here, or it has nothing to say. */
export function readAnswer(state: Answering, oracle: Address, now: number, depth = 0): Answer | null {
  const found = state.oracles.get(oracle)
  if (found === undefined || depth > MOST_ORACLES_DEEP) return null
  const { source } = found.spec
  if (source.kind === 'feed' || source.kind === 'twap' || source.kind === 'delayed') return found.answer.get()
  return derived(state, source, now, depth + 1)
}

function derived(
  state: Answering,
  source: Exclude<DerivedSource, { kind: 'delayed' }>,
  now: number,
  depth: number,
): Answer | null {
  if (source.kind === 'peg') return { answerE8: source.priceE8, updatedAt: now, round: 0 }
  const base = readAnswer(state, source.of, now, depth)
  if (base === null) return null
  switch (source.kind) {
    case 'same-as':
      return base
    case 'capped-rate': {
      const rate = readAnswer(state, source.rate, now, depth)
      if (rate === null) return null
      const answerE8 = (base.answerE8 * minBig(rate.answerE8, cappedRateE8(source, now))) / E8
      return { answerE8, updatedAt: Math.min(base.updatedAt, rate.updatedAt), round: base.round }
    }
    case 'lp-share': {
      const other = readAnswer(state, source.other, now, depth)
      const held = state.holdingsOf(source.market)
      if (other === null || held === null) return null
      const answerE8 = fairShareE8(held, base.answerE8, other.answerE8, source)
      const updatedAt = Math.min(base.updatedAt, other.updatedAt)
      return answerE8 === null ? null : { answerE8, updatedAt, round: base.round }
    }
    case 'vault-share': {
      const other = readAnswer(state, source.other, now, depth)
      const held = state.vaultOf(source.market, source.vault)
      if (other === null || held === null) return null
      const answerE8 = vaultShareE8(held, base.answerE8, other.answerE8, source)
      const updatedAt = Math.min(base.updatedAt, other.updatedAt)
      return answerE8 === null ? null : { answerE8, updatedAt, round: base.round }
    }
    case 'receipt': {
      const reserve = state.lending.get(source.pool)?.reserves.get(source.token)
      if (reserve === undefined) return null
      return { ...base, answerE8: (base.answerE8 * accrued(reserve, now).liquidityIndexRay) / RAY }
    }
  }
}

/** The most that the rate may be at a time: the snapshot and its share of a year's growth. */
export function cappedRateE8(
  {
    snapshotRateE8,
    snapshotAt,
    maxYearlyGrowthBps,
  }: Pick<
    Extract<DerivedSource, { kind: 'capped-rate' }>,
    'snapshotRateE8' | 'snapshotAt' | 'maxYearlyGrowthBps'
  >,
  now: number,
): bigint {
  const growth = snapshotRateE8 * BigInt(maxYearlyGrowthBps) * BigInt(Math.max(0, now - snapshotAt))
  return snapshotRateE8 + growth / (BPS * SECONDS_PER_YEAR)
}
