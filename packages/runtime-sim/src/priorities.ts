// The order of what falls on the same millisecond.

/** Faults come before anything else. */
export const FAULT_PRIORITY = 0
/** Messages, timers and answers, in the order in which they were scheduled. */
export const NODE_PRIORITY = 1
