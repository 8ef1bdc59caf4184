// One figure of a paper beside ours.

/** What was computed here: a figure, and where it lies with 95 % confidence when it is a mean over sessions. */
export interface OurFigure {
  readonly value: number
  readonly interval: readonly [number, number] | null
}

export interface PublishedRow {
  readonly source: string
  readonly quantity: string
  /** A figure, or the range that the paper gives. */
  readonly published: number | readonly [number, number]
  /** The range that counts as a replication. */
  readonly accept: readonly [number, number]
  /** Sessions behind ours; 0 where nothing is drawn. */
  readonly sessions: number
  readonly ours: OurFigure
  /** Within the range, as far as so many sessions can tell: the range and three standard errors about ours meet. */
  readonly ok: boolean
  /** Why it lies outside, where that is known. */
  readonly reason: string | null
  readonly note?: string
}

/** A figure that a summary of sessions has, with what was published about it. */
export interface PublishedFigure<Summary, Outcome = never> {
  readonly quantity: string
  readonly published: PublishedRow['published']
  readonly accept: readonly [number, number]
  readonly of: (summary: Summary, outcomes: readonly Outcome[]) => OurFigure
  readonly note?: string
  /** Why it is known not to come out; without it a figure that lies outside is a failure. */
  readonly knownMiss?: string
}

/** Standard errors in half a 95 % interval, and in the reach of a comparison. */
const INTERVAL_ERRORS = 1.96
const REACH_ERRORS = 3

export function publishedRow<Summary, Outcome = never>(
  source: string,
  { quantity, published, accept, of, note, knownMiss }: PublishedFigure<Summary, Outcome>,
  summary: Summary,
  outcomes: readonly Outcome[],
): PublishedRow {
  const ours = of(summary, outcomes)
  const sessions = outcomes.length
  const error = ours.interval === null ? 0 : (ours.interval[1] - ours.value) / INTERVAL_ERRORS
  const reach = REACH_ERRORS * error
  const ok = ours.value + reach >= accept[0] && ours.value - reach <= accept[1]
  const reason = ok ? null : (knownMiss ?? null)
  return {
    source,
    quantity,
    published,
    accept,
    sessions,
    ours,
    ok,
    reason,
    ...(note === undefined ? {} : { note }),
  }
}

/** The mean of a figure over sessions. */
export function meanFigure({
  mean,
  interval,
}: {
  readonly mean: number
  readonly interval: readonly [number, number] | null
}): OurFigure {
  return { value: mean, interval }
}

/** A share of sessions, with the normal interval of a share. */
export function shareFigure(share: number, sessions: number): OurFigure {
  const reach = INTERVAL_ERRORS * Math.sqrt((share * (1 - share)) / sessions)
  return { value: share, interval: [Math.max(0, share - reach), Math.min(1, share + reach)] }
}

/** A figure without a spread of its own. */
export function plainFigure(value: number): OurFigure {
  return { value, interval: null }
}
