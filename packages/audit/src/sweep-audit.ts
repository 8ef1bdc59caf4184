// What must hold of a sweep, checked when it ends with code of its own: M-1, the records are those of the plan, each run once
// and every failure shown; M-2, the summary is what the records give.
//
// M-2's arithmetic is another one than the summary's: means and deviations by Welford's recurrence, and the interval by
// the share of Student's density that lies within it.

/** What of a plan the audit reads. */
export interface AuditedPlan {
  readonly points: number
  readonly policies: readonly string[]
  readonly replicates: number
  /** The numbers of replicates that a point may have ended with; all of them where nothing stops early. */
  readonly looks: readonly number[]
  readonly confidence: number
}

export interface AuditedRecord {
  readonly index: number
  readonly point: number
  readonly policy: number
  readonly replicate: number
  readonly status: string
  readonly metrics: Readonly<Record<string, number | string>>
}

interface AuditedEstimate {
  readonly n: number
  readonly mean: number
  readonly sd: number | null
  readonly halfWidth: number | null
  readonly min: number
  readonly max: number
}
type AuditedMetrics = Readonly<Record<string, AuditedEstimate>>

/** What of a summary the audit reads. */
export interface AuditedSummary {
  readonly runs: { readonly recorded: number; readonly [status: string]: number }
  readonly points: readonly {
    readonly point: number
    readonly policies: readonly {
      readonly policy: string
      readonly runs: number
      readonly ok: number
      readonly metrics: AuditedMetrics
    }[]
    readonly differences: readonly { readonly policy: string; readonly metrics: AuditedMetrics }[]
  }[]
  readonly failures: readonly { readonly index: number; readonly status: string }[]
}

export interface SweepBreach {
  readonly id: 'M-1' | 'M-2'
  readonly detail: string
}

const MOST_BREACHES = 20
/** Two ways of adding the same float64s. */
const TOLERANCE = 1e-9

/** Takes the records as they stand in the store, in the order of their runs, and then judges the summary. */
export class SweepAudit {
  readonly #plan: AuditedPlan
  readonly #breaches: SweepBreach[] = []
  /** Replicates seen, by point and policy. */
  readonly #seen: Uint32Array
  readonly #failures = new Map<number, string>()
  readonly #arms = new Map<string, Running>()
  readonly #differences = new Map<string, Running>()
  #records = 0
  /** Metrics of the first policy at the point that is read, by replicate. */
  #first: Readonly<Record<string, number | string>>[] = []
  #point = -1

  constructor(plan: AuditedPlan) {
    this.#plan = plan
    this.#seen = new Uint32Array(plan.points * plan.policies.length)
  }

