#!/usr/bin/env node
// The solvent command line: parse, call, print, exit.
import { enableCompileCache } from 'node:module'
import { CommanderError } from '@commander-js/extra-typings'
import { isSolventError } from '@solvent/primitives'
import { EXIT, exitCodeOf } from './exit-code.ts'
import { createProgram } from './program.ts'

enableCompileCache()
const INTERRUPTED = 130
/** What a shell says of a program that wrote to a pipe nobody reads. */
const PIPE_CLOSED = 141
const isDebugging = process.env.SOLVENT_DEBUG !== undefined

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (isSolventError(error, 'E_INTERRUPTED')) {
    process.stderr.write('interrupted\n')
    return INTERRUPTED
  }
  const code = exitCodeOf(error)
  if (isSolventError(error) && code !== EXIT.bug)
    process.stderr.write(`${isDebugging ? error.stack : error.message}\n`)
  else
    process.stderr.write(
      `This is a bug of Solvent; please report it with the command that led here.\n${error instanceof Error ? error.stack : String(error)}\n`,
    )
  return code
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(PIPE_CLOSED)
    throw error
  })
}

async function runCommand(): Promise<void> {
  const program = createProgram((code) => {
    exitCode = code
  })
  for (const command of [program, ...program.commands, ...program.commands.flatMap((item) => item.commands)])
    command.exitOverride()
  await program.parseAsync()
}

let exitCode: number = EXIT.ok
try {
  const [first, second, ...words] = process.argv.slice(2)
  // What the script of `solvent completion` asks at every TAB; no command of a person's.
  if (first === 'complete' && second === '--')
    exitCode = await (await import('./commands/completion.ts')).complete(
      createProgram(() => undefined),
      words,
    )
  else await runCommand()
} catch (error) {
  exitCode = report(error)
}
// Flush what is written before the process ends; sockets of the operator's side close by themselves after a while.
process.stdout.write('', (error) => {
  const code = error ? PIPE_CLOSED : exitCode
  process.stderr.write('', () => process.exit(code))
})
