// Counts evaluations and keeps breaches. Counting is a plain field increment: it happens many times per transaction.
import type { ChainId } from '@solvent/primitives'
import { type AuditReport, type Breach, MAX_BREACHES_PER_ID } from './audit-report.ts'
import { invariantCatalogue } from './catalogue/invariant-catalogue.ts'
import { type InvariantId, invariantIds } from './invariant-id.ts'

export class Tally {
  /** Evaluations so far. Rules increment the field of their own id. */
  readonly checked: Record<InvariantId, number> = noEvaluations()
  readonly broken: Breach[] = []
  readonly losses = new Map<string, bigint>()
  #omitted = 0
  readonly #kept: Record<InvariantId, number> = noEvaluations()

  /** Records a breach once; `detail` says what was found, what was expected, and of which object. */
  breach(id: InvariantId, atMs: number, chainId: ChainId | null, detail: string): void {
    if (this.broken.some((known) => known.id === id && known.detail === detail)) return
    if (this.#kept[id] >= MAX_BREACHES_PER_ID) {
      this.#omitted++
      return
    }
    this.#kept[id]++
    this.broken.push({ id, statement: invariantCatalogue[id].statement, atMs, chainId, detail })
  }

  /** A copy of the counts. */
  evaluations(): Readonly<Record<InvariantId, number>> {
    return { ...this.checked }
  }

  /** Goes back to counts that `evaluations` gave. */
  setEvaluations(counts: Readonly<Record<InvariantId, number>>): void {
    Object.assign(this.checked, counts)
  }

  report(): AuditReport {
    const checked = new Map<InvariantId, number>()
    for (const id of invariantIds) checked.set(id, this.checked[id])
    return { checked, broken: [...this.broken], omitted: this.#omitted, losses: new Map(this.losses) }
  }
}

/** Made in one go: an object that gets its fields one by one by computed names is a hash table to the engine, and slow. */
function noEvaluations(): Record<InvariantId, number> {
  return Object.fromEntries(invariantIds.map((id) => [id, 0])) as Record<InvariantId, number>
}
