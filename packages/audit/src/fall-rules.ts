// C-7 on who fell in a run: every moment of its exposures is cleared again, from full payment downwards (Eisenberg, Noe 2001, section 3: the
// greatest clearing vector is the limit), and the table of falls is held against what comes out.
import type { AuditedClaim } from './cascade-rules.ts'

export interface AuditedDebt extends AuditedClaim {
  /** Rank; the lower is paid first. */
  readonly seniority: number
}

/** Who owes whom at one moment; claims say institutions by their place. */
export interface AuditedMoment {
  readonly atMs: number
  readonly institutions: readonly {
    readonly id: string
    readonly externalAssets: number
    /** To creditors outside, paid with the last rank. */
    readonly externalDebts: number
  }[]
  /** With guarantees that were called. */
  readonly debts: readonly AuditedDebt[]
  readonly writtenOff: readonly { readonly node: string; readonly because: string; readonly amount: number }[]
  /** Those that owe nothing and by whose failure to act others lose. */
  readonly operators: readonly string[]
}

export interface AuditedFall {
  readonly id: string
  readonly atMs: number
  readonly round: number
  readonly shortfall: number
  readonly loss: number
  readonly causes: readonly { readonly id: string; readonly amount: number }[]
}

/** Shares of what an institution owes and has by which two ways of clearing may differ; also below which a table leaves parts out. */
const NEGLIGIBLE = 1e-5
/** Nearer to the limit than this share of a payment it has come. */
const STILL = 1e-12
const MOST_TURNS = 10_000

/** An institution after clearing. */
interface Standing {
  readonly owed: number
  readonly shortfall: number
  /** What it has at face value and owes, which bounds rounding. */
  readonly scale: number
  /** Assets as marked down, less debts. */
  readonly worth: number
  /** By debtor, and by whom it wrote off for: what is lost. */
  readonly lost: ReadonlyMap<string, number>
}

/**
 * What of C-7 the falls of a run break, empty when nothing: each institution that cannot pay falls once, at the first such moment; what its owners and
 * creditors lose is its own shock and the mark-downs of its claims, each once; at most one round more than institutions, each after one of its causes.
 *
 * @param moments in order of time
 */
export function fallBreaches(moments: readonly AuditedMoment[], falls: readonly AuditedFall[]): string[] {
  const breaches: string[] = []
  const stood = new Map<string, Standing>()
  const fallen = new Set<string>()
  for (const [at, moment] of moments.entries()) {
    const standings = clearedFromAbove(moment)
    const told = falls.filter((fall) => fall.atMs === moment.atMs && !fallen.has(fall.id))
    const names = new Map(told.map((fall) => [fall.id, fall]))
    for (const [id, now] of standings) {
      if (fallen.has(id)) continue
      const fall = names.get(id)
      if (fall !== undefined) breaches.push(...lossBreaches(fall, now, stood.get(id)))
      else if (now.shortfall > NEGLIGIBLE * now.owed)
        breaches.push(`${id} cannot pay ${now.shortfall} at moment ${at}, and is not told as fallen`)
      if (fall !== undefined) fallen.add(id)
      else stood.set(id, now)
    }
    breaches.push(...roundBreaches(moment, told, falls))
  }
  const ids = falls.map(({ id }) => id)
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at)))
    breaches.push(`${id} fell more than once`)
  for (const { id } of falls) if (!fallen.has(id)) breaches.push(`${id} fell at no moment of the run`)
  return breaches
}

function lossBreaches(
  { id, shortfall, loss, causes }: AuditedFall,
  now: Standing,
  before: Standing | undefined,
): string[] {
  const breaches: string[] = []
  const near = (value: number, expected: number): boolean =>
    Math.abs(value - expected) <= NEGLIGIBLE * Math.max(now.scale, before?.scale ?? 0)
  if (!near(shortfall, now.shortfall) || now.shortfall <= 0)
    breaches.push(`creditors of ${id} lose ${shortfall}; cleared again it is ${now.shortfall}`)
  const marked = [...now.lost].map(
    ([cause, amount]) => [cause, amount - (before?.lost.get(cause) ?? 0)] as const,
  )
  // Without a moment at which it stood, what it had is its face value.
  const had = before?.worth ?? now.worth + [...now.lost.values()].reduce((sum, amount) => sum + amount, 0)
  if (!near(loss, had - now.worth))
    breaches.push(`owners and creditors of ${id} lose ${loss}; cleared again it is ${had - now.worth}`)
  const expected = new Map(marked.filter(([, amount]) => amount > 0))
  const byOthers = [...expected.values()].reduce((sum, amount) => sum + amount, 0)
  expected.set(ITSELF, Math.max(0, had - now.worth - byOthers))
  const names = causes.map((cause) => cause.id)
  if (new Set(names).size < names.length)
    breaches.push(`${id} fell because of one of ${names.join(', ')} twice`)
  for (const cause of new Set([...expected.keys(), ...names])) {
    const said = causes.find((each) => each.id === cause)?.amount ?? 0
    const due = expected.get(cause) ?? 0
    if (!near(said, due))
      breaches.push(`${id} lost ${said} because of ${cause}; what it has there was marked down by ${due}`)
  }
  return breaches
}

