// What a watcher measures, over time: finality per chain, fees, backing, prices, utilisation, equity, orders.
import type { PastMeasures } from '@solvent/nodes'
import { formatUnits } from '@solvent/primitives'

export interface SeriesPoint {
  /** Virtual ms since the start. */
  readonly atMs: number
  /** e.g. `bridge.backing` */
  readonly measure: string
  /** Whose: chain, bridge/asset, solver, market, oracle, pool; `all` of the whole network. */
  readonly subject: string
  /** Nearest number. */
  readonly value: number
  /** Amounts in base units and values in the numeraire, exactly; null of a count or a ratio. */
  readonly exact: string | null
}

/** Moments of a run that commands keep. */
export const KEPT_SAMPLES = 120

const E8 = 8
const PRICE_X96 = 2 ** 96

/** All measures at one moment. */
export function seriesAt(atMs: number, measures: PastMeasures): SeriesPoint[] {
  const points: SeriesPoint[] = []
  const count = (measure: string, subject: string, value: number) =>
    points.push({ atMs, measure, subject, value, exact: null })
  const amount = (measure: string, subject: string, value: bigint) =>
    points.push({ atMs, measure, subject, value: Number(value), exact: String(value) })
  const inNumeraire = (measure: string, subject: string, value: bigint) => {
    const exact = formatUnits(value, E8)
    points.push({ atMs, measure, subject, value: Number(exact), exact })
  }
  for (const { name, head, safe, finalized, baseFee, gasUsed, orphaned } of measures.chains) {
    count('chain.head', name, head)
    count('chain.safe', name, safe)
    count('chain.finalized', name, finalized)
    count('chain.orphaned', name, orphaned)
    count('chain.gasUsed', name, gasUsed)
    if (baseFee !== null) amount('chain.baseFeeMax', name, baseFee.max)
  }
  for (const { id, asset, locked, minted, deficit, backingRatio, pools } of measures.bridges) {
    const subject = `${id}/${asset}`
    amount('bridge.locked', subject, locked)
    amount('bridge.minted', subject, minted)
    amount('bridge.deficit', subject, deficit)
    count('bridge.backing', subject, backingRatio)
    for (const { chainId, utilisation } of pools)
      count('bridge.utilisation', `${subject}/${chainId}`, utilisation)
  }
  for (const { id, token0, token1, lastX96, reserve0, reserve1 } of measures.markets) {
    const scale = 10 ** (token0.decimals - token1.decimals)
    count('market.price', id, (Number(lastX96) / PRICE_X96) * scale)
    amount('market.reserve0', id, reserve0)
    amount('market.reserve1', id, reserve1)
  }
  for (const { id, priceE8 } of measures.oracles)
    if (priceE8 !== null) inNumeraire('oracle.price', id, priceE8)
  for (const { id, asset, utilisation, badDebt } of measures.lending) {
    count('lending.utilisation', `${id}/${asset}`, utilisation)
    amount('lending.badDebt', `${id}/${asset}`, badDebt)
  }
  for (const { node, equityE8, receivablesE8, receivables } of measures.solvers) {
    inNumeraire('solver.equity', node, equityE8)
    inNumeraire('solver.receivables', node, receivablesE8)
    inNumeraire('solver.stranded', node, receivables.stranded.valueE8)
  }
  const { competition } = measures
  count('competition.hhi', 'all', competition.hhi)
  count(
    'competition.contested',
    'all',
    competition.awarded === 0 ? 0 : competition.contested / competition.awarded,
  )
  count('competition.overchargeBps', 'all', competition.overchargeBps)
  count('competition.fills.hhi', 'all', competition.fills.hhi)
  count('competition.fills.paidBps', 'all', competition.fills.paidBps)
  for (const { node, share } of competition.shares) count('competition.share', node, share)
  for (const state of ['signed', 'opened', 'filled', 'settled', 'refunded', 'stranded'] as const)
    count(`orders.${state}`, 'all', measures.counts[state])
  inNumeraire('users.welfare', 'all', measures.welfare.welfareE8)
  return points
}
