// A file's study of tenders as the laboratory plays it: populations spelt out, rings by their members, what was left out decided.
import { type CostDraw, isSealedOnly, type TenderCounterfactual, type TenderStudy } from '@solvent/collusion'
import type { MechanismConfig, MechanismName } from '@solvent/mechanisms'
import type { StrategyConfig } from '@solvent/strategies'
import type { TendersFile } from './tenders-schema.ts'

/** Mechanisms in which whoever comes first takes the order, for a price that falls or stands: no other price is ever seen. */
export const RACES: ReadonlySet<MechanismName> = new Set<MechanismName>([
  'dutch',
  'block-dutch',
  'first-come',
])

/** Tenders of a session in which regret is measured where it takes a clearing for every level. */
const MEASURED_TENDERS = 2_000
const PPM = 1_000_000

/** Names of bidders by the name that the file has for them. */
export function namesOfBidders({
  bidders,
}: Pick<TendersFile, 'bidders'>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(bidders).map(([name, { count }]) => [
      name,
      count === undefined ? [name] : Array.from({ length: count }, (_, at) => `${name}-${at + 1}`),
    ]),
  )
}

/** Members of every ring, populations spelt out; names that are no bidders stay as they are. */
export function membersOfRings(file: Pick<TendersFile, 'bidders' | 'rings'>): Record<string, string[]> {
  const names = namesOfBidders(file)
  return Object.fromEntries(
    Object.entries(file.rings).map(([ring, members]) => [
      ring,
      members.flatMap((member) => names.get(member) ?? [member]),
    ]),
  )
}

/** @param file of which `tendersProblems` found nothing */
export function tendersStudy(file: TendersFile): TenderStudy {
  const { mechanism, leak, disciplines, regretEvery, exclusiveTo } = file
  const names = namesOfBidders(file)
  const rings = membersOfRings(file)
  const spelt = (list: readonly string[]) => list.flatMap((name) => names.get(name) ?? [name])
  const study: TenderStudy = {
    mechanism: { ...file.mechanismParameters, rule: mechanism } as MechanismConfig,
    reserve: file.reserve,
    bidders: Object.entries(file.bidders).flatMap(([name, { strategy, costs }]) =>
      (names.get(name) ?? []).map((each) => ({
        name: each,
        strategy: strategyOf(strategy, rings),
        costs: costs ?? file.costs,
      })),
    ),
    talkingRings: file.talkingRings.map((ring) => rings[ring] ?? []),
    tenders: file.tenders,
    blocks: file.blocks,
    tolerance: file.tolerance,
    feedback: file.feedback ?? (RACES.has(mechanism) ? 'winning-bid' : 'all-bids'),
    markets: file.markets,
    sharedCostSigma: file.sharedCostSigma,
    delaysMs: file.delaysMs,
    attemptCost: file.attemptCost,
    exclusiveTo: exclusiveTo ?? null,
    ...(leak === undefined ? {} : { leak: { ppm: leak.ppm, to: spelt(leak.to) } }),
    ...(disciplines === undefined ? {} : { disciplines: disciplinesOf(disciplines) }),
    counterfactual: counterfactualOf(file),
    regretEvery: 1,
    kept: file.kept,
  }
  const often = isSealedOnly(study) ? 1 : Math.ceil(file.tenders / MEASURED_TENDERS)
  return { ...study, regretEvery: regretEvery ?? often }
}

function disciplinesOf({ kept, tenderSeconds, bonds }: NonNullable<TendersFile['disciplines']>) {
  return { kept, tenderSeconds, ...(bonds === undefined ? {} : { bonds }) }
}

function strategyOf(
  strategy: TendersFile['bidders'][string]['strategy'],
  rings: Readonly<Record<string, readonly string[]>>,
): StrategyConfig {
  if (!('parameters' in strategy)) return strategy
  const { kind, parameters, ring } = strategy
  return { kind, parameters, ...(ring === undefined ? {} : { ring: rings[ring] ?? [] }) }
}

/** What costs everybody draws alike, if they do. */
function sharedCosts({ bidders, costs }: TendersFile): CostDraw | null {
  const drawn = Object.values(bidders).map((each) => each.costs ?? costs)
  const [first] = drawn
  return first !== undefined && drawn.every((each) => JSON.stringify(each) === JSON.stringify(first))
    ? first
    : null
}

function counterfactualOf(file: TendersFile): TenderCounterfactual | null {
  const { bids, replaces } = file.counterfactual
  const shared = sharedCosts(file)
  const bounds =
    shared?.kind === 'uniform'
      ? shared
      : shared?.kind === 'fixed'
        ? { low: shared.cost, high: shared.cost }
        : null
  switch (bids ?? (bounds === null ? 'second-cost' : 'equilibrium')) {
    case 'none':
      return null
    case 'competitive':
      return { strategy: { kind: 'competitive' }, replaces }
    case 'second-cost':
      return { strategy: { kind: 'truthful' }, mechanism: { rule: 'second-price' }, replaces }
    case 'equilibrium': {
      const { low, high } = bounds ?? { low: 0, high: 1 }
      const parameters = {
        lowestCostPpm: Math.round(low * PPM),
        highestCostPpm: Math.max(1, Math.round(high * PPM)),
      }
      return { strategy: { kind: 'equilibrium', parameters }, replaces }
    }
  }
}
