// `solvent clear` and `solvent stress` as a person calls them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { EXIT, exitCodeOf } from '../exit-code.ts'
import { clear } from './clear.ts'
import { type StressOptions, stress } from './stress.ts'

function fileOf(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-networks-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'network.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

async function printed(run: () => Promise<number>): Promise<string> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => void vi.restoreAllMocks())
  expect(await run()).toBe(EXIT.ok)
  const text = stdout.mock.calls.flat().join('')
  stdout.mockClear()
  return text
}

// 0 owes 1 ten and has four.
const chain = {
  n: 2,
  liabilities: { edges: [[0, 1, 10]] },
  externalAssets: [4, 0],
  externalLiabilities: [0, 0],
}
const options: StressOptions = { model: 'debtrank', recovery: 0, alpha: 1, capitalRatio: 0.08 }
const exposures = { n: 2, exposures: { edges: [[1, 0, 40]] }, buffers: [100, 50] }

it('clear prints who pays what, and the same as JSON with the fields of worked cases', async () => {
  const file = fileOf(chain)
  const table = await printed(() => clear(file, { alpha: 1, beta: 1 }))
  expect(table).toMatch(/0 +10 +4 +40.00 % +0 +1\n/)
  expect(table).toContain('1 of 2 in default, 1 rounds')
  const json = await printed(() => clear(file, { alpha: 0.5, beta: 1, json: true }))
  expect(JSON.parse(json)).toMatchObject({
    alpha: 0.5,
    clearingVector: [2, 0],
    recoveryRate: [0.2, null],
    fictitiousDefaultRounds: 1,
    totals: { bankruptcyCosts: 2 },
  })
})

it('stress runs one shock, and without one the failure of each node, the worst first', async () => {
  const file = fileOf(exposures)
  const json = await printed(() => stress(file, { ...options, shock: ['0=0.5'], json: true }))
  expect(JSON.parse(json)).toMatchObject({
    model: 'debtrank',
    regime: 'damping',
    linear: { stress: [0.5, 0.4] },
  })
  const table = await printed(() => stress(file, options))
  expect(table.indexOf('0 fails')).toBeGreaterThan(0)
  expect(table.indexOf('1 fails')).toBeGreaterThan(table.indexOf('0 fails'))
  const each = await printed(() => stress(file, { ...options, json: true }))
  expect(JSON.parse(each)).toMatchObject({ scenarios: [{ name: '0 fails' }, { name: '1 fails' }] })
})

it.each([['0'], ['=1'], ['0='], ['0=NaN'], ['0=1e400'], ['0=0x1'], ['2=1'], ['0=1', '0=2']])(
  'the shock %s is a usage error',
  async (...shock) => {
    expect(await stress(fileOf(exposures), { ...options, shock }).catch(exitCodeOf)).toBe(EXIT.usage)
  },
)

it('a network that is refused is a usage error', async () => {
  const file = fileOf({ ...chain, externalAssets: [-4, 0] })
  expect(await clear(file, { alpha: 1, beta: 1 }).catch(exitCodeOf)).toBe(EXIT.usage)
})
