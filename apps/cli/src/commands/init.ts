// `solvent init FILE`: a commented scenario to begin with, under a name of its own.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { loadScenario } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { shellWord } from '../output/shell-word.ts'
import { note, result } from '../output/streams.ts'
import { SCENARIO_SCHEMA, STARTER_SCENARIO } from '../project.ts'
import { userPath } from '../user-path.ts'

/** @throws SolventError E_USAGE when the file is there, or its name says nothing; E_FILE when it cannot be written */
export async function init(file: string): Promise<number> {
  const path = userPath(file)
  const text = renamed(await readFile(STARTER_SCENARIO, 'utf8'), nameOf(file))
  loadScenario(file, new TextEncoder().encode(text))
  await mkdir(dirname(path), { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw unwritable(file, cause)
  })
  await writeFile(path, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? occupied(file) : unwritable(file, cause)
  })
  result(file)
  note(`run it: npm run -s solvent -- run ${shellWord(file)}`)
  return EXIT.ok
}

/** The scenario under another name, with its schema where it is from anywhere. */
function renamed(text: string, name: string): string {
  return text.replace(/\$schema=\S+/, `$schema=${SCENARIO_SCHEMA}`).replace(/^name: .*$/m, `name: ${name}`)
}

function nameOf(file: string): string {
  const name = basename(file)
    .replace(/\.ya?ml$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '')
  if (name !== '') return name
  throw new SolventError({
    code: 'E_USAGE',
    message: 'The scenario gets the name of its file, and this one has no letters.',
    details: { got: file, allowed: 'e.g. two-bridges.yaml' },
  })
}

function occupied(file: string): SolventError {
  return new SolventError({
    code: 'E_USAGE',
    message: 'The file is there already; nothing was changed.',
    details: { file },
    hint: 'Name another one.',
  })
}

function unwritable(file: string, cause: NodeJS.ErrnoException): SolventError {
  return new SolventError({
    code: 'E_FILE',
    message: 'The file cannot be written.',
    details: { file, system: cause.code },
    cause,
  })
}
