// `solvent logs NODE`: what a node of the running network recorded, and what comes.
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readNetworkFile } from '@solvent/experiments/live'
import { nearestName, SolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { networkDirectory } from '../project.ts'

export interface LogsOptions {
  /** Domain events as JSON lines in place of text. */
  readonly events?: boolean | undefined
  readonly follow?: boolean | undefined
  readonly lines: number
}

const POLL_MS = 300
const CHUNK_BYTES = 65_536

export async function logs(node: string, options: LogsOptions): Promise<number> {
  const directory = networkDirectory()
  const network = await readNetworkFile(directory)
  const entry = network.nodes.find(({ id }) => id === node)
  if (entry === undefined)
    throw unknownNode(
      node,
      network.nodes.map(({ id }) => id),
    )
  const file = join(directory, entry.directory, options.events === true ? 'events.jsonl' : 'node.log')
  let offset = await printTail(file, options.lines)
  while (options.follow === true) {
    await sleep(POLL_MS)
    offset = await printFrom(file, offset)
  }
  return EXIT.ok
}

/** E_USAGE with the nearest name. */
export function unknownNode(got: string, names: readonly string[]): SolventError {
  const near = nearestName(got, names)
  return new SolventError({
    code: 'E_USAGE',
    message: 'The network has no such node.',
    details: { got, allowed: names.join(', ') },
    ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
  })
}

async function printTail(file: string, lines: number): Promise<number> {
  const size = await sizeOf(file)
  let start = size
  let text = ''
  while (start > 0 && text.split('\n').length <= lines + 1) {
    const from = Math.max(0, start - CHUNK_BYTES)
    text = (await read(file, from, start)) + text
    start = from
  }
  const tail = text
    .split('\n')
    .slice(text.endsWith('\n') ? -(lines + 1) : -lines)
    .join('\n')
  process.stdout.write(tail)
  return size
}

async function printFrom(file: string, offset: number): Promise<number> {
  const size = await sizeOf(file)
  if (size > offset) process.stdout.write(await read(file, offset, size))
  return size
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

async function read(file: string, from: number, to: number): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
