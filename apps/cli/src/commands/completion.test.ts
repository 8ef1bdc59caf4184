import { expect, it, onTestFinished, vi } from 'vitest'
import { createProgram } from '../program.ts'
import { complete, completion } from './completion.ts'

async function said(action: () => Promise<number>): Promise<string[]> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  onTestFinished(() => log.mockRestore())
  expect(await action()).toBe(0)
  return lines.join('\n').split('\n')
}

it('completes commands, options and choices', async () => {
  expect(
    await said(() =>
      complete(
        createProgram(() => undefined),
        ['anal'],
      ),
    ),
  ).toContainEqual(expect.stringMatching(/^analyse\tmeans/))
  expect(
    await said(() =>
      complete(
        createProgram(() => undefined),
        ['run', '--run'],
      ),
    ),
  ).toContainEqual(expect.stringMatching(/^--runtime\t/))
  expect(
    await said(() =>
      complete(
        createProgram(() => undefined),
        ['run', 'x.yaml', '--runtime', 'lib'],
      ),
    ),
  ).toContainEqual(expect.stringMatching(/^libp2p\b/))
})

it.each(['bash', 'zsh', 'fish'] as const)('writes a script for %s that asks the program', async (shell) => {
  expect(
    (
      await said(() =>
        completion(
          createProgram(() => undefined),
          shell,
        ),
      )
    ).join('\n'),
  ).toMatch(/solvent complete --/)
})
