// What a study of tenders must mean beyond its shape: a mechanism whose parameters are in bounds, costs at which somebody can fill,
// bonds with which somebody may bid, and sizes that an afternoon is long enough for. Its bidders are checked beside.
import { createMechanism } from '@solvent/mechanisms'
import { isSolventError } from '@solvent/primitives'
import { Findings } from '../scenario/findings.ts'
import type { ScenarioProblem } from '../scenario/scenario-error.ts'
import type { Locate } from '../scenario/yaml-place.ts'
import { checkTenderBidders } from './check-tender-bidders.ts'
import type { TendersFile } from './tenders-schema.ts'
import { namesOfBidders, RACES } from './tenders-study.ts'

/** Bids of a session: at most what an afternoon is long enough for. */
const MOST_BIDS = 1_000_000_000
/** Figures that the sessions of a study keep. */
const MOST_FIGURES = 20_000_000

const STUDY = ['study']

/** Problems of a study, with their places. */
export function tendersProblems(file: TendersFile, sessions: number, locate: Locate): ScenarioProblem[] {
  const findings = new Findings(locate)
  checkMechanism(file, findings)
  checkTenderBidders(file, findings)
  checkCosts(file, findings)
  checkBonds(file, findings)
  checkSizes(file, sessions, findings)
  return findings.problems
}

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
  if (feedback === 'all-bids' && RACES.has(mechanism))
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
