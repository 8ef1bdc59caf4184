// One writer a directory. The lock says who holds it: the process, since when it runs (in ticks after the start of the
// machine, so that another process with the same number is told apart), on which machine and since which start of it.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import type { Disk } from './disk.ts'
import { writeRefused } from './store-error.ts'

const LOCK = 'lock'

interface LockHolder {
  readonly pid: number
  readonly host: string
  /** Null where the system does not say. */
  readonly bootId: string | null
  readonly startTicks: string | null
}

export interface StoreLock {
  release(): Promise<void>
}

/** @throws SolventError E_STORE_LOCKED when somebody who may live holds it; E_STORE_WRITE */
export async function lockStore(disk: Disk, directory: string): Promise<StoreLock> {
  const lock = join(directory, LOCK)
  const mine = `${JSON.stringify(holderOf(process.pid))}\n`
  for (;;) {
    if (await tryLock(disk, directory, mine)) {
      return { release: () => disk.remove(lock) }
    }
    const held = await textOf(disk, lock)
    if (held === null) continue
    if (isAlive(held)) throw locked(directory, held)
    await removeStale(disk, directory, held)
  }
}

/** Appears as a whole or not at all: a second name of a file that was written before. */
async function tryLock(disk: Disk, directory: string, content: string): Promise<boolean> {
  const draft = join(directory, `.${LOCK}-${randomBytes(6).toString('hex')}`)
  try {
    const file = await disk.create(draft)
    await file.write(Buffer.from(content)).finally(() => file.close())
    await disk.link(draft, join(directory, LOCK))
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw writeRefused(directory, cause)
  } finally {
    await disk.remove(draft).catch(() => undefined)
  }
}

/** Takes a dead holder's lock away; gives it back when another process was quicker and it is that one's. */
async function removeStale(disk: Disk, directory: string, seen: string): Promise<void> {
  const lock = join(directory, LOCK)
  const aside = join(directory, `.${LOCK}-stale-${randomBytes(6).toString('hex')}`)
  try {
    await disk.rename(lock, aside)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw writeRefused(directory, cause)
  }
  if ((await textOf(disk, aside)) !== seen) await disk.link(aside, lock).catch(() => undefined)
  await disk.remove(aside)
}

async function textOf(disk: Disk, path: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await disk.read(path))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
}

function isAlive(text: string): boolean {
  let holder: LockHolder
  try {
    holder = JSON.parse(text) as LockHolder
  } catch {
    return false
  }
  // Of another machine nobody here can say whether it runs.
  if (holder.host !== hostname()) return true
  if (holder.bootId !== bootId()) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return holder.startTicks === startTicks(holder.pid)
}

function locked(directory: string, held: string): SolventError {
  const { pid, host } = JSON.parse(held) as LockHolder
  return new SolventError({
    code: 'E_STORE_LOCKED',
    message: 'Another sweep is at work in this directory.',
    details: { directory, pid, host },
    hint:
      host === hostname()
        ? 'Wait for it, or name another directory.'
        : 'If that machine does not run any more, remove the file "lock" in it.',
  })
}

function holderOf(pid: number): LockHolder {
  return { pid, host: hostname(), bootId: bootId(), startTicks: startTicks(pid) }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

/** Field 22 of /proc/<pid>/stat; the second field is a name in brackets that may hold anything. */
function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
