// What the page shows of a sweep. The page and the server share these types.

export interface SweepFrame {
  readonly name: string
  readonly title: string
  /** Where its results are. */
  readonly directory: string
  /** Paths. */
  readonly parameters: readonly string[]
  /** Of each point the values, in the order of the parameters. */
  readonly points: readonly (readonly unknown[])[]
  /** Of each parameter what its value is called, point by point. */
  readonly labels: readonly (readonly string[])[]
  readonly policies: readonly string[]
  /** Whether a run can be shown again, event by event. */
  readonly opensRuns: boolean
}

/** How far a sweep is. */
export interface SweepState {
  /** Grows with every change. */
  readonly version: number
  readonly planned: number
  /** Runs by status. */
  readonly counts: Readonly<Record<string, number>>
  /** What was recorded so far. */
  readonly metrics: readonly string[]
  /** The first of them that is not the same in all runs: worth being shown first. */
  readonly firstThatVaries: string | null
  readonly isComplete: boolean
  /** Why the records cannot be read any more. */
  readonly problem: string | null
}

/** What a metric is at one point under one policy. */
export interface SweepArm {
  readonly point: number
  /** Place in the policies. */
  readonly policy: number
  readonly runs: number
  readonly ok: number
  /** Null when no run has it. */
  readonly mean: number | null
  /** Half the width of the 95 % interval; null of one value. */
  readonly halfWidth: number | null
}

export interface SweepRun {
  readonly index: number
  readonly policy: number
  readonly replicate: number
  readonly seed: number
  readonly status: string
  readonly problem: string | null
  /** Of the metric that is shown, exactly. */
  readonly value: string | null
  /** The command that shows it again. */
  readonly replay: string
}
