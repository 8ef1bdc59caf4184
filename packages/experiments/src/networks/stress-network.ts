// `solvent stress`: a network that a person gave, under one model.
import { assertNever, SolventError } from '@solvent/primitives'
import { withCalls } from './called-guarantees.ts'
import { stressByCapitalRatio } from './capital-ratio-stress.ts'
import { stressByDebtRank } from './debt-rank-stress.ts'
import { stressByLeverage, stressByOverlap } from './fire-sale-stress.ts'
import type { NetworkSource } from './network-file.ts'
import { withoutOperators } from './operator-shocks.ts'
import { type StressReport, type StressRequest, shockName } from './stress-request.ts'
import { stressByThreshold } from './threshold-stress.ts'
import { stressByValuation } from './valuation-stress.ts'

/**
 * Runs the model that was asked for.
 *
 * @throws SolventError E_NETWORK for a network that the model cannot take, E_USAGE for a shock that does not fit it
 */
export function stressNetwork(given: NetworkSource, request: StressRequest): StressReport {
  const source = withCalls(given, request.calls ?? [])
  if (source.form !== 'exposures') return stressByModel(source, request)
  const shocks = withoutOperators(source.network, request.model, request.shocks)
  if (shocks.size === 0 && request.shocks.size > 0)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'Nobody waits for the operators that the shock names.',
      details: { got: shockName(request.shocks) },
    })
  const report = stressByModel(source, { ...request, shocks })
  return shocks === request.shocks ? report : named(report, shockName(request.shocks))
}

/** By what was asked, not by what it came to. */
function named(report: StressReport, name: string): StressReport {
  return 'one' in report.outcomes
    ? { ...report, outcomes: { one: { ...report.outcomes.one, name } } }
    : report
}

function stressByModel(source: NetworkSource, request: StressRequest): StressReport {
  const { model } = request
  switch (model) {
    case 'debtrank':
    case 'debtrank-single':
      return stressByDebtRank(source, { ...request, model })
    case 'threshold':
      return stressByThreshold(source, request)
    case 'neva':
      return stressByValuation(source, request)
    case 'glt':
      return stressByLeverage(source, request)
    case 'cfs':
      return stressByCapitalRatio(source, request)
    case 'overlap':
      return stressByOverlap(source, request)
    default:
      return assertNever(model)
  }
}
