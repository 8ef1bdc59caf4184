// How long a benchmark's work takes the thread that does it.

/** Processor time of this thread, ms: what else the machine does counts for little. */
export function measured<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = process.threadCpuUsage()
  const result = work()
  const { user, system } = process.threadCpuUsage(start)
  return { ms: (user + system) / 1_000, result }
}
