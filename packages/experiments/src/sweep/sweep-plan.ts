// What a sweep will do, in full: every point and policy, and from them every run with its seed and its key. The plan is
// written once and never changed; it is all that a worker, another machine or a resumed sweep needs.
import { hash } from 'node:crypto'
import type { Hash32 } from '@solvent/primitives'
import type { DesignPoint } from './design/design-points.ts'
import { morrisTrajectorySize } from './design/morris.ts'
import { saltelliBlockSize } from './design/saltelli.ts'
import type { JobKindName, KeptEvents } from './jobs/job-kind.ts'
import { stepsOf, withValue } from './parameter-path.ts'
import type { StoppingRule, SweepDesign } from './sweep-schema.ts'

export interface SweepPolicy {
  readonly name: string
  readonly set: Readonly<Record<string, unknown>>
}

/** A design; the points of a list are the plan's. */
export type PlannedDesign = Exclude<SweepDesign, { kind: 'list' }> | { readonly kind: 'list' }

export interface SweepPlan {
  readonly format: 'solvent-sweep-plan/1'
  readonly name: string
  readonly title: string
  readonly kind: JobKindName
  readonly seed: number
  readonly base: { readonly file: string; readonly hash: Hash32; readonly tree: unknown }
  readonly design: PlannedDesign
  /** Paths. */
  readonly parameters: readonly string[]
  readonly points: readonly DesignPoint[]
  readonly policies: readonly SweepPolicy[]
  /** Of what is run, point by point, in each policy by policy. */
  readonly hashes: readonly Hash32[]
  /** At most so many, where `stopping` says more. */
  readonly replicates: number
  readonly stopping: StoppingRule | null
  readonly limits: { readonly secondsPerRun: number; readonly memoryMb: number }
  readonly metrics: readonly string[]
  readonly keep: { readonly events: KeptEvents }
}

/** One run of a plan. */
export interface PlannedRun {
  readonly index: number
  readonly point: number
  readonly policy: number
  readonly replicate: number
  readonly seed: number
}

/** Runs of a plan when none is stopped early. */
export function runCount(plan: SweepPlan): number {
  return plan.points.length * plan.policies.length * plan.replicates
}

/** Runs are numbered point by point, policy by policy, replicate by replicate. */
export function runIndex(plan: SweepPlan, point: number, policy: number, replicate: number): number {
  return (point * plan.policies.length + policy) * plan.replicates + replicate
}

export function plannedRun(plan: SweepPlan, index: number): PlannedRun {
  const replicate = index % plan.replicates
  const arm = Math.floor(index / plan.replicates)
  const policy = arm % plan.policies.length
  const point = Math.floor(arm / plan.policies.length)
  return { index, point, policy, replicate, seed: seedOf(plan, point, replicate) }
}

/**
 * 32 bits of SHA-256(base seed, group of the point, replicate): the same under every policy, and at all points that a
 * sensitivity is made of, so that they meet the same chances.
 */
function seedOf(plan: SweepPlan, point: number, replicate: number): number {
  const group = Math.floor(point / pointsTogether(plan))
  return hash('sha256', `${plan.seed}\0${group}\0${replicate}`, 'buffer').readUInt32BE(0)
}

/** How many neighbouring points are compared with each other: a block, a trajectory; otherwise each stands alone. */
export function pointsTogether({ design, parameters }: Pick<SweepPlan, 'design' | 'parameters'>): number {
  switch (design.kind) {
    case 'saltelli':
      return saltelliBlockSize(parameters.length)
    case 'morris':
      return morrisTrajectorySize(parameters.length)
    default:
      return 1
  }
}

export function plannedDesign(design: SweepDesign): PlannedDesign {
  return design.kind === 'list' ? { kind: 'list' } : design
}

/** SHA-256(engine version, scenario hash, point, replicate, seed). */
export function runKey(engine: string, plan: SweepPlan, run: PlannedRun): string {
  const scenario = plan.hashes[run.point * plan.policies.length + run.policy]!
  return hash('sha256', [engine, scenario, run.point, run.replicate, run.seed].join('\0'), 'hex')
}

/** The base as a point and a policy change it. */
export function treeOf(
  plan: Pick<SweepPlan, 'base' | 'parameters' | 'points' | 'policies'>,
  point: number,
  policy: number,
): unknown {
  const varied = plan.parameters.reduce(
    (tree, path, index) => withValue(tree, stepsOf(path), plan.points[point]![index]),
    plan.base.tree,
  )
  return Object.entries(plan.policies[policy]!.set).reduce(
    (tree, [path, value]) => withValue(tree, stepsOf(path), value),
    varied,
  )
}
