import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EXIT, exitCodeOf } from './exit-code.ts'
import { readScenario } from './input.ts'

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-input-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

const exitCodeFor = (path: string) => readScenario(path).then(() => EXIT.ok, exitCodeOf)

describe('the scenario that a person names', () => {
  it('is a usage error when the path leads nowhere or to what is not a regular file, at once', async () => {
    const directory = folder()
    const pipe = join(directory, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const path of [join(directory, 'none.yaml'), directory, pipe, '/dev/zero'])
      expect([path, await exitCodeFor(path)]).toEqual([path, EXIT.usage])
  })

  it('is an input error when it is there and cannot be read', async () => {
    expect(await exitCodeFor('/proc/self/mem')).toBe(EXIT.io)
  })

  it('is refused as too large without being read to its end', async () => {
    const file = join(folder(), 'large.yaml')
    writeFileSync(file, '#'.repeat(2 * 1_048_576))
    await expect(readScenario(file)).rejects.toThrow(
      'the file is too large (got more than 1048576 bytes; allowed: at most 1048576 bytes)',
    )
    expect(await exitCodeFor(file)).toBe(EXIT.usage)
  })
})
