// A sweep in the dashboard: what it answers of a finished one, and how it follows one that grows.
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planSweep, readSweep, sweep, ThreadExecutor } from '@solvent/experiments/sweep'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phaseCells, scaleOf } from '../page/sweep/phase-grid.ts'
import { type Dashboard, serveDashboard } from './server.ts'
import type { SweepArm, SweepRun, SweepState } from './sweep-frame.ts'
import { WatchedSweep } from './watched-sweep.ts'

const SWEEP = `
name: queue
title: A queue
kind: queue
base: queue.yaml
parameters:
  - { path: arrivalRate, values: [0.2, 0.5] }
  - { path: serviceRate, values: [1, 2] }
policies: [{ name: one }, { name: other, set: { serviceRate: 3 } }]
replicates: 3
`
const base = mkdtempSync(join(tmpdir(), 'solvent-view-sweep-'))
const finished = join(base, 'finished')
const bytes = (text: string) => new TextEncoder().encode(text)

beforeAll(async () => {
  const read = readSweep({ file: 'sweep.yaml', bytes: bytes(SWEEP) })
  const plan = await planSweep(read, { file: 'queue.yaml', bytes: bytes('events: 40\n') })
  const createExecutor = (_: unknown, engine: string) => new ThreadExecutor({ plan, engine, workers: 1 })
  await sweep({ directory: finished, plan, how: 'create', createExecutor })
  over = await served(finished)
})
afterAll(async () => {
  for (const dashboard of open) await dashboard.close()
  rmSync(base, { recursive: true })
})

const open: Dashboard[] = []
let over: Awaited<ReturnType<typeof served>>

async function served(directory: string) {
  const watched = await WatchedSweep.open(directory)
  const dashboard = await serveDashboard({ runs: [], sweep: watched, network: null }, 0)
  open.push(dashboard)
  const get = (path: string, headers = {}) =>
    fetch(`http://127.0.0.1:${dashboard.port}/api/${path}`, {
      headers: { 'X-Solvent-Token': dashboard.token, ...headers },
    })
  return { get, json: async <T>(path: string) => (await (await get(path)).json()) as T }
}

describe('a sweep that is over', () => {
  it('is answered by arm and by run, with the line that replays it', async () => {
    const { json } = over
    const summary = JSON.parse(readFileSync(join(finished, 'summary.json'), 'utf8'))
    const arms = await json<SweepArm[]>('sweep/arms?metric=meanServiceS')
    expect(arms).toHaveLength(8)
    for (const { point, policy, mean, halfWidth, runs, ok } of arms) {
      const { n, ...wanted } = summary.points[point].policies[policy].metrics.meanServiceS
      expect({ runs, ok, mean, halfWidth }).toEqual({
        runs: n,
        ok: n,
        mean: wanted.mean,
        halfWidth: wanted.halfWidth,
      })
    }
    const runs = await json<SweepRun[]>('sweep/points/3?metric=meanServiceS')
    expect(runs.map(({ index }) => index)).toEqual([18, 19, 20, 21, 22, 23])
    expect(runs[5]).toMatchObject({
      policy: 1,
      replicate: 2,
      replay: `npm run -s solvent -- replay ${finished} 23`,
    })
    expect(await json('sweep/arms?metric=__proto__')).toContainEqual(expect.objectContaining({ mean: null }))
  })

  it('refuses what it does not have, and to everybody without the token', async () => {
    const { get } = over
    for (const path of [
      'sweep/points/4',
      'sweep/points/-1',
      'sweep/points/00',
      'sweep/runs/24',
      'sweep/runs/x',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404])
    // A queue has no events to look at.
    expect((await get('sweep/runs/0')).status).toBe(409)
    for (const path of ['sweep', 'sweep/changes', 'sweep/arms?metric=meanServiceS', 'sweep/runs/0'])
      expect([path, (await get(path, { 'X-Solvent-Token': 'other' })).status]).toEqual([path, 401])
    expect((await get('sweep/changes', { Origin: 'http://evil.example' })).status).toBe(403)
  })
})

