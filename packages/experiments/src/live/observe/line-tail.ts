// Whole lines of a file that another process writes, as they come.
import { constants, type FileHandle, open } from 'node:fs/promises'

const LF = 0x0a
/** So much at one look; the rest at the next. */
const MOST_BYTES = 8 * 1_048_576

export class LineTail {
  readonly #path: string
  #offset = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Lines that were finished since the last call; none while the file is not there. */
  async take(): Promise<string[]> {
    const handle = await openRegular(this.#path)
    if (handle === null) return []
    try {
      const { size } = await handle.stat()
      // It was begun anew.
      if (size < this.#offset) this.#offset = 0
      const bytes = Buffer.alloc(Math.min(MOST_BYTES, size - this.#offset))
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.#offset)
      const end = bytes.subarray(0, bytesRead).lastIndexOf(LF)
      if (end < 0) return []
      this.#offset += end + 1
      return bytes.toString('utf8', 0, end).split('\n')
    } finally {
      await handle.close()
    }
  }
}

/** Null when there is none, or it is a link, a directory or a pipe. */
async function openRegular(path: string): Promise<FileHandle | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => null,
  )
  if (handle === null || (await handle.stat()).isFile()) return handle
  await handle.close()
  return null
}
