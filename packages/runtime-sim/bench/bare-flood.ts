/**
 * The yardstick: the same flood as one loop over typed arrays, a binary heap of (time, sequence) and nothing around
 * it: no nodes, no messages, no checks.
 */
const SIZE = 4096

export interface BareFlood {
  /** Floods once from each of the publishers, all at the same moment; returns the copies that arrived. */
  flood(publishers: readonly number[]): number
}

/** A mesh in which every node has `degree` neighbours that it chose by chance, and those that chose it. */
export function createBareFlood(nodes: number, degree: number, minMs: number, meanMs: number): BareFlood {
  const random = createXorshift()
  const { starts, targets } = createMesh(nodes, degree, random)
  const latencies = new Int32Array(SIZE)
  for (let n = 0; n < SIZE; n++) {
    latencies[n] = Math.round(minMs - (meanMs - minMs) * Math.log(1 - (n + 0.5) / SIZE))
  }
  return { flood: (publishers) => flood({ nodes, starts, targets, latencies, random }, publishers) }
}

interface Network {
  readonly nodes: number
  readonly starts: Int32Array
  readonly targets: Int32Array
  readonly latencies: Int32Array
  readonly random: () => number
}

function flood(
  { nodes, starts, targets, latencies, random }: Network,
  publishers: readonly number[],
): number {
  const seen = new Uint8Array(nodes * publishers.length)
  const capacity = targets.length * publishers.length
  const times = new Int32Array(capacity)
  const orders = new Int32Array(capacity)
  const senders = new Int32Array(capacity)
  const cells = new Int32Array(capacity)
  let size = 0
  let sequence = 0
  let copies = 0

  const passOn = (node: number, source: number, base: number, nowMs: number) => {
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      const to = targets[at]!
      if (to === source) continue
      const time = nowMs + latencies[random() & (SIZE - 1)]!
      let hole = size++
      while (hole > 0) {
        const parent = (hole - 1) >> 1
        if (times[parent]! <= time) break
        times[hole] = times[parent]!
        orders[hole] = orders[parent]!
        senders[hole] = senders[parent]!
        cells[hole] = cells[parent]!
        hole = parent
      }
      times[hole] = time
      orders[hole] = sequence++
      senders[hole] = node
      cells[hole] = base + to
    }
  }

  publishers.forEach((node, index) => {
    seen[index * nodes + node] = 1
    passOn(node, -1, index * nodes, 0)
  })
  while (size > 0) {
    const nowMs = times[0]!
    const sender = senders[0]!
    const cell = cells[0]!
    const last = --size
    const time = times[last]!
    const order = orders[last]!
    const lastSender = senders[last]!
    const lastCell = cells[last]!
    let hole = 0
    for (let child = 1; child < last; child = 2 * hole + 1) {
      let childTime = times[child]!
      if (child + 1 < last) {
        const right = times[child + 1]!
        if (right < childTime || (right === childTime && orders[child + 1]! < orders[child]!)) {
          child++
          childTime = right
        }
      }
      if (time < childTime || (time === childTime && order < orders[child]!)) break
      times[hole] = childTime
      orders[hole] = orders[child]!
      senders[hole] = senders[child]!
      cells[hole] = cells[child]!
      hole = child
    }
    times[hole] = time
    orders[hole] = order
    senders[hole] = lastSender
    cells[hole] = lastCell
    copies++
    if (seen[cell] !== 0) continue
    seen[cell] = 1
    const node = cell % nodes
    passOn(node, sender, cell - node, nowMs)
  }
  return copies
}

function createMesh(nodes: number, degree: number, random: () => number) {
  const rows: Set<number>[] = Array.from({ length: nodes }, () => new Set())
  for (let node = 0; node < nodes; node++) {
    while (rows[node]!.size < degree) {
      const other = (random() >>> 0) % nodes
      if (other === node) continue
      rows[node]!.add(other)
      rows[other]!.add(node)
    }
  }
  const starts = new Int32Array(nodes + 1)
  for (let node = 0; node < nodes; node++) starts[node + 1] = starts[node]! + rows[node]!.size
  return { starts, targets: Int32Array.from(rows.flatMap((row) => [...row])) }
}

function createXorshift(): () => number {
  let state = 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  }
}
