// A snapshot while it is drawn up: nodes in the order of their first mention, claims added up.
import type {
  ExposureSnapshot,
  SnapshotClaim,
  SnapshotDependence,
  SnapshotGuarantee,
  SnapshotHolding,
  SnapshotKind,
  SnapshotNode,
  SnapshotOperator,
  SnapshotWriteOff,
} from './exposure-snapshot.ts'

type DraftNode = { -readonly [key in keyof SnapshotNode]: SnapshotNode[key] }
type DraftHolding = { -readonly [key in keyof SnapshotHolding]: SnapshotHolding[key] }
type DraftClaim = { -readonly [key in keyof SnapshotClaim]: SnapshotClaim[key] }

export class ExposureDraft {
  readonly #nodes = new Map<string, DraftNode>()
  readonly #claims = new Map<string, DraftClaim>()
  readonly #holdings = new Map<string, DraftHolding>()
  readonly #depths = new Map<string, bigint>()
  readonly #operators = new Map<string, SnapshotOperator>()
  readonly #dependences = new Map<string, SnapshotDependence>()
  readonly #writtenOff = new Map<string, SnapshotWriteOff>()
  readonly #guarantees: SnapshotGuarantee[] = []

  /** A node with capital of its own, or one whose creditors bear what it loses. */
  node(id: string, kind: SnapshotKind, isPassThrough = false): string {
    if (!this.#nodes.has(id))
      this.#nodes.set(id, { id, kind, externalE8: 0n, outsideDebtE8: 0n, isPassThrough })
    return id
  }

  asset(id: string, valueE8: bigint): void {
    this.#known(id).externalE8 += valueE8
  }

  /** Coins among its assets. */
  holding(id: string, symbol: string, valueE8: bigint): void {
    const key = `${id} ${symbol}`
    const known = this.#holdings.get(key)
    if (known === undefined) this.#holdings.set(key, { node: id, symbol, valueE8 })
    else known.valueE8 += valueE8
  }

  depth(symbol: string, depthE8: bigint): void {
    this.#depths.set(symbol, (this.#depths.get(symbol) ?? 0n) + depthE8)
  }

  outsideDebt(id: string, valueE8: bigint): void {
    this.#known(id).outsideDebtE8 += valueE8
  }

  /** Nothing for an amount of 0 and for what a node owes itself. */
  claim({
    seniority = 0,
    ...claim
  }: Omit<SnapshotClaim, 'seniority'> & { readonly seniority?: number }): void {
    if (claim.amountE8 <= 0n || claim.debtor === claim.creditor) return
    const key = `${claim.debtor} ${claim.creditor} ${claim.layer} ${seniority}`
    const known = this.#claims.get(key)
    if (known === undefined) this.#claims.set(key, { ...claim, seniority })
    else known.amountE8 += claim.amountE8
  }

  /** Nothing for an amount of 0. */
  guarantee(guarantee: SnapshotGuarantee): void {
    if (guarantee.amountE8 > 0n) this.#guarantees.push(guarantee)
  }

  writeOff({ node, because, amountE8 }: SnapshotWriteOff): void {
    const key = `${node} ${because}`
    const known = this.#writtenOff.get(key)?.amountE8 ?? 0n
    this.#writtenOff.set(key, { node, because, amountE8: known + amountE8 })
  }

  operator(id: string, kind: SnapshotOperator['kind']): void {
    this.#operators.set(id, { id, kind })
  }

  depends(dependence: SnapshotDependence, kind: SnapshotOperator['kind']): void {
    this.operator(dependence.on, kind)
    this.#dependences.set(`${dependence.node} ${dependence.on}`, dependence)
  }

  /** Without nodes that neither owe nor are owed anything, solvers aside, and what hangs on those alone. */
  finish(atMs: number, label: string): ExposureSnapshot {
    const claims = [...this.#claims.values()]
    const inClaims = new Set([
      ...claims.flatMap(({ debtor, creditor }) => [debtor, creditor]),
      ...this.#guarantees.flatMap(({ guarantor, beneficiary }) => [guarantor, beneficiary]),
    ])
    const nodes = [...this.#nodes.values()].filter(
      ({ id, kind, outsideDebtE8 }) => kind === 'solver' || outsideDebtE8 > 0n || inClaims.has(id),
    )
    const named = new Set(nodes.map(({ id }) => id))
    const dependences = [...this.#dependences.values()].filter(
      ({ node }) => named.has(node) || this.#operators.has(node),
    )
    const operators = new Set([
      ...dependences.flatMap(({ node, on }) => [node, on]),
      ...[...this.#writtenOff.values()].map(({ because }) => because),
    ])
    return {
      atMs,
      label,
      nodes,
      claims,
      holdings: [...this.#holdings.values()].filter(({ node, valueE8 }) => named.has(node) && valueE8 > 0n),
      depths: [...this.#depths].map(([symbol, depthE8]) => ({ symbol, depthE8 })),
      operators: [...this.#operators.values()].filter(({ id }) => operators.has(id)),
      dependences,
      writtenOff: [...this.#writtenOff.values()],
      guarantees: this.#guarantees,
    }
  }

  #known(id: string): DraftNode {
    const node = this.#nodes.get(id)
    if (node === undefined) throw new Error(`the snapshot has no node ${id}`)
    return node
  }
}
