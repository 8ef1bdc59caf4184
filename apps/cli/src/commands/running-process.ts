// Whether a node's process runs. A network file may be older than the machine's start, and numbers of processes are
// given again: where the system says what a process is, it must be that node's.
import { readFileSync } from 'node:fs'

export interface NodeProcess {
  readonly id: string
  readonly pid: number | null
}

/** False for one that has ended and was not yet collected, and for another program under the same number. */
export function isRunning({ id, pid }: NodeProcess): boolean {
  if (pid === null || !exists(pid)) return false
  const words = commandLine(pid)
  return words === null || words.some((word, index) => word === '--node' && words[index + 1] === id)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Null where there is no /proc; empty for a process that has ended. */
function commandLine(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch (error) {
    return process.platform === 'linux' && (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null
  }
}
