/**
 * The yardstick: the hold model as a bare loop over a binary heap in typed arrays, with nothing around it.
 *
 * Keys are (time, sequence) in float64 and the payload is an int32: no handlers, priorities, checks, cancelling or
 * growth. All is in one function over local arrays, because that is what the engine compiles best.
 */

/** Makes a hold loop with its events pending; each call of it pops and pushes so many times. */
export function createBareHold(pending: number, increment: () => number): (operations: number) => void {
  const times = new Float64Array(pending)
  const sequences = new Float64Array(pending)
  const labels = new Int32Array(pending)
  // Ascending times are a heap.
  for (let label = 0; label < pending; label++) times[label] = increment()
  times.sort()
  for (let label = 0; label < pending; label++) labels[label] = sequences[label] = label
  const state = { sequence: pending }
  return (operations) => hold(times, sequences, labels, state, increment, operations)
}

function hold(
  times: Float64Array,
  sequences: Float64Array,
  labels: Int32Array,
  state: { sequence: number },
  increment: () => number,
  operations: number,
): void {
  const last = times.length - 1
  let sequence = state.sequence
  for (let n = 0; n < operations; n++) {
    const nextTime = times[0]! + increment()
    const nextLabel = labels[0]!
    let time = times[last]!
    let order = sequences[last]!
    let label = labels[last]!
    let hole = 0
    for (let child = 1; child < last; child = 2 * hole + 1) {
      let childTime = times[child]!
      if (child + 1 < last) {
        const right = times[child + 1]!
        if (right < childTime || (right === childTime && sequences[child + 1]! < sequences[child]!)) {
          child++
          childTime = right
        }
      }
      if (time < childTime || (time === childTime && order < sequences[child]!)) break
      times[hole] = childTime
      sequences[hole] = sequences[child]!
      labels[hole] = labels[child]!
      hole = child
    }
    times[hole] = time
    sequences[hole] = order
    labels[hole] = label
    time = nextTime
    order = sequence++
    label = nextLabel
    hole = last
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (times[parent]! <= time) break
      times[hole] = times[parent]!
      sequences[hole] = sequences[parent]!
      labels[hole] = labels[parent]!
      hole = parent
    }
    times[hole] = time
    sequences[hole] = order
    labels[hole] = label
  }
  state.sequence = sequence
}
