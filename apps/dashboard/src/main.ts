// The dashboard's process: `main.ts DIR [DIR] [--port N]`. Prints the address, and ends with Ctrl-C.
import { parseArgs } from 'node:util'
import { isSolventError } from '@solvent/primitives'
import { openShown } from './open-shown.ts'
import { serveDashboard } from './server.ts'

const USAGE = 2
const IO = 4
const RESULTS = 5

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' } },
})

try {
  const dashboard = await serveDashboard(await openShown(positionals), Number(values.port))
  process.stdout.write(`${dashboard.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => dashboard.close().then(() => process.exit(0)))
} catch (error) {
  if (isSolventError(error)) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.code === 'E_RESULTS' ? RESULTS : USAGE
  } else {
    const { code = '', message } = error as NodeJS.ErrnoException
    process.stderr.write(
      code === 'EADDRINUSE' ? `Port ${values.port} is taken: choose another with --port.\n` : `${message}\n`,
    )
    process.exitCode = IO
  }
}
