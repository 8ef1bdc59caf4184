// The part of the audit that only a node's own process can do: reservations, accepted signatures, commitments.
// Each process audits what its node records and leaves the result beside its logs; the launcher adds them up.
// In the simulator the watcher hears all nodes and no such files are needed.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AuditReport, createAuditor } from '@solvent/audit'
import type { InvariantOutcome, RunReport } from '@solvent/nodes'
import type { NodeId } from '@solvent/primitives'
import type { DomainEvent } from '@solvent/protocol'
import type { NetworkPlan } from '../assembly/network-plan.ts'

export interface NodeAuditFile {
  readonly audit: InvariantOutcome
  /** Domain events that the node recorded. */
  readonly events: number
  /** Messages that its host received. */
  readonly messages: number
}

const AUDIT_FILE = 'audit.json'

/** Audits one node's events as they happen. */
export class NodeAudit {
  readonly #auditor: ReturnType<typeof createAuditor>
  readonly #node: NodeId
  #events = 0

  constructor(plan: NetworkPlan, node: NodeId) {
    this.#auditor = createAuditor({ spec: plan.spec, genesis: plan.genesis, applicable: 'libp2p' })
    this.#node = node
  }

  observe(atMs: number, event: DomainEvent): void {
    this.#events += 1
    this.#auditor.event(atMs, this.#node, event)
  }

  /** A timer of the node fired (T-1). */
  pop(dueMs: number, sequence: number): void {
    this.#auditor.pop(dueMs, 0, sequence)
  }

  /** Writes the findings; the run reads them after the process has ended. */
  async save(directory: string, messages: number): Promise<void> {
    const content: NodeAuditFile = {
      audit: eventOutcome(this.#auditor.finish()),
      events: this.#events,
      messages,
    }
    const draft = join(directory, `.${AUDIT_FILE}`)
    await writeFile(draft, JSON.stringify(content), { mode: 0o600 })
    await rename(draft, join(directory, AUDIT_FILE))
  }
}

/** Null when the process left none: it was killed. */
export async function readNodeAudit(directory: string): Promise<NodeAuditFile | null> {
  const text = await readFile(join(directory, AUDIT_FILE), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as NodeAuditFile)
}

/** What the processes of a network left behind, added up. */
export interface GatheredAudits {
  readonly report: RunReport
  readonly events: number
  readonly messages: number
}

/**
 * The watcher's report with what the nodes' own audits add, in the order in which they are given, whichever is read
 * first (invariant D-7).
 *
 * @param readings null for a process that left none
 */
export async function gatherAudits(
  report: RunReport,
  readings: readonly Promise<NodeAuditFile | null>[],
): Promise<GatheredAudits> {
  const files = (await Promise.all(readings)).filter((file) => file !== null)
  return {
    report: mergeAudits(
      report,
      files.map(({ audit }) => audit),
    ),
    events: files.reduce((sum, { events }) => sum + events, 0),
    messages: files.reduce((sum, { messages }) => sum + messages, 0),
  }
}

function mergeAudits(report: RunReport, audits: readonly InvariantOutcome[]): RunReport {
  const counts = new Map(report.invariants.checked.map(({ id, count }) => [id, count]))
  for (const { checked } of audits)
    for (const { id, count } of checked) counts.set(id, (counts.get(id) ?? 0) + count)
  return {
    ...report,
    invariants: {
      ...report.invariants,
      checked: [...counts].map(([id, count]) => ({ id, count })),
      broken: [...report.invariants.broken, ...audits.flatMap(({ broken }) => broken)],
    },
  }
}

function eventOutcome(report: AuditReport): InvariantOutcome {
  return {
    checked: [...report.checked].map(([id, count]) => ({ id, count })),
    broken: report.broken,
  } as InvariantOutcome
}
