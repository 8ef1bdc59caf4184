// Parts of a sweep for batch systems: each machine runs its part, stateless, and a merge makes one sweep of them. A run
// belongs to the part that a hash of its number names; with a stopping rule all runs of a point stay together.
import { createHash } from 'node:crypto'
import type { Shard } from './sweep-manifest.ts'
import { plannedRun, type SweepPlan } from './sweep-plan.ts'

/** Whether a run belongs to a part. */
export function inShard(plan: SweepPlan, { index: part, of }: Shard): (index: number) => boolean {
  return (index) => {
    const unit = plan.stopping === null ? index : plannedRun(plan, index).point
    const hash = createHash('sha256').update(`${plan.seed}\0${unit}`).digest().readUInt32BE(0)
    return hash % of === part
  }
}
