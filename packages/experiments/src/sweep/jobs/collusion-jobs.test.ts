import { describe, expect, it } from 'vitest'
import { parseYamlTree } from '../../scenario/yaml-tree.ts'
import type { JobKind } from './job-kind.ts'
import { marketJob } from './market-job.ts'
import { ringJob } from './ring-job.ts'

function prepared<T>(job: JobKind<T>, text: string): T {
  const { tree, locate } = parseYamlTree('x.yaml', new TextEncoder().encode(text))
  return job.prepare('x.yaml', tree, locate).config
}

const metricsOf = <T>(job: JobKind<T>, text: string, seed = 1) =>
  job.run(prepared(job, text), seed, 'none').metrics

describe('a ring as a run of a sweep', () => {
  it('has as many members as free entry lets in: nine at a cost of 0.01 (fixture entry-model)', () => {
    const { members, criticalDiscount } = metricsOf(ringJob, '{ entry: { cost: 0.01 }, plays: 50 }')
    expect(members).toBe(9)
    expect(criticalDiscount).toBeGreaterThan(0.8)
  })

  it('is the same for the same seed only', () => {
    const text = '{ plays: 20 }'
    expect(metricsOf(ringJob, text, 3)).toEqual(metricsOf(ringJob, text, 3))
    expect(metricsOf(ringJob, text, 4)).not.toEqual(metricsOf(ringJob, text, 3))
  })
})

describe('a market as a run of a sweep', () => {
  it('is flagged by a detector that never saw its kind of cartel, and seldom when it is honest', () => {
    const flagged = (conduct: string) =>
      [1, 2, 3, 4, 5, 6].map(
        (seed) =>
          metricsOf(marketJob, `{ conduct: ${conduct}, tenders: 20, permutations: 99, learnFrom: 2 }`, seed)
            .detectorFlags as number,
      )
    const count = (flags: readonly number[]) => flags.reduce((sum, flag) => sum + flag, 0)
    expect(count(flagged('sybil'))).toBe(6)
    expect(count(flagged('competitive'))).toBeLessThan(4)
  })
})

it.each([
  [ringJob, 'members: 1', /members.*2/s],
  [ringJob, 'breakUp: 1', /breakUp.*0\.99/s],
  [ringJob, 'lag: 2', /lag.*unknown key.*lagOrders/s],
  [ringJob, 'entry: { cost: 0 }', /entry\.cost.*0\.0003/s],
  [marketJob, 'conduct: honest', /conduct.*competitive/s],
  [marketJob, 'tenders: 1', /tenders.*2/s],
] as [JobKind<unknown>, string, RegExp][])(
  '%# refuses with the place and what is allowed: %s',
  (job, text, message) => {
    expect(() => prepared(job, text)).toThrow(message)
  },
)
