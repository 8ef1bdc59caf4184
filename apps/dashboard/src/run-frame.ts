// Everything of one run that the page plays: nodes, chains, orders, what happened when, measures, and who owed whom.
// The page and the server share these types.

export interface RunFrame {
  readonly name: string
  readonly scenario: string
  readonly seed: number
  readonly runtime: string
  readonly durationMs: number
  readonly nodes: readonly FrameNode[]
  readonly chains: readonly { readonly chain: string; readonly kind: string; readonly slot_ms: number }[]
  readonly orders: readonly FrameOrder[]
  readonly solvers: readonly FrameSolver[]
  readonly events: readonly FrameEvent[]
  /** Events that were left out because there are too many for a page. */
  readonly eventsLeftOut: number
  readonly series: readonly FrameSeries[]
  /** Nodes of a network that runs which do not answer. */
  readonly silent: readonly string[]
  readonly faults: readonly FrameFault[]
  readonly falls: readonly FrameFall[]
  readonly exposures: readonly FrameExposure[]
  /** As the watcher saw it; empty while the network runs. */
  readonly competition: readonly FrameCompetitor[]
  /** What the scenario knows to be true and no detector is told: shown only to who asks for it, beside what was seen. */
  readonly truth: readonly FrameTruth[]
}

/** Who could not pay any more, since when. */
export interface FrameFall {
  readonly id: string
  readonly kind: string
  readonly at_ms: number
  readonly round: number
  /** Decimal text in the numeraire. */
  readonly loss: string
  /** Of whom, the largest part of the loss first. */
  readonly because: readonly string[]
}

export interface FrameCompetitor {
  readonly solver: string
  readonly awards: number
  /** Of the value awarded. */
  readonly share: number
  /** Awards that it did not fill while it alone could. */
  readonly fades: number
}

export interface FrameTruth {
  readonly node: string
  readonly role: string
  /** `competitive`, `learning`, `collusive` or `manipulative`. */
  readonly conduct: string
  /** Null outside rings. */
  readonly ring: string | null
  /** Its strategy, or the favour that it does. */
  readonly does: string
}

/** In the numeraire. */
export interface FrameSolver {
  readonly solver: string
  readonly initial_equity: number
  readonly profit: number
}

export interface FrameFault {
  readonly label: string
  readonly kind: string
  readonly at_ms: number
}

export interface FrameNode {
  readonly node: string
  readonly role: string
  readonly chain: string | null
  readonly bridge: string | null
}

export interface FrameOrder {
  readonly label: string
  readonly order_id: string
  readonly end: string
  readonly origin_chain: string
  readonly destination_chain: string
  readonly bridge: string
  readonly winner: string | null
  readonly receivable: string | null
  readonly signed_ms: number | null
  /** The last moment for a fill. */
  readonly deadline_ms: number | null
  readonly awarded_ms: number | null
  readonly filled_ms: number | null
  readonly proven_ms: number | null
  readonly claimed_ms: number | null
}

export interface FrameEvent {
  readonly at_ms: number
  readonly node: string
  readonly kind: string
  readonly order_id: string | null
  /** Of a receivable. */
  readonly state: string | null
}

export interface FrameSeries {
  readonly measure: string
  readonly subject: string
  readonly points: readonly (readonly [atMs: number, value: number])[]
}

export interface FrameExposure {
  readonly atMs: number
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly assets: number }[]
  readonly claims: readonly {
    readonly debtor: string
    readonly creditor: string
    readonly amount: number
    readonly layer: string
  }[]
}

/** Where the numbers of two runs differ. */
export interface RunDifference {
  readonly path: string
  readonly left: string | null
  readonly right: string | null
}
