// The processes of a live network as the system sees them, found by the network's file.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface NodeEntry {
  readonly id: string
  readonly role: string
  readonly pid: number | null
}

const LOOK_MS = 50

/** Null while there is none. */
export function networkNodes(directory: string): NodeEntry[] | null {
  try {
    const text = readFileSync(join(directory, 'network.json'), 'utf8')
    return (JSON.parse(text) as { nodes: NodeEntry[] }).nodes
  } catch {
    return null
  }
}

/** The process of a node, which must be known. */
export function pidOf(directory: string, node: string): number {
  const pid = networkNodes(directory)?.find(({ id }) => id === node)?.pid
  if (pid === undefined || pid === null) throw new Error(`${node} has no process in ${directory}.`)
  return pid
}

/** All processes that the network file names. */
export function pidsOf(directory: string): number[] {
  return (networkNodes(directory) ?? []).flatMap(({ pid }) => pid ?? [])
}

/** False for a process that has ended and was not yet collected by its parent. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    // After the name in brackets: Z is a process that has ended.
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** Those that are still there after `timeoutMs`; empty as soon as all are gone. */
export async function survivors(pids: readonly number[], timeoutMs: number): Promise<number[]> {
  await until(() => !pids.some(isAlive), timeoutMs)
  return pids.filter(isAlive)
}

/** Whether the condition came to hold in time. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > deadline) return false
    await sleep(LOOK_MS)
  }
  return true
}

/** Kills what is left of the networks below a folder, should a test have failed in the middle. */
export function sweep(folder: string): void {
  const directories = [folder, ...readdirSync(folder).map((name) => join(folder, name))]
  for (const directory of directories) {
    for (const pid of pidsOf(directory)) {
      // The number may be another program's by now: only what was started for this directory is ours.
      if (isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory))
        process.kill(pid, 'SIGKILL')
    }
  }
}
