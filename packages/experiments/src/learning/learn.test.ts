import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { learnJob } from '../sweep/jobs/learn-job.ts'
import { runLearn } from './learn-report.ts'
import { learnJsonSchema } from './learn-schema.ts'
import { loadLearnFile } from './load-learn-file.ts'

const read = (text: string) => loadLearnFile('x.yaml', new TextEncoder().encode(text))

const SMALL = `
name: small
study: { kind: pricing, grid: { points: 4 }, exploration: { kind: epsilon-greedy, decay: 0.001 }, window: 500, mostPeriods: 50000 }
`

describe('files for solvent learn', () => {
  it('of the project are sound', () => {
    const folder = fileURLToPath(new URL('../../../../configs/learn/', import.meta.url))
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files)
      expect(loadLearnFile(file, readFileSync(join(folder, file))).file.name).toBe(file.replace('.yaml', ''))
  })

  it('have their JSON schema in configs', () => {
    const file = fileURLToPath(new URL('../../../../configs/learn.schema.json', import.meta.url))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(learnJsonSchema())))
  })

  it('have the published baselines as defaults', () => {
    const { study } = read('name: a\nstudy: { kind: pricing }')
    expect(study.study).toMatchObject({
      discount: 0.95,
      learningRates: [0.15, 0.15],
      memory: 1,
      window: 100_000,
    })
    expect(read('name: a\nstudy: { kind: auction }').study.study).toMatchObject({ bids: 19 })
  })

  it.each([
    ['name: a\nstudy: { kind: pricng }', /pricng.*pricing, auction/s],
    ['name: a\nstudy: { kind: pricing, discont: 0.9 }', /study\.discont.*unknown key.*discount/s],
    ['name: a\nstudy: { kind: pricing, discount: 1 }', /study\.discount.*at most 0\.9999/s],
    ['name: a\nstudy: { kind: pricing, firms: 3, costs: [1, 1] }', /study\.costs.*2 entries.*3 entries/s],
    ['name: a\nstudy: { kind: pricing, firms: 4, memory: 2 }', /grid\.points.*20000000/s],
    ['name: a\nstudy: { kind: auction, periods: 10 }', /study\.window.*at most 10 periods/s],
    ['name: a\nstudy: { kind: pricing, start: { kind: random, low: 2, high: 1 } }', /start\.low.*below 1/s],
  ])('are refused with the place and what is allowed: %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a study', () => {
  it('gives the same report for any number of workers, and another for another seed', async () => {
    const loaded = read(SMALL)
    const run = (workers: number, seed = 1) => runLearn({ loaded, seed, sessions: 3, workers })
    const alone = JSON.stringify(await run(1))
    expect(JSON.stringify(await run(2))).toBe(alone)
    expect(JSON.stringify((await run(1, 2)).sessions)).not.toBe(JSON.stringify((await run(1)).sessions))
  })

  it('is a run of a sweep, with its figures as metrics', () => {
    const { tree, locate } = parseYamlTree('x.yaml', new TextEncoder().encode(SMALL))
    const { config } = learnJob.prepare('x.yaml', tree, locate)
    const { metrics } = learnJob.run(config, 3, 'none')
    expect(Object.keys(metrics)).toContain('profitGain')
    expect(learnJob.run(config, 3, 'none').metrics).toEqual(metrics)
    expect(learnJob.run(config, 4, 'none').metrics).not.toEqual(metrics)
  })
})
