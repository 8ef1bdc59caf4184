import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EXAMPLES } from './examples.ts'
import { createProgram } from './program.ts'
import { PROJECT_ROOT } from './project.ts'

const commands = createProgram(() => undefined).commands.flatMap((command) =>
  command.commands.length > 0
    ? command.commands.map((part) => ({ name: `${command.name()} ${part.name()}`, command: part }))
    : [{ name: command.name(), command }],
)

it('every command has examples, and no other', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(commands.map(({ name }) => name).sort())
})

it.each(commands)(
  'the examples of $name have options that it has and files that there are',
  ({ name, command }) => {
    for (const example of EXAMPLES[name]!) {
      expect(example.startsWith(name)).toBe(true)
      const words = example.slice(name.length).trim().split(' ')
      for (const word of words.filter((each) => /^--?[a-z]/.test(each)))
        expect(
          command.options.some(({ long, short }) => word === long || word === short),
          example,
        ).toBe(true)
      for (const file of words.filter((each) => each.startsWith('configs/')))
        expect(existsSync(join(PROJECT_ROOT, file)), file).toBe(true)
    }
  },
)

it.each([{ name: 'solvent', command: createProgram(() => undefined) }, ...commands])(
  'the help of $name fits a terminal of 80 columns',
  ({ command }) => {
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 })
    command.outputHelp()
    expect(help).toContain('Exit codes:')
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([])
  },
)
