// Reference cases that live beside a checkout, not in it; a test without them skips and says where they would be.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** The parsed reference file, or null (with a line on stderr) where there is none. */
export function fixture<T>(path: string): T | null {
  const file = resolve(ROOT, process.env['SOLVENT_FIXTURES'] ?? '../shared/fixtures', path)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T
  process.stderr.write(
    `skipped: no reference file ${file} (set SOLVENT_FIXTURES to a directory that has ${path})\n`,
  )
  return null
}
