import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readRegularFile } from './regular-file.ts'

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-file-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

const codeOf = (path: string) =>
  readRegularFile(path, { mostBytes: 10 }).then(
    () => 'read',
    (error: unknown) => (isSolventError(error) ? error.code : String(error)),
  )

describe('a file that a person names', () => {
  it('is read whole, and of a longer one exactly one byte more than is allowed', async () => {
    const file = join(folder(), 'file')
    for (const length of [0, 1, 9, 10, 11, 5_000]) {
      writeFileSync(file, 'x'.repeat(length))
      expect(await readRegularFile(file, { mostBytes: 10 })).toHaveLength(Math.min(length, 11))
    }
  })

  it('is read whole also when it does not say how long it is', async () => {
    const bytes = await readRegularFile('/proc/self/status', { mostBytes: 1_000_000 })
    expect(new TextDecoder().decode(bytes)).toContain('\nPid:')
  })

  it('is refused at once when it is a device, a pipe nobody writes into, or a directory', async () => {
    const directory = folder()
    const pipe = join(directory, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await codeOf('/dev/zero')).toBe('E_NOT_A_FILE')
    expect(await codeOf(pipe)).toBe('E_NOT_A_FILE')
    expect(await codeOf(directory)).toBe('E_NOT_A_FILE')
  })

  it('is not there when no path leads to it', async () => {
    const directory = folder()
    const file = join(directory, 'file')
    writeFileSync(file, '')
    symlinkSync('loop', join(directory, 'loop'))
    expect(await codeOf(join(directory, 'none'))).toBe('E_NO_FILE')
    expect(await codeOf(join(file, 'below'))).toBe('E_NO_FILE')
    expect(await codeOf(join(directory, 'loop'))).toBe('E_NO_FILE')
    expect(await codeOf(join(directory, 'x'.repeat(300)))).toBe('E_NO_FILE')
  })

  // Reading one's own memory at address 0 fails with EIO for everyone, root included.
  it('is an input error when the system refuses to read it', async () => {
    expect(await codeOf('/proc/self/mem')).toBe('E_FILE')
  })

  it('is named as the person wrote it', async () => {
    const path = join(folder(), 'none')
    await expect(readRegularFile(path, { mostBytes: 1, shownAs: 'none', hint: 'Look.' })).rejects.toThrow(
      'There is no such file.\n\nfile: none\nsystem: ENOENT\nhint: Look.',
    )
  })
})
