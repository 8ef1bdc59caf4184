// What the processes of a live network leave behind: four audits that differ, and a gathering with a planted bug.
import { gatherAudits, type NodeAuditFile } from '@solvent/experiments'

const found = (ids: readonly string[], nodes: number): NodeAuditFile => ({
  audit: {
    checked: ids.map((id, index) => ({ id, count: nodes + index })),
    broken: ids.slice(0, 1).map((id) => ({
      id,
      statement: `statement of ${id}`,
      atMs: 1_000,
      chainId: null,
      detail: `seen by ${nodes}`,
    })),
  },
  events: 10 * nodes,
  messages: 100 * nodes,
})

/** The second process was killed and left nothing. */
export const NODE_AUDITS: readonly (NodeAuditFile | null)[] = [
  found(['O-13', 'S-1'], 1),
  null,
  found(['R-4', 'S-1'], 2),
  found(['S-1'], 3),
]

/** 27: adds up what the processes left in the order in which it was read. */
export const gatherAsRead: typeof gatherAudits = async (report, readings) => {
  const read: (NodeAuditFile | null)[] = []
  await Promise.all(readings.map(async (reading) => read.push(await reading)))
  return await gatherAudits(
    report,
    read.map((file) => Promise.resolve(file)),
  )
}
