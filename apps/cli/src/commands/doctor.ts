// `solvent doctor`: what this machine has, what that is for, and how to get what is missing.
import { access, constants } from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { delimiter, join } from 'node:path'
import { ENGINE_VERSION } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { green, result, resultJson, yellow } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { PROJECT_ROOT } from '../project.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  /** What it is for, and how to get it when it is missing. */
  readonly note: string
}

const GIB = 1024 ** 3
const LEAST_MEMORY_GIB = 4
const LEAST_NODE = 24

export async function doctor(options: { readonly json?: boolean | undefined }): Promise<number> {
  const findings = [
    { what: 'solvent', ok: true, found: ENGINE_VERSION, note: '' },
    nodeFinding(),
    {
      what: 'processors',
      ok: availableParallelism() >= 2,
      found: String(availableParallelism()),
      note: 'live networks want two or more',
    },
    memoryFinding(),
    await loopbackFinding(),
    await writableFinding(),
    await programFinding(
      'redis-server',
      'sweeps over several machines; Debian: apt-get install redis-server',
    ),
    await programFinding('chromium', 'pictures of reports; Debian: apt-get install chromium'),
  ]
  if (options.json === true) resultJson(findings)
  else
    result(
      table(
        ['what', 'state', 'found', 'note'],
        findings.map(({ what, ok, found, note }) => [
          what,
          ok ? green('ok') : yellow('missing'),
          found,
          note,
        ]),
      ),
    )
  return EXIT.ok
}

function nodeFinding(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return {
    what: 'node',
    ok: major >= LEAST_NODE,
    found: process.version,
    note: 'the project brings its own along: use npm run',
  }
}

function memoryFinding(): Finding {
  const total = totalmem() / GIB
  return {
    what: 'memory',
    ok: total >= LEAST_MEMORY_GIB,
    found: `${total.toFixed(1)} GiB, ${(freemem() / GIB).toFixed(1)} free`,
    note: 'a node process takes about 200 MB',
  }
}

async function loopbackFinding(): Promise<Finding> {
  const found = await new Promise<string | null>((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.message))
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(null)))
  })
  return {
    what: 'loopback',
    ok: found === null,
    found: found ?? '127.0.0.1 listens',
    note: 'live networks talk over it',
  }
}

async function writableFinding(): Promise<Finding> {
  const ok = await access(PROJECT_ROOT, constants.W_OK).then(
    () => true,
    () => false,
  )
  return { what: 'results', ok, found: join(PROJECT_ROOT, 'runs'), note: 'or name a directory with --out' }
}

async function programFinding(name: string, note: string): Promise<Finding> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(directory, name)
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return { what: name, ok: true, found: file, note: '' }
  }
  return { what: name, ok: false, found: '-', note }
}
