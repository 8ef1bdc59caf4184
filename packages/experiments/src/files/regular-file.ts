// Files that a person names: only regular files, only as many bytes as are asked for. A device never ends and a
// pipe never begins, so what a path is, is asked before anything is read of it.
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { isSolventError, SolventError } from '@solvent/primitives'

export interface RegularFileOptions {
  /** The file may be this long; of a longer one exactly one byte more is returned, for the caller to refuse. */
  readonly mostBytes: number
  /** The file as the person wrote it; default: the path. */
  readonly shownAs?: string | undefined
  readonly hint?: string | undefined
}

/** What the system says of a path that leads nowhere. */
const NOWHERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])

/**
 * The first `mostBytes` + 1 bytes of a regular file.
 *
 * @throws SolventError E_NO_FILE when the path leads nowhere, E_NOT_A_FILE when it is a directory, a device, a pipe
 *   or a socket (both: what the person wrote is wrong), E_FILE when the system refuses to read it
 * @example (await readRegularFile('/dev/zero', { mostBytes: 10 })) // throws E_NOT_A_FILE at once
 */
export async function readRegularFile(path: string, options: RegularFileOptions): Promise<Uint8Array> {
  const file = options.shownAs ?? path
  const handle = await openAtOnce(path).catch((cause: NodeJS.ErrnoException) => {
    throw refusal(cause.code ?? '', { file, cause, hint: options.hint })
  })
  try {
    if (!(await handle.stat()).isFile()) throw notAFile({ file, hint: options.hint })
    return await firstBytes(handle, options.mostBytes + 1)
  } catch (cause) {
    if (isSolventError(cause)) throw cause
    throw unreadable((cause as NodeJS.ErrnoException).code ?? '', { file, cause, hint: options.hint })
  } finally {
    await handle.close()
  }
}

/** Without O_NONBLOCK, opening a pipe waits for whoever writes into it. */
function openAtOnce(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

async function firstBytes(handle: FileHandle, most: number): Promise<Uint8Array> {
  const { size } = await handle.stat()
  // Files of /proc say that they are empty; the last read finds nothing and ends the loop.
  let bytes = new Uint8Array(Math.min(most, size + 1))
  let length = 0
  while (length < most) {
    if (length === bytes.length) {
      const longer = new Uint8Array(Math.min(most, 2 * bytes.length))
      longer.set(bytes)
      bytes = longer
    }
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}

interface Refused {
  readonly file: string
  readonly cause?: unknown
  readonly hint: string | undefined
}

function refusal(system: string, { file, cause, hint }: Refused): SolventError {
  if (NOWHERE.has(system))
    return new SolventError({
      code: 'E_NO_FILE',
      message: 'There is no such file.',
      details: { file, system },
      hint,
      cause,
    })
  // ENXIO: a socket, or a pipe or device with nobody behind it.
  if (system === 'EISDIR' || system === 'ENXIO') return notAFile({ file, cause, hint })
  return unreadable(system, { file, cause, hint })
}

function notAFile({ file, cause, hint }: Refused): SolventError {
  return new SolventError({
    code: 'E_NOT_A_FILE',
    message: 'This is not a regular file.',
    details: { file },
    hint,
    cause,
  })
}

function unreadable(system: string, { file, cause, hint }: Refused): SolventError {
  return new SolventError({
    code: 'E_FILE',
    message: 'The file cannot be read.',
    details: { file, system },
    hint,
    cause,
  })
}
