/**
 * The hold model (D. W. Jones, "An empirical comparison of priority-queue and event-set implementations",
 * Comm. ACM 29(4), 1986): pop an event, schedule one a random time later, with so many always pending.
 * The kernel is driven through its public interface; the bare heap runs in turn with it, round by round.
 */
import { createKernel, createTraceDigest, type KernelOptions } from '@solvent/kernel'
import { createBareHold } from './bare-heap.ts'
import { createIncrements } from './increments.ts'

export const name = 'kernel: hold model'

const ROUNDS = 5
const START_MS = 1_776_470_400_000
const SPREADS = [
  { label: '1 s', meanMs: 1000 },
  { label: '1 h', meanMs: 3_600_000 },
]
/** Goals, and what others made of the same work on two cores with Node 24 (million events a second). */
const SIZES = [
  {
    pending: 1000,
    operations: 2_000_000,
    goal: 8,
    peers: 'SimPy 0.95, simjs 2.6, PeerSim 7.0, ns-3 8.7, bare V8 heap 11.1, C++ 14.0',
  },
  {
    pending: 100_000,
    operations: 2_000_000,
    goal: 5,
    peers: 'SimPy 0.33, simjs 0.43, PeerSim 3.0, ns-3 5.3, bare V8 heap 6.2, C++ 7.5',
  },
  { pending: 1_000_000, operations: 2_000_000, goal: 3, peers: 'bare V8 heap 4.0, C++ 4.5' },
]

export function run(): void {
  console.log(
    `medians of ${ROUNDS} rounds, million events a second; increments exponential with the given mean`,
  )
  for (const size of SIZES) {
    console.log(
      `\n${size.pending.toLocaleString('en')} pending: goal ${size.goal}; measured elsewhere: ${size.peers}`,
    )
    console.table(SPREADS.map((spread) => measure(size, spread)))
  }
}

function measure(size: (typeof SIZES)[number], spread: (typeof SPREADS)[number]): Record<string, unknown> {
  const { pending, operations, goal } = size
  const bare = createBareHold(pending, createIncrements(spread.meanMs))
  const plain = createKernelHold(pending, spread.meanMs, {})
  const observed = createKernelHold(pending, spread.meanMs, observers())
  const rates: Record<'bare' | 'plain' | 'observed', number[]> = { bare: [], plain: [], observed: [] }
  for (let round = -1; round < ROUNDS; round++) {
    const figures = {
      bare: rate(bare, operations),
      plain: rate(plain.hold, operations),
      observed: rate(observed.hold, operations),
    }
    if (round < 0) continue
    rates.bare.push(figures.bare)
    rates.plain.push(figures.plain)
    rates.observed.push(figures.observed)
  }
  const [kernel, heap, full] = [median(rates.plain), median(rates.bare), median(rates.observed)]
  return {
    'mean increment': spread.label,
    kernel: kernel.toFixed(1),
    'bare heap': heap.toFixed(1),
    ratio: (kernel / heap).toFixed(2),
    goal: kernel >= goal ? `${goal} met` : `${goal} missed`,
    'with digest and hooks': full.toFixed(1),
    'they cost (ns)': Math.round(1000 / full - 1000 / kernel),
    'bytes a pending event': Math.round(plain.bytes() / pending),
  }
}

function createKernelHold(pending: number, meanMs: number, options: Partial<KernelOptions>) {
  const increment = createIncrements(meanMs)
  const kernel = createKernel({ seed: 1, startMs: START_MS, ...options })
  const hold = kernel.handler((label) => {
    kernel.after(increment(), 0, hold, label)
  })
  for (let label = 0; label < pending; label++) kernel.after(increment(), 0, hold, label)
  return {
    hold: (operations: number) => void kernel.run({ maxEvents: operations }),
    bytes: () => kernel.queueBytes,
  }
}

/** The digest, an invariant hook that checks the order, and a fault hook that looks and lets pass. */
function observers(): Partial<KernelOptions> {
  let last = 0
  const lost = -1
  return {
    digest: createTraceDigest(),
    onPop: (timeMs) => {
      if (timeMs < last) throw new Error('time ran backwards')
      last = timeMs
    },
    isLost: (_handler, label) => label === lost,
  }
}

function rate(hold: (operations: number) => void, operations: number): number {
  const begin = performance.now()
  hold(operations)
  return operations / (performance.now() - begin) / 1000
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((p, q) => p - q)
  return sorted[sorted.length >> 1]!
}
