import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts'
import { writeResults } from '../run/write-results.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { openResults, type ResultsQuery } from '../store/query-results.ts'
import { orderStory } from './order-story.ts'

// A bridge that is paused while orders wait: some are filled and stranded, some nobody wants any more.
const SCENARIO = join(import.meta.dirname, '../../../../configs/scenarios/kelp-2026.yaml')
const directory = mkdtempSync(join(tmpdir(), 'solvent-story-'))
const loaded = loadScenario('kelp-2026.yaml', readFileSync(SCENARIO))

afterAll(() => rmSync(directory, { recursive: true }))

describe('the story of an order', () => {
  let run: ScenarioRun
  let results: ResultsQuery
  const labelOf = (test: (order: ScenarioRun['report']['orders'][number]) => boolean) =>
    run.report.orders.find(test)!.label

  beforeAll(async () => {
    run = await runScenario({ loaded, seed: 16, runtime: 'sim', nodeProgram: '' })
    await writeResults(directory, loaded, [run])
    results = await openResults(directory)
  })
  afterAll(() => results.close())

  it('of one that settled: who filled it, and that it was paid', async () => {
    const label = labelOf(({ end }) => end === 'settled')
    const { answer, steps, end } = await orderStory(results, label)
    expect(end).toBe('settled')
    expect(answer).toMatch(/^\w+ filled it [\d.]+ s after it was signed, and was paid [\d.]+ s after that\.$/)
    expect(steps[0]).toMatchObject({ node: 'retail', what: 'signs the order' })
    expect(steps.at(-1)?.what).toBe('is paid out of the escrow')
    expect(steps.map(({ atMs }) => atMs)).toEqual(steps.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
  })

  it('of one that stranded: whose proof was missing, and who bears the loss', async () => {
    const { answer } = await orderStory(
      results,
      labelOf(({ receivable, end }) => receivable === 'stranded' && end === 'refunded'),
    )
    expect(answer).toContain('no proof of kelp-oft reached')
    expect(answer).toContain('the solver bears the loss')
  })

  it('of one that nobody filled: why each solver declined', async () => {
    const { answer, steps } = await orderStory(
      results,
      labelOf(({ bids, filled }) => bids === 0 && !filled),
    )
    expect(answer).toMatch(
      /^It was not filled: nobody bid; solvers declined: 5 because of bridge-paused \(atlas, borealis, /,
    )
    expect(steps.filter(({ what }) => what === 'does not bid: bridge-paused')).toHaveLength(5)
  })

  it('may be asked by the beginning of an id, and what names none or several is refused', async () => {
    const { orderId, label } = run.report.orders[0]!
    expect((await orderStory(results, orderId.slice(0, 12))).label).toBe(label)
    for (const named of ['retail/999', "x' OR 1=1 --", '0xffffffffffff', '']) {
      const code = await orderStory(results, named).catch((error: unknown) =>
        isSolventError(error) ? error.code : 'unknown',
      )
      expect([named, code]).toEqual([named, 'E_USAGE'])
    }
  })
})

it('a sweep has no orders of its own', async () => {
  const tables = ['metrics', 'points', 'runs']
  const ofSweep: ResultsQuery = {
    tables,
    soFar: null,
    run: () => Promise.reject(new Error('asked')),
    close: () => undefined,
  }
  const refused = await orderStory(ofSweep, 'retail/1').catch((error: unknown) => error)
  expect(isSolventError(refused, 'E_USAGE') && refused.message).toMatch(/^These are no results of one run\./)
})
