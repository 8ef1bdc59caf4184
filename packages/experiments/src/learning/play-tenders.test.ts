// The page that says how to play strategies in tenders: its example runs as it stands, comes to what the page says, and can be screened.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bidSourceOf, screenMarket } from '@solvent/collusion'
import { expect, it, onTestFinished } from 'vitest'
import { runLearn, writeLearn } from './learn-report.ts'
import { loadLearnFile } from './load-learn-file.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/how-to/play-tenders.md'), 'utf8')
const example = (/^ {3}```yaml\n([\s\S]*?)^ {3}```$/m.exec(PAGE)?.[1] ?? '').replace(/^ {3}/gm, '')
const FILE = 'pair-and-learner.yaml'

it('costs users what the page says, and leaves signs that a screen sees', async () => {
  const loaded = loadLearnFile(FILE, new TextEncoder().encode(example))
  const report = await runLearn({ loaded, seed: 1, sessions: 4, workers: 1 })
  expect(report.expectations?.map(({ ok }) => ok)).toEqual([true, true])
  const { summary } = report
  if (summary.kind !== 'tenders') throw new Error('the page plays tenders')
  // The second of three costs: 1/2; a standard deviation of 0.22 over 32,000 tenders.
  expect(Math.abs((summary.competitivePrice?.mean ?? 0) - 1 / 2)).toBeLessThan(0.005)
  // 1/12 with a truthful third; this one learns, so that more comes on top.
  expect(summary.overcharge?.mean).toBeGreaterThan(1 / 12)
  expect(summary.overcharge?.mean).toBeLessThan(0.11)
  expect(summary.blocks.price.at(-1)).toBeLessThan(7 / 12 + 0.03)
  expect(summary.converged).toBe(4)
  const directory = mkdtempSync(join(tmpdir(), 'solvent-tenders-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  await writeLearn(directory, report)
  const source = bidSourceOf('tenders.csv', readFileSync(join(directory, 'tenders.csv'), 'utf8'))
  const { verdict } = screenMarket(source, { permutations: 199, seed: 1 })
  expect(verdict.level).not.toBe('none')
  expect(readFileSync(join(directory, 'labels.csv'), 'utf8')).toContain(
    'learner,multiplicative-weights,learning,\n',
  )
})