const ITSELF = 'itself'

function roundBreaches(
  { institutions, operators }: AuditedMoment,
  told: readonly AuditedFall[],
  falls: readonly AuditedFall[],
): string[] {
  const roundOf = new Map([
    ...operators.map((id) => [id, 1] as const),
    ...falls.map(({ id, round }) => [id, round] as const),
  ])
  const most = institutions.length + 1
  return told.flatMap(({ id, round, causes }) => {
    if (round < 1 || round > most)
      return [`${id} fell in round ${round} among ${institutions.length} institutions`]
    const follows = round === 1 || causes.some((cause) => roundOf.get(cause.id) === round - 1)
    return follows ? [] : [`${id} fell in round ${round}, and none of its causes in the round before`]
  })
}

function clearedFromAbove(moment: AuditedMoment): Map<string, Standing> {
  const { institutions, debts, writtenOff } = moment
  const n = institutions.length
  const last = Math.max(0, ...debts.map(({ seniority }) => seniority))
  const owedAt: number[][] = Array.from({ length: last + 1 }, () => new Array<number>(n).fill(0))
  for (const { debtor, amount, seniority } of debts) owedAt[seniority]![debtor]! += amount
  institutions.forEach(({ externalDebts }, at) => {
    owedAt[last]![at]! += externalDebts
  })
  const owed = institutions.map((_, at) => owedAt.reduce((sum, rank) => sum + rank[at]!, 0))
  const faceOf = institutions.map(({ externalAssets }) => externalAssets)
  for (const { creditor, amount } of debts) faceOf[creditor]! += amount
  const rateOf = (paid: readonly number[], debtor: number, rank: number): number => {
    let left = paid[debtor]!
    for (let before = 0; before < rank; before++) left -= owedAt[before]![debtor]!
    const due = owedAt[rank]![debtor]!
    return due === 0 ? 1 : Math.max(0, Math.min(1, left / due))
  }
  let paid: readonly number[] = owed
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const assets = institutions.map(({ externalAssets }) => externalAssets)
    for (const { creditor, debtor, amount, seniority } of debts)
      assets[creditor]! += amount * rateOf(paid, debtor, seniority)
    const next = owed.map((due, at) => Math.min(due, assets[at]!))
    const isStill = next.every((pays, at) => Math.abs(pays - paid[at]!) <= STILL * owed[at]!)
    paid = next
    if (isStill) break
  }
  const lost = institutions.map(() => new Map<string, number>())
  const markedDown = new Array<number>(n).fill(0)
  for (const { creditor, debtor, amount, seniority } of debts) {
    const unpaid = amount * (1 - rateOf(paid, debtor, seniority))
    if (unpaid <= 0) continue
    markedDown[creditor]! += unpaid
    add(lost[creditor]!, institutions[debtor]!.id, unpaid)
  }
  const placeOf = new Map(institutions.map(({ id }, at) => [id, at]))
  for (const { node, because, amount } of writtenOff)
    if (amount > 0 && placeOf.has(node)) add(lost[placeOf.get(node)!]!, because, amount)
  return new Map(
    institutions.map(({ id }, at) => [
      id,
      {
        owed: owed[at]!,
        shortfall: owed[at]! - paid[at]!,
        scale: faceOf[at]! + owed[at]!,
        worth: faceOf[at]! - markedDown[at]! - owed[at]!,
        lost: lost[at]!,
      },
    ]),
  )
}

function add(lost: Map<string, number>, cause: string, amount: number): void {
  lost.set(cause, (lost.get(cause) ?? 0) + amount)
}
