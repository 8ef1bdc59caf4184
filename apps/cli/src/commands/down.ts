// `solvent down`: ends a network whose launcher is gone (or not). SIGTERM to every process of it, SIGKILL by number to those that
// are left. A launcher that runs hears that nobody is to come back: what it starts all the same is found in the network file,
// which is read anew at every look.
import { setTimeout as sleep } from 'node:timers/promises'
import { type NetworkFile, noteEnding, readNetworkFile } from '@solvent/experiments/live'
import { EXIT } from '../exit-code.ts'
import { note, result } from '../output/streams.ts'
import { networkDirectory } from '../project.ts'
import { isRunning } from './running-process.ts'

/** A node that ends in order takes 3 s at most; all are gone within 5 s. */
const ASKED_DEADLINE_MS = 4_000
const KILLED_DEADLINE_MS = 1_000
const POLL_MS = 100

type NodeEntry = NetworkFile['nodes'][number]

export async function down(): Promise<number> {
  const directory = networkDirectory()
  await readNetworkFile(directory)
  noteEnding(directory)
  const asked = await signalUntilGone(directory, ASKED_DEADLINE_MS, askToEnd)
  const left = asked.length === 0 ? [] : await signalUntilGone(directory, KILLED_DEADLINE_MS, kill)
  if (left.length === 0) {
    result('all processes have ended')
    return EXIT.ok
  }
  result(`${left.length} processes are left: ${left.map(({ id, pid }) => `${id} (${pid})`).join(', ')}`)
  return EXIT.io
}

/** Signals each process once, also those that appear meanwhile; returns what runs when the time is over. */
async function signalUntilGone(
  directory: string,
  deadlineMs: number,
  signal: (entry: NodeEntry) => void,
): Promise<readonly NodeEntry[]> {
  const deadline = Date.now() + deadlineMs
  const signalled = new Set<number>()
  for (;;) {
    const left = (await readNetworkFile(directory)).nodes.filter(isRunning)
    for (const entry of left) {
      if (signalled.has(entry.pid!)) continue
      signalled.add(entry.pid!)
      signal(entry)
    }
    if (left.length === 0 || Date.now() >= deadline) return left
    await sleep(POLL_MS)
  }
}

function askToEnd({ pid }: NodeEntry): void {
  send(pid!, 'SIGTERM')
  // A stopped process does not hear anyone.
  send(pid!, 'SIGCONT')
}

function kill({ id, pid }: NodeEntry): void {
  note(`${id} (process ${pid}) did not end by itself and is killed`)
  send(pid!, 'SIGKILL')
}

/** It may have ended since it was seen. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
