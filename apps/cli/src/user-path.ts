// Paths that a person gives are relative to where they stand, also when npm moves to the project's root.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SolventError } from '@solvent/primitives'

/** Where the person stands: `npm run` keeps it in INIT_CWD. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

/**
 * A directory of results that a person names: what is in it is asked later, that it is there now.
 *
 * @throws SolventError E_NO_FILE when the path leads nowhere, E_USAGE when it is no directory, E_FILE when the system refuses to say
 */
export async function resultsPath(path: string): Promise<string> {
  const place = userPath(path)
  const found = await stat(place).catch((cause: NodeJS.ErrnoException) => {
    const isNowhere = cause.code === 'ENOENT' || cause.code === 'ENOTDIR' || cause.code === 'ELOOP'
    throw new SolventError({
      code: isNowhere ? 'E_NO_FILE' : 'E_FILE',
      message: isNowhere ? 'There is no such directory.' : 'The directory cannot be read.',
      details: { directory: path, system: cause.code },
      ...(isNowhere
        ? { hint: 'Name one that `solvent run` or `solvent sweep` has written; theirs are in runs/.' }
        : {}),
      cause,
    })
  })
  if (!found.isDirectory())
    throw new SolventError({
      code: 'E_USAGE',
      message: 'This is not a directory of results.',
      details: { got: path },
      hint: 'Name the directory that the file stands in.',
    })
  return place
}