it('a sweep that grows is told of again, from the state on that a reader has', async () => {
  const growing = mkdtempSync(join(base, 'growing-'))
  for (const name of ['plan.json', 'manifest.json']) copyFileSync(join(finished, name), join(growing, name))
  const lines = readFileSync(join(finished, 'seg-00001.jsonl'), 'utf8').split('\n')
  // Ten runs, and the eleventh half written.
  const known = `${lines.slice(0, 11).join('\n')}\n${lines[11]!.slice(0, 40)}`
  writeFileSync(join(growing, 'seg-00001.jsonl'), known)
  const { get } = await served(growing)
  const first = await nextState(await get('sweep/changes'))
  expect(first.counts.ok).toBe(10)
  expect(first.isComplete).toBe(false)
  // How many came and how long they waited differs from run to run.
  expect(first.metrics).toContain(first.firstThatVaries)
  const later = get('sweep/changes', { 'Last-Event-ID': String(first.version) })
  appendFileSync(join(growing, 'seg-00001.jsonl'), `${lines[11]!.slice(40)}\n${lines.slice(12).join('\n')}`)
  copyFileSync(join(finished, 'COMPLETE'), join(growing, 'COMPLETE'))
  const second = await nextState(await later)
  expect(second.version).toBeGreaterThan(first.version)
  expect(second).toMatchObject({ counts: { ok: 24 }, isComplete: true })
})

async function nextState(response: Response): Promise<SweepState> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('\n\n')) text += (await reader.read()).value ?? ''
  await reader.cancel()
  return JSON.parse(/^data: (.*)$/m.exec(text)![1]!) as SweepState
}

describe('a phase diagram', () => {
  const arm = (point: number, mean: number | null) => ({
    point,
    policy: 0,
    runs: 2,
    ok: 1,
    mean,
    halfWidth: 0.5,
  })

  it('has a cell for each pair of values, in order, and the mean of points that share one', () => {
    const points = [
      [10, 'b', 1],
      [2, 'b', 1],
      [10, 'b', 2],
      [10, 'a', 1],
    ]
    const [x, y] = [0, 1].map((at) => ({
      parameter: at,
      scale: scaleOf(
        points.map((values) => values[at]),
        points.map((values) => String(values[at])),
      ),
    }))
    expect(x!.scale.labels).toEqual(['2', '10'])
    expect(y!.scale.labels).toEqual(['b', 'a'])
    expect(phaseCells({ points }, [arm(0, 1), arm(2, 4), arm(3, null)], 0, x!, y!)).toEqual([
      { x: 1, y: 0, points: [0, 2], runs: 4, ok: 2, mean: 2.5, halfWidth: null },
      { x: 0, y: 0, points: [1], runs: 0, ok: 0, mean: null, halfWidth: null },
      { x: 1, y: 1, points: [3], runs: 2, ok: 1, mean: null, halfWidth: null },
    ])
  })

  it('has settings stand under their names, which are not their text', () => {
    const values = [
      { from: 60, to: 60 },
      { from: 30, to: 40 },
      { from: 60, to: 60 },
    ]
    const { labels, place } = scaleOf(values, ['60', '30 to 40', '60'])
    expect(labels).toEqual(['60', '30 to 40'])
    expect(values.map(place)).toEqual([0, 1, 0])
    // As the server has them: other objects of the same text.
    expect(place({ from: 30, to: 40 })).toBe(1)
  })

  it('puts many numbers into classes, the greatest into the last', () => {
    const values = Array.from({ length: 25 }, (_, at) => at)
    const { labels, place } = scaleOf(values, values.map(String))
    expect(labels).toHaveLength(12)
    expect([0, 1.9, 2, 23.9, 24].map(place)).toEqual([0, 0, 1, 11, 11])
  })
})
