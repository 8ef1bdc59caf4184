import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { verifyFixtures } from './verify-fixtures.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const fixtures = resolve(root, process.env['SOLVENT_FIXTURES'] ?? '../shared/fixtures')
const isThere = existsSync(fixtures)
if (!isThere) process.stderr.write(`skipped: no reference cases in ${fixtures} (set SOLVENT_FIXTURES)\n`)

describe('verification of worked cases', () => {
  it.skipIf(!isThere)('every case of a known kind agrees within the tolerance of its file', async () => {
    const outcomes = await verifyFixtures(fixtures)
    expect(outcomes.filter(({ status }) => status === 'mismatch')).toEqual([])
    expect(outcomes.filter(({ status }) => status === 'ok').length).toBeGreaterThan(0)
  })

  it.skipIf(!isThere)('every kind of case about contagion, markets and liquidations is known', async () => {
    const outcomes = await verifyFixtures(join(fixtures, 'contagion'))
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
  })

  // A chain of two, solved by hand: 0 owes 1 ten and has four.
  it('sees a number that is off by more than the tolerance, and a list that is too short', async () => {
    const input = {
      n: 2,
      liabilities: { edges: [[0, 1, 10]] },
      externalAssetsAfter: [4, 0],
      externalLiabilities: [0, 0],
    }
    const file = (expected: unknown) => ({
      kind: 'clearing',
      input,
      runs: [{ alpha: 1, beta: 1, expected }],
      tolerance: { relative: 1e-9, absolute: 1e-9 },
    })
    expect(await statusOf(file({ clearingVector: [4, 0] }))).toBe('ok')
    expect(await statusOf(file({ clearingVector: [4.00001, 0] }))).toBe('mismatch')
    expect(await statusOf(file({ clearingVector: [4] }))).toBe('mismatch')
    expect(await statusOf({ ...file(null), runs: [] })).toBe('mismatch')
    expect(await statusOf({ kind: 'no-such-kind' })).toBe('unknown')
  })

  it('names the known kind that an unknown one is nearest to', async () => {
    const directory = await folder({
      'a.json': '{"kind":"claering"}',
      'b.json': '{"kind":"weather"}',
    })
    expect((await verifyFixtures(directory)).map(({ hint }) => hint)).toEqual([
      'did you mean clearing?',
      undefined,
    ])
  })

  it('refuses a directory that is not there, is a file, or has no fixture: nothing would be verified', async () => {
    const directory = await folder({ 'note.txt': '', 'MANIFEST.json': '{}' })
    for (const place of [directory, join(directory, 'none'), join(directory, 'note.txt')])
      await expect(verifyFixtures(place)).rejects.toMatchObject({ code: 'E_USAGE' })
  })

  it('says where a file stops being JSON, and how large one may be', async () => {
    const broken = await folder({ 'case.json': '{\n  "kind": "clearing",\n}' })
    await expect(verifyFixtures(broken)).rejects.toMatchObject({
      code: 'E_FIXTURE',
      details: { file: join(broken, 'case.json'), line: 3, column: 1 },
    })
    const large = await folder({ 'case.json': ' '.repeat(16 * 1_048_576 + 1) })
    await expect(verifyFixtures(large)).rejects.toThrow(/too large.*at most 16777216 bytes/s)
  })
})

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-verify-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
  return directory
}

async function statusOf(content: unknown): Promise<string | undefined> {
  const directory = await folder({ 'case.json': JSON.stringify(content) })
  return (await verifyFixtures(directory))[0]?.status
}
