/** Where the project is, and how its tools are run on it or on a small house built for a test. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The project's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Runs a tool of node_modules/.bin and returns what it printed on stdout, whatever its exit code. */
export function runTool(name: string, args: readonly string[], cwd: string = ROOT): string {
  const { stdout, error } = spawnSync(join(ROOT, 'node_modules', '.bin', name), args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  return stdout
}

/** Writes files into a new temporary folder, which goes when the test that asked for it ends. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-architecture-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
