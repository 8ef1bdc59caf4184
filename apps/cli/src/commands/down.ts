// `solvent down`: ends a network whose launcher is gone (or not). Nodes are asked over libp2p, as for anything else;
// those that do not listen any more are killed.
import { setTimeout as sleep } from 'node:timers/promises'
import { connectOperator, readNetworkFile } from '@solvent/experiments/live'
import { EXIT } from '../exit-code.ts'
import { note, result } from '../output/streams.ts'
import { networkDirectory } from '../project.ts'
import { isRunning } from './running-process.ts'

const ASKED_DEADLINE_MS = 5_000
const KILLED_DEADLINE_MS = 2_000
const POLL_MS = 100

export async function down(): Promise<number> {
  const directory = networkDirectory()
  const { nodes } = await readNetworkFile(directory)
  const left = () => nodes.filter(isRunning)
  const signal = (name: NodeJS.Signals) => {
    for (const { pid } of left()) process.kill(pid!, name)
  }
  const ended = async (deadlineMs: number) => {
    const deadline = Date.now() + deadlineMs
    while (left().length > 0 && Date.now() < deadline) await sleep(POLL_MS)
    return left().length === 0
  }
  // A stopped process does not hear anyone.
  signal('SIGCONT')
  const operator = await connectOperator(directory)
  const asked = operator.askAll({ kind: 'shutdown' }).finally(() => operator.close())
  if (!(await ended(ASKED_DEADLINE_MS))) {
    for (const { id, pid } of left()) note(`${id} (process ${pid}) did not end by itself and is killed`)
    signal('SIGKILL')
    await ended(KILLED_DEADLINE_MS)
  }
  await asked
  result(left().length === 0 ? 'all processes have ended' : `${left().length} processes are left`)
  return left().length === 0 ? EXIT.ok : EXIT.io
}
