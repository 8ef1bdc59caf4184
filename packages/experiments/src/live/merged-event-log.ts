// The event logs that the nodes of a network left, as one.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NetworkPlan } from '../assembly/network-plan.ts'

/**
 * JSON lines in order of virtual time; ties keep the order of the plan, and what the launcher did comes first.
 *
 * @param launched the launcher's own lines
 */
export async function mergedEventLog(
  plan: NetworkPlan,
  directory: string,
  launched: string,
): Promise<string> {
  const logs = await Promise.all(
    plan.nodes.map(({ id }) => readFile(join(directory, id, 'events.jsonl'), 'utf8').catch(() => '')),
  )
  const lines = [launched, ...logs].flatMap((text) =>
    text
      .split('\n')
      // The last line of a killed node may be torn.
      .filter((line) => line.endsWith('}'))
      .map((line) => ({ atMs: Number(/"atMs":(\d+)/.exec(line)?.[1] ?? 0), line })),
  )
  lines.sort((a, b) => a.atMs - b.atMs)
  return lines.map(({ line }) => `${line}\n`).join('')
}