  add(record: AuditedRecord): void {
    const { index, point, policy, replicate, status, metrics } = record
    const { policies, replicates } = this.#plan
    this.#records += 1
    const arm = point * policies.length + policy
    if (index !== arm * replicates + replicate || point >= this.#plan.points || policy >= policies.length)
      this.#report('M-1', `record ${index} is of no run of the plan`)
    else if (replicate !== this.#seen[arm])
      this.#report(
        'M-1',
        `of point ${point}, ${policies[policy]}: replicate ${replicate} follows ${this.#seen[arm]! - 1}`,
      )
    this.#seen[arm]! += 1
    if (status !== 'ok') {
      this.#failures.set(index, status)
      return
    }
    if (point !== this.#point) this.#first = []
    this.#point = point
    for (const [metric, value] of Object.entries(metrics)) {
      running(this.#arms, `${arm}/${metric}`).add(Number(value))
      const base = this.#first[replicate]?.[metric]
      if (policy > 0 && base !== undefined)
        running(this.#differences, `${arm}/${metric}`).add(Number(value) - Number(base))
    }
    if (policy === 0) this.#first[replicate] = metrics
  }

  /** Nothing when both invariants hold. */
  judge(summary: AuditedSummary): readonly SweepBreach[] {
    this.#judgeCounts(summary)
    for (const { point, policies, differences } of summary.points) {
      for (const [policy, { metrics, runs }] of policies.entries()) {
        const arm = point * this.#plan.policies.length + policy
        if (runs !== this.#seen[arm])
          this.#report(
            'M-2',
            `point ${point}, ${this.#plan.policies[policy]}: ${runs} runs, not ${this.#seen[arm]}`,
          )
        this.#judgeMetrics(`${arm}/`, metrics, this.#arms)
      }
      for (const [index, { metrics }] of differences.entries())
        this.#judgeMetrics(`${point * this.#plan.policies.length + index + 1}/`, metrics, this.#differences)
    }
    for (const [what, left] of [
      ['a metric', this.#arms],
      ['a difference', this.#differences],
    ] as const)
      if (left.size > 0) this.#report('M-2', `${what} is missing in the summary: ${left.keys().next().value}`)
    return this.#breaches
  }

  #judgeCounts(summary: AuditedSummary): void {
    const { points, policies, looks } = this.#plan
    for (let point = 0; point < points; point++) {
      const counts = policies.map((_, policy) => this.#seen[point * policies.length + policy]!)
      if (!looks.includes(counts[0]!) || counts.some((count) => count !== counts[0]))
        this.#report(
          'M-1',
          `point ${point} has ${counts.join(', ')} replicates; planned: ${looks.join(' or ')}`,
        )
    }
    if (summary.runs.recorded !== this.#records)
      this.#report('M-1', `the summary counts ${summary.runs.recorded} runs of ${this.#records}`)
    const shown = new Map(summary.failures.map(({ index, status }) => [index, status]))
    for (const [index, status] of this.#failures)
      if (shown.get(index) !== status)
        this.#report('M-1', `run ${index} is ${status}, and the summary does not show it`)
    if (shown.size !== this.#failures.size || summary.failures.length !== shown.size)
      this.#report('M-1', `the summary shows ${summary.failures.length} failures of ${this.#failures.size}`)
    const ok = this.#records - this.#failures.size
    if (summary.runs.ok !== ok)
      this.#report('M-1', `the summary counts ${summary.runs.ok} sound runs of ${ok}`)
  }

  #judgeMetrics(prefix: string, metrics: AuditedMetrics, all: Map<string, Running>): void {
    for (const [metric, claimed] of Object.entries(metrics)) {
      const key = `${prefix}${metric}`
      const own = all.get(key)
      all.delete(key)
      const wrong = own === undefined ? 'no record has it' : own.disagreement(claimed, this.#plan.confidence)
      if (wrong !== null) this.#report('M-2', `${key}: ${wrong}`)
    }
  }

  #report(id: SweepBreach['id'], detail: string): void {
    if (this.#breaches.length < MOST_BREACHES) this.#breaches.push({ id, detail })
  }
}

/** Mean and squares by Welford, Technometrics 4(3), 1962. */
class Running {
  #n = 0
  #mean = 0
  #squares = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY

  add(value: number): void {
    this.#n += 1
    const delta = value - this.#mean
    this.#mean += delta / this.#n
    this.#squares += delta * (value - this.#mean)
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
  }

  disagreement(claimed: AuditedEstimate, confidence: number): string | null {
    if (claimed.n !== this.#n) return `n is ${this.#n}, not ${claimed.n}`
    if (claimed.min !== this.#min || claimed.max !== this.#max)
      return `it lies from ${this.#min} to ${this.#max}, not from ${claimed.min} to ${claimed.max}`
    const size = Math.max(Math.abs(this.#min), Math.abs(this.#max))
    if (Math.abs(claimed.mean - this.#mean) > TOLERANCE * size)
      return `the mean is ${this.#mean}, not ${claimed.mean}`
    if (this.#n === 1)
      return claimed.sd === null && claimed.halfWidth === null ? null : 'one value has no spread'
    const sd = Math.sqrt(this.#squares / (this.#n - 1))
    if (claimed.sd === null || Math.abs(claimed.sd - sd) > 1e-6 * size)
      return `sd is ${sd}, not ${claimed.sd}`
    if (claimed.halfWidth === null) return 'the interval is missing'
    if (claimed.sd === 0) return claimed.halfWidth === 0 ? null : 'no spread, and yet an interval'
    const t = (claimed.halfWidth * Math.sqrt(this.#n)) / claimed.sd
    const covered = shareWithin(t, this.#n - 1)
    return Math.abs(covered - confidence) < 1e-6 ? null : `the interval covers ${covered}, not ${confidence}`
  }
}

function running(map: Map<string, Running>, key: string): Running {
  let found = map.get(key)
  if (found === undefined) {
    found = new Running()
    map.set(key, found)
  }
  return found
}

const shares = new Map<string, number>()

/**
 * The share of Student's t distribution between -t and t, in closed form: M. Abramowitz, I. Stegun, "Handbook of
 * Mathematical Functions", 1964, 26.7.3 and 26.7.4.
 */
function shareWithin(t: number, freedom: number): number {
  const key = `${t.toPrecision(10)}/${freedom}`
  let share = shares.get(key)
  if (share === undefined) {
    share = closedForm(t, freedom)
    shares.set(key, share)
  }
  return share
}

function closedForm(t: number, freedom: number): number {
  const cosine = 1 / Math.sqrt(1 + (t * t) / freedom)
  const sine = (t / Math.sqrt(freedom)) * cosine
  const isOdd = freedom % 2 === 1
  let term = isOdd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (arctangent(t / Math.sqrt(freedom)) + sine * sum) : sine * sum
}

/** Halves the angle until the series converges at once. */
function arctangent(x: number): number {
  if (x > 0.05) return 2 * arctangent(x / (1 + Math.sqrt(1 + x * x)))
  const square = x * x
  return x * (1 - square * (1 / 3 - square * (1 / 5 - square * (1 / 7 - square / 9))))
}
