// What a study of tenders must mean beyond its shape: names that exist, parameters in bounds, and strategies that do something under the mechanism.
import { createMechanism, type MechanismName } from '@solvent/mechanisms'
import { isSolventError } from '@solvent/primitives'
import type { StrategyConfig } from '@solvent/strategies'
import { checkBidder } from '../scenario/check-strategies.ts'
import { Findings } from '../scenario/findings.ts'
import type { ScenarioProblem } from '../scenario/scenario-error.ts'
import type { Locate } from '../scenario/yaml-place.ts'
import { MOST_BIDDERS, RESERVED_BIDDER, type TendersFile } from './tenders-schema.ts'
import { membersOfRings, namesOfBidders, SILENT_RULES } from './tenders-study.ts'

/** Bids of a session: at most what an afternoon is long enough for. */
const MOST_BIDS = 1_000_000_000
/** Figures that the sessions of a study keep. */
const MOST_FIGURES = 20_000_000

const STUDY = ['study']

/** Problems of a study, with their places. */
export function tendersProblems(file: TendersFile, sessions: number, locate: Locate): ScenarioProblem[] {
  const findings = new Findings(locate)
  checkMechanism(file, findings)
  checkNames(file, findings)
  checkRings(file, findings)
  checkStrategies(file, findings)
  checkCosts(file, findings)
  checkBonds(file, findings)
  checkSizes(file, sessions, findings)
  return findings.problems
}

/** Mechanisms in which whoever comes first takes the order, for a price that falls or stands. */
const RACES: ReadonlySet<MechanismName> = new Set<MechanismName>(['dutch', 'block-dutch', 'first-come'])
const WITH_EXCLUSIVITY = { dutch: 'exclusiveMs', 'block-dutch': 'exclusiveBlocks' } as const

function checkMechanism(file: TendersFile, findings: Findings): void {
  const { mechanism, mechanismParameters, feedback, attemptCost, exclusiveTo, delaysMs } = file
  try {
    createMechanism({ ...mechanismParameters, rule: mechanism })
  } catch (error) {
    if (!isSolventError(error)) throw error
    const { parameter, got, allowed } = error.details
    findings.add(
      'E_RANGE',
      [...STUDY, 'mechanismParameters', String(parameter ?? got)],
      error.message.split('\n')[0] ?? '',
      { got: String(got), allowed: String(allowed) },
    )
  }
  const add = (key: string, problem: string, got: string, allowed: string) =>
    findings.add('E_VALUE', [...STUDY, key], problem, { got, allowed })
  if (feedback === 'all-bids' && SILENT_RULES.has(mechanism))
    add(
      'feedback',
      `no bids are made in ${mechanism}: rivals' prices are never seen`,
      feedback,
      'winning-bid',
    )
  if (attemptCost > 0 && !RACES.has(mechanism) && mechanism !== 'request-for-quote')
    add('attemptCost', `nobody races in ${mechanism}`, String(attemptCost), 'none')
  if (exclusiveTo !== undefined && !(mechanism in WITH_EXCLUSIVITY))
    add(
      'exclusiveTo',
      `${mechanism} grants nobody exclusivity`,
      exclusiveTo,
      'none, or mechanism: dutch or block-dutch',
    )
  else if (exclusiveTo !== undefined) {
    const length = WITH_EXCLUSIVITY[mechanism as keyof typeof WITH_EXCLUSIVITY]
    if ((mechanismParameters[length] ?? 0) === 0)
      add(
        'exclusiveTo',
        'the exclusivity has no length',
        exclusiveTo,
        `mechanismParameters.${length} above 0`,
      )
  }
  if (mechanism === 'priority-fee' && file.reserve === 1)
    findings.add('E_RANGE', [...STUDY, 'reserve'], 'what is delivered grows with the fee from nothing', {
      got: '1',
      allowed: 'below 1 with priority-fee: then the fee moves the output, and the highest wins',
    })
  if (delaysMs.low > delaysMs.high)
    findings.add('E_RANGE', [...STUDY, 'delaysMs', 'low'], 'above the longest delay', {
      got: String(delaysMs.low),
      allowed: `at most ${delaysMs.high}`,
    })
}

