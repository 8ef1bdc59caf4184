// The entry points of oracles. A feed follows Chainlink's FluxAggregator: a reporter posts once in a round, the round has an answer
// from its quorum on, later reports of the round move the median, and the next round may begin. A delayed oracle follows Maker's
// OSM (makerdao/osm, osm.sol): values are taken at most once a hop, whose times are multiples of it.
import { assertNever, maxBig, minBig } from '@solvent/primitives'
import type { FeedSource, OracleCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { takeAverage } from './average.ts'
import type { OracleState } from './oracle-state.ts'
import { readAnswer } from './read-answer.ts'

export function runOracleCall(context: CallContext, call: OracleCall): CallResult {
  const oracle = context.state.oracles.get(call.oracle)
  if (oracle === undefined) return 'unknown-oracle'
  switch (call.kind) {
    case 'post-price':
      return post(context, oracle, call)
    case 'poke-oracle':
      return poke(context, oracle)
    default:
      return assertNever(call)
  }
}

function post(
  { sender, now, events }: CallContext,
  oracle: OracleState,
  { round, answerE8 }: Extract<OracleCall, { kind: 'post-price' }>,
): CallResult {
  const { source, address } = oracle.spec
  if (source.kind !== 'feed') return 'unknown-oracle'
  if (!source.reporters.some((reporter) => reporter.address === sender)) return 'not-authorised'
  const answered = oracle.answer.get()?.round ?? -1
  const last = oracle.reports.get(sender)?.round ?? -1
  if (round <= last || round < answered || round > answered + 1) return 'old-round'
  oracle.reports.set(sender, { round, answerE8 })
  events.push({ kind: 'price-posted', oracle: address, reporter: sender, round, answerE8 })
  const answers = source.reporters.flatMap((reporter) => {
    const report = oracle.reports.get(reporter.address)
    return report?.round === round ? [report.answerE8] : []
  })
  if (answers.length < source.quorum) return null
  const median = clamped(medianOf(answers), source)
  if (isUp(oracle.answer.get()?.answerE8 ?? null) !== isUp(median)) oracle.since.set(now)
  oracle.answer.set({ answerE8: median, updatedAt: now, round })
  events.push({ kind: 'price-updated', oracle: address, round, answerE8: median })
  return null
}

/** As whoever reads a flag has it: reporters who disagree may leave it between 0 and 1, and that is up. */
function isUp(answerE8: bigint | null): boolean {
  return answerE8 !== null && answerE8 > 0n
}

/** The middle of the answers; of an even number the mean of the two in the middle, towards zero. */
export function medianOf(answers: readonly bigint[]): bigint {
  const sorted = [...answers].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const upper = sorted[sorted.length >> 1] as bigint
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] as bigint) + upper) / 2n
}

function clamped(answerE8: bigint, { minAnswerE8, maxAnswerE8 }: FeedSource): bigint {
  return minBig(maxBig(answerE8, minAnswerE8), maxAnswerE8)
}

function poke(context: CallContext, oracle: OracleState): CallResult {
  const { source, address } = oracle.spec
  if (source.kind === 'twap') return takeAverage(context, oracle, source)
  if (source.kind !== 'delayed') return 'unknown-oracle'
  const hop = source.hopSeconds
  const queued = oracle.queued.get()
  const taken = oracle.answer.get()
  const lastHop = queued === null ? Number.NEGATIVE_INFINITY : queued.updatedAt - (queued.updatedAt % hop)
  if (context.now < lastHop + hop) return 'too-early'
  const next = readAnswer(context.state, source.of, context.now)
  if (next === null) return 'no-price'
  const round = (taken?.round ?? -1) + 1
  const current = queued ?? { ...next, updatedAt: context.now }
  oracle.answer.set({ ...current, round })
  oracle.queued.set({ answerE8: next.answerE8, updatedAt: context.now, round: round + 1 })
  context.events.push({
    kind: 'oracle-poked',
    oracle: address,
    currentE8: current.answerE8,
    queuedE8: next.answerE8,
  })
  return null
}
