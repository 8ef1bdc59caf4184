// What the store asks of a file system. The store is written against this, so that tests can fill the disk, break it,
// or lose what was not synced, at any one operation.
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'

export interface DiskFile {
  /** Appends all of it. */
  write(bytes: Uint8Array): Promise<void>
  datasync(): Promise<void>
  close(): Promise<void>
}

export interface Disk {
  makeDirectory(path: string): Promise<void>
  list(path: string): Promise<string[]>
  read(path: string): Promise<Uint8Array>
  readAt(path: string, offset: number, length: number): Promise<Uint8Array>
  size(path: string): Promise<number>
  /** A new file. @throws EEXIST */
  create(path: string): Promise<DiskFile>
  append(path: string): Promise<DiskFile>
  truncate(path: string, length: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** A second name of a file. @throws EEXIST */
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** A new or renamed file is there after a power cut only once its directory is synced. */
  syncDirectory(path: string): Promise<void>
}

const DIRECTORY_MODE = 0o700
const FILE_MODE = 0o600

/** The file system of this machine. */
export const nodeDisk: Disk = {
  async makeDirectory(path) {
    await mkdir(path, { mode: DIRECTORY_MODE })
  },
  list: (path) => readdir(path),
  read: (path) => readFile(path),
  async readAt(path, offset, length) {
    const handle = await open(path, 'r')
    try {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  },
  size: async (path) => (await stat(path)).size,
  create: async (path) => fileOf(await open(path, 'wx', FILE_MODE)),
  append: async (path) => fileOf(await open(path, 'a', FILE_MODE)),
  async truncate(path, length) {
    const handle = await open(path, 'r+')
    try {
      await handle.truncate(length)
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  async syncDirectory(path) {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  },
}

function fileOf(handle: FileHandle): DiskFile {
  return {
    async write(bytes) {
      let written = 0
      while (written < bytes.length)
        written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten
    },
    datasync: () => handle.datasync(),
    close: () => handle.close(),
  }
}
