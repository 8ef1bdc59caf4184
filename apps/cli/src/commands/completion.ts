// `solvent completion SHELL`: a script that completes commands, options and their choices. It asks `solvent complete -- WORDS`
// at every TAB, so that it never falls behind the program. The only place that knows the completion library.
import addCompletion from '@bomb.sh/tab/commander'
import type { Command } from '@commander-js/extra-typings'
import type { Command as UntypedCommand } from 'commander'
import { EXIT } from '../exit-code.ts'

export function completion(program: Command, shell: 'bash' | 'zsh' | 'fish'): Promise<number> {
  return answered(program, [shell])
}

/** What may follow the words of a command line: a line each, with its description behind a tab. */
export function complete(program: Command, words: readonly string[]): Promise<number> {
  return answered(program, ['--', ...words])
}

/** @param program a fresh one: it gets a command that it has not for people */
async function answered(program: Command, words: readonly string[]): Promise<number> {
  addCompletion(program as unknown as UntypedCommand)
  await program.parseAsync(['complete', ...words], { from: 'user' })
  return EXIT.ok
}
