// `solvent down`: ends a network whose launcher is gone (or not). Nodes are asked over libp2p, as anything else.
import { setTimeout as sleep } from 'node:timers/promises'
import { connectOperator, readNetworkFile } from '@solvent/experiments/live'
import { EXIT } from '../exit-code.ts'
import { note, result } from '../output/streams.ts'
import { networkDirectory } from '../project.ts'
import { isAlive } from './claim-directory.ts'

const DEADLINE_MS = 5_000
const POLL_MS = 100

export async function down(): Promise<number> {
  const directory = networkDirectory()
  const operator = await connectOperator(directory)
  await operator.askAll({ kind: 'shutdown' }).finally(() => operator.close())
  const { nodes } = await readNetworkFile(directory)
  const left = () => nodes.filter(({ pid }) => pid !== null && isAlive(pid))
  const deadline = Date.now() + DEADLINE_MS
  while (left().length > 0 && Date.now() < deadline) await sleep(POLL_MS)
  for (const { id, pid } of left()) note(`${id} (process ${pid}) did not end in ${DEADLINE_MS} ms`)
  result(left().length === 0 ? 'all processes have ended' : `${left().length} processes are left`)
  return left().length === 0 ? EXIT.ok : EXIT.io
}
