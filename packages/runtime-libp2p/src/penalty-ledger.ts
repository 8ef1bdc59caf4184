// Points against peers (classes after Lodestar): who is disconnected, who is banned, and for how long.

/** fatal −100 (conflicting commitments), low tolerance −10 (bad signature, malformed), mid −5 (expired), high −1 (rate). */
export type Severity = 'fatal' | 'low' | 'mid' | 'high'
