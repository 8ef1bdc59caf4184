import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createProgram } from '../program.ts'
import { PROJECT_ROOT } from '../project.ts'
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

it('leaves names of files to the shell', async () => {
  const program = createProgram(() => undefined)
  expect(await said(() => complete(program, ['run', 'conf']))).toEqual([':0'])
})

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion'

it.skipIf(!existsSync(BASH_COMPLETION))('works in bash, where bash-completion is installed', () => {
  const script = `
    source ${BASH_COMPLETION}
    solvent() { '${process.execPath}' --disable-warning=ExperimentalWarning '${join(PROJECT_ROOT, 'apps/cli/src/main.ts')}' "$@"; }
    source <(solvent completion bash)
    COMP_WORDS=(solvent run x.yaml --runtime '') COMP_CWORD=4 COMP_LINE='solvent run x.yaml --runtime '
    COMP_POINT=\${#COMP_LINE}
    __solvent_complete 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}" "$(complete -p solvent)"`
  const lines = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).trim().split('\n')
  expect(lines.sort()).toEqual(['complete -o default -F __solvent_complete solvent', 'libp2p', 'sim'])
})
