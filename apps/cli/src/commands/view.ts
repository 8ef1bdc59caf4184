// `solvent view [DIR] [OTHER]`: the dashboard as a process of its own, until Ctrl-C.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DASHBOARD_PROGRAM, networkDirectory } from '../project.ts'
import { resultsPath } from '../user-path.ts'

export interface ViewOptions {
  readonly port?: number | undefined
}

export async function view(
  directory: string | undefined,
  other: string | undefined,
  options: ViewOptions,
): Promise<number> {
  const given = [directory, other].filter((each) => each !== undefined)
  const named = await Promise.all(given.map(resultsPath))
  const directories = named.length === 0 ? [networkDirectory()] : named
  const child = spawn(
    process.execPath,
    [...process.execArgv, DASHBOARD_PROGRAM, ...directories, '--port', String(options.port ?? 0)],
    { stdio: 'inherit' },
  )
  // The terminal sends Ctrl-C to both; what is sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 0
}