function checkNames(file: TendersFile, findings: Findings): void {
  const names = namesOfBidders(file)
  const path = [...STUDY, 'bidders']
  const all = [...names.values()].flat()
  if (all.length < 2 || all.length > MOST_BIDDERS)
    findings.add('E_RANGE', path, 'the number of bidders is out of range', {
      got: String(all.length),
      allowed: `2 to ${MOST_BIDDERS}, those of populations included`,
    })
  const seen = new Map<string, string>()
  for (const [name, spelt] of names) {
    if (name === RESERVED_BIDDER)
      findings.add('E_VALUE', [...path, name], 'the name stands for a bidder drawn for each tender', {
        got: name,
        allowed: 'another name',
      })
    const twice = spelt.find((each) => seen.has(each))
    if (twice !== undefined)
      findings.add('E_VALUE', [...path, name], `two bidders have one name: ${seen.get(twice)} has it too`, {
        got: twice,
        allowed: 'another name, or another count',
      })
    for (const each of spelt) seen.set(each, name)
  }
  const { exclusiveTo, leak } = file
  if (exclusiveTo !== undefined && exclusiveTo !== RESERVED_BIDDER)
    findings.reference([...STUDY, 'exclusiveTo'], 'bidder', exclusiveTo, [...all, RESERVED_BIDDER])
  leak?.to.forEach((name, index) => {
    const place = [...STUDY, 'leak', 'to', index]
    if (findings.reference(place, 'bidder', name, [...names.keys()]) && leak.to.indexOf(name) !== index)
      findings.add('E_VALUE', place, 'a bidder is named once', { got: name, allowed: 'other bidders' })
  })
}

function checkRings(file: TendersFile, findings: Findings): void {
  const { rings, talkingRings, bidders } = file
  const names = Object.keys(bidders)
  const inRing = new Map<string, string>()
  for (const [ring, members] of Object.entries(rings))
    members.forEach((member, index) => {
      const path = [...STUDY, 'rings', ring, index]
      if (!findings.reference(path, 'bidder', member, names)) return
      const other = inRing.get(member)
      if (other !== undefined)
        findings.add('E_VALUE', path, `a bidder is in one ring, once: this one is in ${other}`, {
          got: member,
          allowed: 'other bidders',
        })
      inRing.set(member, ring)
    })
  talkingRings.forEach((ring, index) => {
    findings.reference([...STUDY, 'talkingRings', index], 'ring', ring, Object.keys(rings))
  })
}

function checkStrategies(file: TendersFile, findings: Findings): void {
  const rings = membersOfRings(file)
  const names = namesOfBidders(file)
  for (const [name, { strategy }] of Object.entries(file.bidders)) {
    const path = [...STUDY, 'bidders', name, 'strategy']
    checkBidder({ path, called: 'bidder', names: names.get(name) ?? [name], strategy, rings }, findings)
    const why = whyIdle(strategy.kind, name, file)
    if (why !== null) findings.add('E_VALUE', [...path, 'kind'], why.problem, { got: strategy.kind, ...why })
  }
  for (const [ring, members] of Object.entries(file.rings))
    if (members.every((member) => !isMember(file.bidders[member], ring)))
      findings.add('E_REFERENCE', [...STUDY, 'rings', ring], 'no bidder acts for this ring', {
        got: members.join(', '),
        allowed: `strategy: { …, ring: ${ring} } of its members`,
      })
}

function isMember(bidder: TendersFile['bidders'][string] | undefined, ring: string): boolean {
  return bidder !== undefined && 'ring' in bidder.strategy && bidder.strategy.ring === ring
}

