import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { freePorts } from './testing/word-network.ts'

it('stops within its deadline and leaves nothing open: the process ends by itself', async () => {
  const program = fileURLToPath(new URL('./testing/lone-host.ts', import.meta.url))
  const ports = await freePorts(2)
  const startedMs = performance.now()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...ports.map(String)],
    { timeout: 40_000 },
  )
  expect(Number(stdout)).toBeLessThan(5_000)
  expect(performance.now() - startedMs).toBeLessThan(40_000)
})
