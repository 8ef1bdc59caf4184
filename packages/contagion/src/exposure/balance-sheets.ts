/**
 * An exposure network as the models take it: names replaced by indices, balance sheets at face value.
 */
import { nearestName, SolventError } from '@solvent/primitives'
import type { SeniorityClass } from '../clearing/seniority.ts'
import { claimsNetwork, type Entry, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'
import type { ExposureNetwork } from './exposure-network.ts'

/** Vectors are in the order of `ids`. */
export interface BalanceSheets {
  readonly ids: readonly string[]
  /** The most senior first; ranks at which nobody owes anything are left out. */
  readonly classes: readonly SeniorityClass[]
  /** Debts of all ranks, entry (debtor, creditor). */
  readonly liabilities: SparseMatrix
  /** The same, entry (creditor, debtor). */
  readonly claims: SparseMatrix
  readonly externalAssets: Float64Array
  readonly externalLiabilities: Float64Array
  /** Assets less debts at face value; negative for a node that is insolvent from the start. */
  readonly faceEquity: Float64Array
  /** As given, else the equity at face value. */
  readonly buffers: Float64Array
  /** As given, else all assets at face value. */
  readonly weights: Float64Array
  readonly sigmaAsset: Float64Array
  readonly assetIds: readonly string[]
  readonly illiquidity: Float64Array
  /** Dense rows by node, one value for each common asset. */
  readonly holdings: readonly (readonly number[])[]
}

/** Cells of the portfolios of a network; they are dense. */
const MAX_CELLS = 20_000_000
/** A sum of holdings above the external assets by no more than this share is rounding. */
const ROUNDING = 1e-9

/**
 * Resolves the names of a network and draws up the balance sheets. Outside debts rank last.
 *
 * @throws SolventError E_EXPOSURES for names given twice or unknown, self-loops, and holdings worth more than the external
 *   assets of their node
 * @example
 * balanceSheets({ format: 'solvent-exposures', version: 1, nodes: [
 *   { id: 'a', externalAssets: 5, externalLiabilities: 0 }, { id: 'b', externalAssets: 1, externalLiabilities: 2 }],
 *   claims: [{ debtor: 'a', creditor: 'b', amount: 4 }] }).faceEquity // Float64Array [1, 3]
 */
export function balanceSheets(network: ExposureNetwork): BalanceSheets {
  const ids = network.nodes.map(({ id }) => id)
  const placeOf = placesOf('nodes', ids)
  const n = ids.length
  const ranks = new Map<number, Entry[]>()
  for (const [at, { debtor, creditor, amount, seniority = 0 }] of network.claims.entries()) {
    const where = `claims[${at}]`
    const from = place(placeOf, ids, debtor, `${where}.debtor`)
    const to = place(placeOf, ids, creditor, `${where}.creditor`)
    if (from === to)
      throw new SolventError({
        code: 'E_EXPOSURES',
        message: 'A node cannot owe itself.',
        details: { at: where, node: debtor },
      })
    const rank = ranks.get(seniority)
    if (rank === undefined) ranks.set(seniority, [[from, to, amount]])
    else rank.push([from, to, amount])
  }
  checkOperations(network, ids)
  checkGuarantees(network, ids, placeOf)
  const externalAssets = Float64Array.from(network.nodes, (node) => node.externalAssets)
  const externalLiabilities = Float64Array.from(network.nodes, (node) => node.externalLiabilities)
  const inOrder = [...ranks].sort(([a], [b]) => a - b).map(([, entries]) => entries)
  const liabilities = claimsNetwork(n, inOrder.flat())
  const claims = transpose(liabilities)
  const assets = externalAssets.map((own, node) => own + rowSum(claims, node))
  const faceEquity = assets.map((all, node) => all - rowSum(liabilities, node) - externalLiabilities[node]!)
  const assetIds = (network.assets ?? []).map(({ id }) => id)
  return {
    ids,
    classes: classesOf(n, inOrder, externalLiabilities),
    liabilities,
    claims,
    externalAssets,
    externalLiabilities,
    faceEquity,
    buffers: faceEquity.map((equity, node) => network.nodes[node]!.buffer ?? equity),
    weights: assets.map((all, node) => network.nodes[node]!.weight ?? all),
    sigmaAsset: Float64Array.from(network.nodes, ({ sigmaAsset = 0 }) => sigmaAsset),
    assetIds,
    illiquidity: Float64Array.from(network.assets ?? [], ({ illiquidity = 0 }) => illiquidity),
    holdings: portfolios(network, placeOf, ids, assetIds),
  }
}

/** What is no claim: dependences are of nodes or operators on operators, write-offs of nodes because of either. */
function checkOperations(
  { operators = [], dependences = [], writtenOff = [] }: ExposureNetwork,
  ids: readonly string[],
): void {
  const operatorIds = operators.map(({ id }) => id)
  const acting = placesOf('operators', operatorIds)
  const all = [...ids, ...operatorIds]
  const known = placesOf('nodes and operators', all)
  const nodes = new Map(ids.map((id, at) => [id, at]))
  for (const [at, { node, on }] of dependences.entries()) {
    place(known, all, node, `dependences[${at}].node`)
    place(acting, operatorIds, on, `dependences[${at}].on`)
  }
  for (const [at, { node, because }] of writtenOff.entries()) {
    place(nodes, ids, node, `writtenOff[${at}].node`)
    place(known, all, because, `writtenOff[${at}].because`)
  }
}

function checkGuarantees(
  { guarantees = [] }: ExposureNetwork,
  ids: readonly string[],
  placeOf: ReadonlyMap<string, number>,
): void {
  for (const [at, { guarantor, beneficiary }] of guarantees.entries()) {
    place(placeOf, ids, guarantor, `guarantees[${at}].guarantor`)
    place(placeOf, ids, beneficiary, `guarantees[${at}].beneficiary`)
    if (guarantor === beneficiary)
      throw new SolventError({
        code: 'E_EXPOSURES',
        message: 'A node cannot guarantee for itself.',
        details: { at: `guarantees[${at}]`, node: guarantor },
      })
  }
}

function classesOf(
  n: number,
  ranks: readonly (readonly Entry[])[],
  externalLiabilities: Float64Array,
): SeniorityClass[] {
  const none = new Float64Array(n)
  if (ranks.length === 0) return [{ liabilities: claimsNetwork(n, []), externalLiabilities }]
  return ranks.map((entries, rank) => ({
    liabilities: claimsNetwork(n, entries),
    externalLiabilities: rank === ranks.length - 1 ? externalLiabilities : none,
  }))
}

function portfolios(
  { holdings = [], nodes }: ExposureNetwork,
  placeOf: ReadonlyMap<string, number>,
  ids: readonly string[],
  assetIds: readonly string[],
): number[][] {
  const assetPlaceOf = placesOf('assets', assetIds)
  if (nodes.length * assetIds.length > MAX_CELLS)
    throw new SolventError({
      code: 'E_EXPOSURES',
      message: 'The portfolios are too large.',
      details: { nodes: nodes.length, assets: assetIds.length, cellsAllowed: MAX_CELLS },
    })
  const rows = nodes.map(() => new Array<number>(assetIds.length).fill(0))
  for (const [at, { node, asset, value }] of holdings.entries()) {
    const row = rows[place(placeOf, ids, node, `holdings[${at}].node`)]!
    row[place(assetPlaceOf, assetIds, asset, `holdings[${at}].asset`)]! += value
  }
  rows.forEach((row, node) => {
    const held = row.reduce((sum, value) => sum + value, 0)
    const { id, externalAssets } = nodes[node]!
    if (held > externalAssets * (1 + ROUNDING))
      throw new SolventError({
        code: 'E_EXPOSURES',
        message: 'The holdings of a node are worth more than its external assets, of which they are part.',
        details: { node: id, holdings: held, externalAssets },
      })
  })
  return rows
}

function placesOf(what: string, ids: readonly string[]): Map<string, number> {
  const placeOf = new Map<string, number>()
  ids.forEach((id, at) => {
    if (placeOf.has(id))
      throw new SolventError({
        code: 'E_EXPOSURES',
        message: 'A name stands twice.',
        details: { at: `${what}[${at}].id`, name: id },
      })
    placeOf.set(id, at)
  })
  return placeOf
}

function place(
  placeOf: ReadonlyMap<string, number>,
  known: readonly string[],
  id: string,
  at: string,
): number {
  const found = placeOf.get(id)
  if (found !== undefined) return found
  const near = nearestName(id, known)
  throw new SolventError({
    code: 'E_EXPOSURES',
    message: 'A name is unknown.',
    details: { at, got: id, allowed: known.length <= 20 ? known.join(', ') : `${known.length} names` },
    hint: near === undefined ? undefined : `Did you mean ${near}?`,
  })
}

function rowSum({ offsets, amounts }: SparseMatrix, row: number): number {
  let sum = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += amounts[at]!
  return sum
}