/** Why a strategy could do nothing of what it is for; null where it can. */
function whyIdle(
  kind: StrategyConfig['kind'],
  name: string,
  { mechanism, feedback, leak }: TendersFile,
): { readonly problem: string; readonly allowed: string; readonly hint?: string } | null {
  const under = (rules: readonly MechanismName[], problem: string) =>
    rules.includes(mechanism) ? null : { problem, allowed: `mechanism: ${rules.join(' or ')}` }
  switch (kind) {
    case 'fade-cartel':
      return RACES.has(mechanism) || mechanism === 'priority-fee'
        ? {
            problem: `in ${mechanism} the fill itself wins: nothing is promised that could fade`,
            allowed: 'a mechanism that awards before the fill, e.g. request-for-quote',
          }
        : null
    case 'withhold-second-best':
      return under(
        ['second-price', 'fair-combinatorial'],
        `in ${mechanism} no losing bid moves what the winner is paid`,
      )
    case 'filter-rival-batch':
      return under(['fair-combinatorial'], `in ${mechanism} there are no batches to filter`)
    case 'last-look':
      return leak?.to.includes(name) === true
        ? null
        : { problem: 'nobody shows it the bids of others', allowed: `study.leak with ${name} in to` }
    case 'regret-matching':
      return feedback === 'winning-bid' || SILENT_RULES.has(mechanism)
        ? {
            problem: 'it learns from what other prices would have earned, and hears nothing that tells it',
            allowed: 'feedback: all-bids, and a mechanism that has bids',
            hint: 'exp3 learns from its own outcomes alone.',
          }
        : null
    default:
      return null
  }
}

function checkCosts(file: TendersFile, findings: Findings): void {
  const drawn = [
    { path: [...STUDY, 'costs'], costs: file.costs },
    ...Object.entries(file.bidders).flatMap(([name, { costs }]) =>
      costs === undefined ? [] : [{ path: [...STUDY, 'bidders', name, 'costs'], costs }],
    ),
  ]
  for (const { path, costs } of drawn)
    if (costs.kind === 'uniform' && costs.low > costs.high)
      findings.add('E_RANGE', [...path, 'low'], 'above the highest cost', {
        got: String(costs.low),
        allowed: `at most ${costs.high}`,
      })
  const everyone = Object.values(file.bidders).map(({ costs }) => costs ?? file.costs)
  const canBid = everyone.filter((costs) => leastCost(costs) < file.reserve).length
  if (everyone.length > 0 && canBid === 0)
    findings.add('E_RANGE', [...STUDY, 'reserve'], 'nobody could ever fill at this price', {
      got: String(file.reserve),
      allowed: 'above the lowest cost of somebody',
    })
  const { bids } = file.counterfactual
  if (bids === 'equilibrium' && everyone.some(({ kind }) => kind === 'lognormal'))
    findings.add('E_VALUE', [...STUDY, 'counterfactual', 'bids'], 'no equilibrium is known in closed form', {
      got: bids,
      allowed: 'competitive, second-cost or none; equilibrium with costs that are uniform',
    })
}

function checkBonds({ disciplines }: TendersFile, findings: Findings): void {
  const bonds = disciplines?.bonds
  if (bonds === undefined || bonds.posted >= bonds.least) return
  findings.add('E_RANGE', [...STUDY, 'disciplines', 'bonds', 'posted'], 'nobody has enough at stake to bid', {
    got: String(bonds.posted),
    allowed: `at least ${bonds.least}, what must be left of it`,
  })
}

function leastCost(costs: TendersFile['costs']): number {
  return costs.kind === 'uniform' ? costs.low : costs.kind === 'fixed' ? costs.cost : 0
}

function checkSizes(file: TendersFile, sessions: number, findings: Findings): void {
  const { tenders, blocks } = file
  const bidders = [...namesOfBidders(file).values()].flat().length
  if (tenders * bidders > MOST_BIDS)
    findings.add('E_BUDGET', [...STUDY, 'tenders'], 'more bids than a session may have', {
      got: `${tenders} tenders × ${bidders} bidders`,
      allowed: `at most ${MOST_BIDS} bids`,
    })
  if (blocks > tenders)
    findings.add('E_RANGE', [...STUDY, 'blocks'], 'more blocks than tenders', {
      got: String(blocks),
      allowed: `at most ${tenders}`,
    })
  const most = mostSessions(file)
  if (sessions > most)
    findings.add('E_BUDGET', ['sessions'], 'more figures than the results may have', {
      got: `${sessions} sessions × (4 × ${blocks} blocks + 8 × ${bidders} bidders)`,
      allowed: `at most ${MOST_FIGURES}: ${most} sessions, or fewer blocks`,
    })
}

/** Sessions of a study whose figures fit into its results. */
export function mostSessions(file: Pick<TendersFile, 'bidders' | 'blocks'>): number {
  const bidders = [...namesOfBidders(file).values()].flat().length
  return Math.floor(MOST_FIGURES / (4 * file.blocks + 8 * bidders))
}
