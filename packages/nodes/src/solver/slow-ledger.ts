// A view of quantities that changes only at fixed moments, some time after the fact, so that two nodes that
// learned the same things at slightly different times price the same. A change counts at the moment that the orders and
// blocks themselves name (an auction's close, a block's timestamp), not at the moment it was heard. Unix seconds.

/** Changes of the last this many seconds are not yet seen. */
export const SLOW_LAG_SECONDS = 120
/** The view moves in steps of this many seconds. */
export const SLOW_STEP_SECONDS = 300
/** Changes older than this before a reading are folded into one sum. */
const FOLD_SECONDS = 3_600

interface Account {
  folded: bigint
  foldedUntil: number
  /** Ascending by time. */
  readonly changes: { readonly atSeconds: number; readonly delta: bigint }[]
  /** The last reading: many are made before the view moves. */
  readCutoff: number
  readSum: bigint
}

/**
 * The moment up to which a reading at `atSeconds` sees.
 *
 * @param anchorSeconds moves the steps: readings for one order are anchored at one of its own deadlines, so that
 *   hearing of it a moment later falls into the same step
 */
export function slowCutoff(atSeconds: number, anchorSeconds = 0): number {
  const steps = Math.floor((atSeconds - SLOW_LAG_SECONDS - anchorSeconds) / SLOW_STEP_SECONDS)
  return steps * SLOW_STEP_SECONDS + anchorSeconds
}

/** Time-stamped sums by account name. */
export class SlowLedger {
  readonly #accounts = new Map<string, Account>()

  add(account: string, atSeconds: number, delta: bigint): void {
    let found = this.#accounts.get(account)
    if (found === undefined) {
      found = { folded: 0n, foldedUntil: 0, changes: [], readCutoff: 0, readSum: 0n }
      this.#accounts.set(account, found)
    }
    if (atSeconds < found.readCutoff) found.readSum += delta
    if (atSeconds < found.foldedUntil) {
      found.folded += delta
      return
    }
    const { changes } = found
    let at = changes.length
    while (at > 0 && (changes[at - 1]?.atSeconds ?? 0) > atSeconds) at--
    changes.splice(at, 0, { atSeconds, delta })
  }

  /** The sum of all changes before a cutoff. */
  read(account: string, cutoff: number): bigint {
    const found = this.#accounts.get(account)
    if (found === undefined) return 0n
    if (cutoff === found.readCutoff) return found.readSum
    this.#fold(found, cutoff - FOLD_SECONDS)
    let sum = found.folded
    for (const change of found.changes) {
      if (change.atSeconds >= cutoff) break
      sum += change.delta
    }
    found.readCutoff = cutoff
    found.readSum = sum
    return sum
  }

  #fold(account: Account, until: number): void {
    if (until <= account.foldedUntil) return
    account.foldedUntil = until
    const { changes } = account
    let count = 0
    while (count < changes.length && (changes[count]?.atSeconds ?? until) < until) {
      account.folded += changes[count]?.delta ?? 0n
      count++
    }
    changes.splice(0, count)
  }
}
