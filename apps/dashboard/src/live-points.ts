// Measures of a live network at one moment: heads by who makes the blocks, the rest by its watcher.
import type { NetworkObserver } from '@solvent/experiments/live'
import type { LivePoint } from './live-frame.ts'

type Measured = Awaited<ReturnType<NetworkObserver['measures']>>['points'][number]
type Statuses = Awaited<ReturnType<NetworkObserver['statuses']>>

/** What the page draws of what the watcher measures. */
const SHOWN_MEASURES: ReadonlySet<string> = new Set([
  'bridge.backing',
  'lending.utilisation',
  'market.price',
  'oracle.price',
  'solver.equity',
  'solver.receivables',
  'solver.stranded',
])

const HEADS: ReadonlySet<string> = new Set(['chain.head', 'chain.safe', 'chain.finalized'])

/** As sequencers say it, who make the blocks. */
export function headsAt({ spec }: NetworkObserver['plan'], statuses: Statuses, nowMs: number): LivePoint[] {
  return spec.chains.flatMap(({ chainId, name }) => {
    const seen = [...statuses.values()].flatMap(({ role, heads }) =>
      role === 'sequencer' ? heads.filter((head) => head.chainId === chainId) : [],
    )
    if (seen.length === 0) return []
    return (['head', 'safe', 'finalized'] as const).map((field) => ({
      measure: `chain.${field}`,
      subject: name,
      at_ms: nowMs,
      value: Math.max(...seen.map((head) => head[field])),
    }))
  })
}

/** What the watcher tells of the past: heads too, of which sequencers say only where they are now. */
export function pastPoint(point: Measured): LivePoint[] {
  const { measure, subject, atMs, value } = point
  return HEADS.has(measure) ? [{ measure, subject, at_ms: atMs, value }] : shownPoint(point)
}

export function shownPoint({ measure, subject, atMs, value }: Measured): LivePoint[] {
  return SHOWN_MEASURES.has(measure) ? [{ measure, subject, at_ms: atMs, value }] : []
}
