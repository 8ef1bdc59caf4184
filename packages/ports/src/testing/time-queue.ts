// A binary heap of actions by (time, sequence), for the loopback network.

/** Something that happens at a moment; of one moment, in the order it was pushed. */
export interface TimedAction {
  readonly atMs: number
  readonly sequence: number
  readonly action: () => void
}

/** A binary heap by (time, sequence). */
export function createTimeQueue() {
  const heap: TimedAction[] = []
  let sequence = 0
  const before = (a: TimedAction, b: TimedAction): boolean =>
    a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence)
  const at = (i: number): TimedAction => heap[i] as TimedAction
  return {
    push(atMs: number, action: () => void): void {
      let i = heap.push({ atMs, sequence: sequence++, action }) - 1
      for (let parent = (i - 1) >> 1; i > 0 && before(at(i), at(parent)); parent = (i - 1) >> 1) {
        ;[heap[i], heap[parent]] = [at(parent), at(i)]
        i = parent
      }
    },
    popUntil(endMs: number): TimedAction | null {
      const first = heap[0]
      if (first === undefined || first.atMs > endMs) return null
      const last = heap.pop() as TimedAction
      if (heap.length === 0) return first
      heap[0] = last
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        let least = left < heap.length && before(at(left), at(i)) ? left : i
        if (left + 1 < heap.length && before(at(left + 1), at(least))) least = left + 1
        if (least === i) return first
        ;[heap[i], heap[least]] = [at(least), at(i)]
        i = least
      }
    },
  }
}
