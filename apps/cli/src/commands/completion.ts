// `solvent completion SHELL`: a script that completes commands, options and their choices, and names of files where there are none. It
// asks `solvent complete -- WORDS` at every TAB, so that it never falls behind the program. The only place that knows the
// completion library.
import addCompletion from '@bomb.sh/tab/commander'
import type { Command } from '@commander-js/extra-typings'
import type { Command as UntypedCommand } from 'commander'
import { EXIT } from '../exit-code.ts'

type Shell = 'bash' | 'zsh' | 'fish'

/** What the library ends its answers with: no names of files. Where it knows nothing, shells shall look for files. */
const NO_FILES = ':4'
const FILES = ':0'
/** Without this bash has no completion of its own to fall back to; the library's script leaves it out. */
const BASH_FALLBACK = 'complete -o default -F __solvent_complete solvent'

export async function completion(program: Command, shell: Shell): Promise<number> {
  const script = await answered(program, [shell])
  console.log(shell === 'bash' ? `${script}\n${BASH_FALLBACK}` : script)
  return EXIT.ok
}

/** What may follow the words of a command line: a line each, with its description behind a tab. */
export async function complete(program: Command, words: readonly string[]): Promise<number> {
  const answer = await answered(program, ['--', ...words])
  console.log(answer === NO_FILES ? FILES : answer)
  return EXIT.ok
}

/** What the library prints. @param program a fresh one: it gets a command that it has not for people */
async function answered(program: Command, words: readonly string[]): Promise<string> {
  addCompletion(program as unknown as UntypedCommand)
  const lines: string[] = []
  const { log } = console
  console.log = (line: string) => void lines.push(line)
  try {
    await program.parseAsync(['complete', ...words], { from: 'user' })
  } finally {
    console.log = log
  }
  return lines.join('\n')
}
