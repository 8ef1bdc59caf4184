// Prometheus's text format, read strictly (prometheus.io/docs/instrumenting/exposition_formats).

const SAMPLE =
  /^((solvent_[a-z_]+)(?:\{\w+="[^"\\\n]*"(?:,\w+="[^"\\\n]*")*\})?) (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/

/**
 * Samples by name and labels.
 *
 * @throws Error when a line is not of the format, a sample's family was not declared before it, a sample stands twice, or a
 *   histogram's buckets do not grow up to its count
 */
export function samplesIn(text: string): ReadonlyMap<string, number> {
  const types = new Map<string, string>()
  const samples = new Map<string, number>()
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  for (const line of text.split('\n')) {
    const [, declared, type] = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line) ?? []
    if (declared !== undefined) types.set(declared, type!)
    if (line === '' || /^# (HELP|TYPE) [a-z_]+ \S/.test(line)) continue
    const [, sample, family = '', value] = SAMPLE.exec(line) ?? []
    const isPart = types.get(family.replace(/_(bucket|sum|count)$/, '')) === 'histogram'
    if (sample === undefined || samples.has(sample) || !(types.has(family) || isPart))
      throw new Error(`This is not of the format, or it stands twice: ${line}`)
    samples.set(sample, Number(value))
  }
  for (const [name] of [...types].filter(([, type]) => type === 'histogram')) checkBuckets(samples, name)
  return samples
}

function checkBuckets(samples: ReadonlyMap<string, number>, name: string): void {
  const counts = [...samples].filter(([sample]) => sample.startsWith(`${name}_bucket{`)).map(([, n]) => n)
  const isGrowing = counts.every((count, at) => count >= (counts[at - 1] ?? 0))
  if (!isGrowing || counts.at(-1) !== samples.get(`${name}_count`))
    throw new Error(`The buckets of ${name} do not add up: ${counts.join(' ')}`)
}
