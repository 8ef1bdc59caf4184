// Paths that a person gives are relative to where they stand, also when npm moves to the project's root.
import { resolve } from 'node:path'

/** Where the person stands: `npm run` keeps it in INIT_CWD. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
