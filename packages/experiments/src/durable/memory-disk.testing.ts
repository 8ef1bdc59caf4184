// A disk in memory that can die at any one operation, in the middle of a write too, and that knows what a kill and what
// a power cut would leave: after a power cut there are only synced bytes under names whose directory was synced.
import { dirname } from 'node:path'
import type { Disk, DiskFile } from './disk.ts'

interface Inode {
  bytes: Buffer
  synced: number
}

export class MemoryDisk implements Disk {
  /** Operations that changed something. */
  operations = 0
  /** The operation at which it dies, or starts to refuse. */
  failAt = Number.POSITIVE_INFINITY
  /** What it says from then on; null: it is dead, and nothing works any more. */
  refusal: string | null = null
  readonly names: Map<string, Inode>
  #durable = new Map<string, Inode>()

  constructor(names = new Map<string, Inode>()) {
    this.names = names
    this.#durable = new Map(names)
  }

  /** The disk that the next process finds. */
  after(what: 'kill' | 'power cut'): MemoryDisk {
    const names = what === 'kill' ? this.names : this.#durable
    const kept = [...names].map(([path, { bytes, synced }]) => {
      const left = Buffer.from(what === 'kill' ? bytes : bytes.subarray(0, synced))
      return [path, { bytes: left, synced: left.length }] as const
    })
    // The holder of the lock is dead; here it is this very process, whose number lives on.
    return new MemoryDisk(new Map(kept.filter(([path]) => !path.endsWith('/lock'))))
  }

  text(path: string): string {
    return this.#inode(path).bytes.toString()
  }

  async makeDirectory(): Promise<void> {
    this.#step()
  }

  async list(path: string): Promise<string[]> {
    return [...this.names.keys()]
      .filter((name) => dirname(name) === path)
      .map((name) => name.slice(path.length + 1))
  }

  async read(path: string): Promise<Uint8Array> {
    return new Uint8Array(this.#inode(path).bytes)
  }

  async readAt(path: string, offset: number, length: number): Promise<Uint8Array> {
    return this.#inode(path).bytes.subarray(offset, offset + length)
  }

  async size(path: string): Promise<number> {
    return this.#inode(path).bytes.length
  }

  async create(path: string): Promise<DiskFile> {
    this.#step()
    if (this.names.has(path)) throw systemError('EEXIST')
    this.names.set(path, { bytes: Buffer.alloc(0), synced: 0 })
    return this.#file(path)
  }

  async append(path: string): Promise<DiskFile> {
    this.#step()
    return this.#file(path)
  }

  async truncate(path: string, length: number): Promise<void> {
    this.#step()
    const inode = this.#inode(path)
    inode.bytes = inode.bytes.subarray(0, length)
    inode.synced = length
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step()
    this.names.set(to, this.#inode(from))
    this.names.delete(from)
  }

  async link(from: string, to: string): Promise<void> {
    this.#step()
    if (this.names.has(to)) throw systemError('EEXIST')
    this.names.set(to, this.#inode(from))
  }

  async remove(path: string): Promise<void> {
    this.#step()
    this.names.delete(path)
  }

  async syncDirectory(path: string): Promise<void> {
    this.#step()
    for (const name of [...this.#durable.keys()]) if (dirname(name) === path) this.#durable.delete(name)
    for (const [name, inode] of this.names) if (dirname(name) === path) this.#durable.set(name, inode)
  }

  #inode(path: string): Inode {
    const inode = this.names.get(path)
    if (inode === undefined) throw systemError('ENOENT')
    return inode
  }

  #file(path: string): DiskFile {
    const inode = this.#inode(path)
    return {
      write: async (bytes) => {
        const half = this.operations + 1 >= this.failAt ? bytes.subarray(0, bytes.length >> 1) : bytes
        if (this.operations + 1 <= this.failAt) inode.bytes = Buffer.concat([inode.bytes, half])
        this.#step()
      },
      datasync: async () => {
        this.#step()
        inode.synced = inode.bytes.length
      },
      close: async () => undefined,
    }
  }

  #step(): void {
    this.operations += 1
    if (this.operations >= this.failAt) throw systemError(this.refusal ?? 'EKILLED')
  }
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code })
}
