/**
 * Verifiable private reports: a solver or a pool commits to its balance sheet, and proves to each counterparty that their
 * position is in it, and to everyone what it adds up to, without showing the others.
 *
 * Proof of liabilities after Maxwell (see Wilcox 2014), with the binding of Hu, Zhang, Guo (ePrint 2018/1139), salted
 * leaves in an order drawn from the salt, and blank leaves; as DAPOL+ without commitments to sums (Ji, Chalkias, CCS 2021).
 */
import { type Hash32, hashCanonical, isSolventError, SolventError } from '@solvent/primitives'
import { checkedAmount, type Position } from './position.ts'
import { type Leaf, leafNode, MAX_DEPTH, pathOf, type TreeNode, topOf, treeLevels } from './sum-tree.ts'
import { isSameSums, type Sums } from './sums.ts'

/** What is made public. */
export interface ReportCommitment {
  readonly reporter: string
  /** The moment that it is about. */
  readonly atMs: number
  /** 2^depth leaves: all that it says of how many positions there are. */
  readonly depth: number
  readonly sums: Sums
  /** Binds all of the above to the tree. */
  readonly root: Hash32
}

/** What the reporter keeps. */
export interface PrivateReport {
  readonly commitment: ReportCommitment
  readonly leaves: readonly Leaf[]
  readonly levels: readonly (readonly TreeNode[])[]
}

/** What a counterparty is given. */
export interface InclusionProof {
  readonly index: number
  readonly salt: Hash32
  readonly position: Position
  /** From the leaf's sibling up. */
  readonly path: readonly TreeNode[]
}

export type InclusionVerdict =
  | { readonly status: 'included' }
  | { readonly status: 'refused'; readonly reason: 'wrong-shape' | 'bad-sum' | 'other-sums' | 'other-root' }

/** Fewest leaves are 2^3: a report of one position does not look like one. */
const LEAST_DEPTH = 3

/**
 * Commits to a balance sheet.
 *
 * @param positions at most 2^20; the order says nothing
 * @param about `secret`: whoever knows it can guess what is in a leaf; a new one for each report
 * @throws SolventError E_REPORT for negative amounts, sums above 2^127 − 1 and too many positions
 * @example
 * const { commitment } = commitReport([{ side: 'owes', counterparty: 'a', layer: 'lending', amountE8: 5n }],
 *   { reporter: 'pool', atMs: 0, secret: 'x' })
 * commitment.sums.owes // { lending: 5n }
 */
export function commitReport(
  positions: readonly Position[],
  about: { readonly reporter: string; readonly atMs: number; readonly secret: string },
): PrivateReport {
  const depth = depthFor(positions.length)
  if (depth > MAX_DEPTH)
    throw new SolventError({
      code: 'E_REPORT',
      message: 'A report has too many positions.',
      details: { got: positions.length, most: 1 << MAX_DEPTH },
    })
  for (const [at, { amountE8 }] of positions.entries()) checkedAmount(amountE8, `positions[${at}]`)
  const { reporter, atMs, secret } = about
  const saltOf = (use: string, number: number) =>
    hashCanonical({ domain: 'solvent-report/salt', secret, reporter, atMs, use, number })
  const blanks = Array.from({ length: (1 << depth) - positions.length }, () => null)
  const leaves = [...positions, ...blanks]
    .map((position, number) => ({ position, rank: saltOf('order', number) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ position }, index): Leaf => ({ position, salt: saltOf('leaf', index) }))
  const levels = treeLevels(leaves.map(leafNode))
  const top = levels.at(-1)![0]!
  const facts = { reporter, atMs, depth, sums: top.sums }
  return { commitment: { ...facts, root: rootOf(facts, top.hash) }, leaves, levels }
}

/** Of the smallest tree that has so many leaves. */
function depthFor(leaves: number): number {
  return Math.max(LEAST_DEPTH, 32 - Math.clz32(Math.max(0, leaves - 1)))
}

/** Proofs of all positions that a counterparty has in the report, one each. */
export function proveInclusion(
  { leaves, levels }: Pick<PrivateReport, 'leaves' | 'levels'>,
  counterparty: string,
): InclusionProof[] {
  return leaves.flatMap(({ position, salt }, index) =>
    position?.counterparty === counterparty ? [{ index, salt, position, path: pathOf(levels, index) }] : [],
  )
}

/**
 * Whether the position stands in the report that was committed to, and counts in its sums. Two positions of one
 * counterparty must have two indices.
 *
 * @example verifyInclusion(commitment, proof) // { status: 'included' }
 */
export function verifyInclusion(
  { root, ...facts }: ReportCommitment,
  { index, salt, position, path }: InclusionProof,
): InclusionVerdict {
  const { depth } = facts
  const isWhole = Number.isInteger(depth) && depth >= 0 && depth <= MAX_DEPTH && path.length === depth
  if (!isWhole || !Number.isInteger(index) || index < 0 || index >= 1 << depth)
    return { status: 'refused', reason: 'wrong-shape' }
  let top: TreeNode
  try {
    top = topOf(leafNode({ salt, position }, index), index, path)
  } catch (error) {
    if (isSolventError(error, 'E_REPORT')) return { status: 'refused', reason: 'bad-sum' }
    throw error
  }
  if (!isSameSums(top.sums, facts.sums)) return { status: 'refused', reason: 'other-sums' }
  return rootOf(facts, top.hash) === root
    ? { status: 'included' }
    : { status: 'refused', reason: 'other-root' }
}

function rootOf({ reporter, atMs, depth, sums }: Omit<ReportCommitment, 'root'>, top: Hash32): Hash32 {
  const { owns, owes } = sums
  return hashCanonical({ domain: 'solvent-report/root', reporter, atMs, depth, owns, owes, top })
}
