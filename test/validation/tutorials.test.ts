// The tutorials, done as they say: every command is run, every file written and changed, in the order of the page, and what the
// page shows of an answer must be in the answer.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createProgram } from '../../apps/cli/src/program.ts'

const ROOT = join(import.meta.dirname, '../..')
const TUTORIALS = join(ROOT, 'docs/tutorials')
const COMMAND = 'npm run -s solvent -- '

let place = ''
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(place, { recursive: true })
})

it.each(readdirSync(TUTORIALS).filter((name) => name.endsWith('.md')))(
  '%s',
  async (name) => {
    place = mkdtempSync(join(tmpdir(), 'solvent-tutorial-'))
    symlinkSync(join(ROOT, 'configs'), join(place, 'configs'))
    vi.stubEnv('INIT_CWD', place)
    let answer = ''
    let commands = 0
    for (const { kind, text, before } of blocksOf(readFileSync(join(TUTORIALS, name), 'utf8'))) {
      if (kind === 'yaml') write(before, text)
      else if (kind === 'text')
        for (const line of text.trim().split('\n')) expect(answer).toContain(plain(line))
      else {
        const [line, wanted] = text.trim().split(/ +# exit code /)
        expect(line!.startsWith(COMMAND)).toBe(true)
        const { code, said } = await typed(line!.slice(COMMAND.length))
        expect(code, line).toBe(Number(wanted ?? 0))
        answer = plain(said)
        commands += 1
      }
    }
    expect(commands).toBeGreaterThanOrEqual(4)
  },
  60_000,
)

interface Block {
  readonly kind: 'sh' | 'text' | 'yaml'
  readonly text: string
  /** The paragraph before it. */
  readonly before: string
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/([^\n]*)\n\n {3}```(sh|text|yaml)\n([\s\S]*?)\n {3}```/g)].map(
    ([, before, kind, text]) => ({
      kind: kind as Block['kind'],
      text: text!.replace(/^ {3}/gm, ''),
      before: before!,
    }),
  )
}

function write(before: string, text: string): void {
  const change = /In `([^`]+)`, put this in place of `([^`]+)`:$/.exec(before)
  if (change !== null) {
    const file = join(place, change[1]!)
    const old = readFileSync(file, 'utf8')
    expect(old).toContain(change[2])
    writeFileSync(file, old.replace(change[2]!, text))
    return
  }
  const [, file] = /Write `([^`]+)`:$/.exec(before) ?? []
  expect(file, `a file for the block after: ${before}`).toBeDefined()
  writeFileSync(join(place, file!), text)
}

async function typed(line: string): Promise<{ code: number; said: string }> {
  let [code, said] = [-1, '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!)
  await createProgram((found) => {
    code = found
  }).parseAsync(words, { from: 'user' })
  vi.restoreAllMocks()
  return { code, said }
}

/** Columns are as wide as they must be: runs of blanks count as one. */
const plain = (text: string) => text.replace(/[ \t]+/g, ' ').trim()
