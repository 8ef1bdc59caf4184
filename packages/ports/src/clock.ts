// The node's own clock. It may be skewed against the chains' time; chain rules use chain time (T-8).

export interface Clock {
  /** Unix milliseconds of (virtual) time as this node sees it; integer, never decreasing within a run of the node. */
  nowMs(): number
}
