// Prices drawn from one common factor and a short rate, in two regimes.
//
// Log-return of asset i over a step of h years: (μ_i − σ²/2) h + σ √h (λ M + √(1 − λ²) ε_i) + β_i Δr, with M and ε_i standard
// normal and independent. Two assets correlate by λ_i λ_j: the one-factor Gaussian model (Vasicek, "The distribution of loan
// portfolio value", Risk 15, 2002). In stress σ = times · σ_i and λ = λ_i + shift · (±1 − λ_i), the sign that of λ_i: correlation rises with
// volatility (Ang & Chen, "Asymmetric correlations of equity portfolios", J. Financial Economics 63, 2002; two regimes as in Ang & Bekaert,
// Rev. Financial Studies 15, 2002). Regimes are a Markov chain in continuous time, sampled at the steps. The rate is Vasicek's (J. Financial
// Economics 5, 1977), by its exact transition. Every draw has a stream of its own name: another asset shifts nothing.
import { createStreams } from '@solvent/kernel'
import type { RandomStream } from '@solvent/ports'
import { exp, sqrt } from '@solvent/primitives'
import type { FactorModel } from './price-schema.ts'

const YEAR_SECONDS = 31_536_000
const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600

export interface FactorPaths {
  /** Ends of the steps, seconds after the start. */
  readonly atSeconds: readonly number[]
  /** Symbol → price over the first price, at those times. */
  readonly relatives: ReadonlyMap<string, readonly number[]>
  readonly rate: readonly number[]
  readonly isStress: readonly boolean[]
}

/** Draws everything for a run of this length. */
export function drawFactorPaths(model: FactorModel, durationSeconds: number, seed: string): FactorPaths {
  const streams = createStreams(seed)
  const { stepSeconds } = model
  const steps = Math.ceil(durationSeconds / stepSeconds)
  const atSeconds = Array.from({ length: steps }, (_, step) => (step + 1) * stepSeconds)
  const isStress = regimes(model, steps, streams.stream('prices/regime'))
  const common = normals(streams.stream('prices/factor'), steps)
  const rate = ratePath(model, common, streams.stream('prices/rate'))
  const relatives = new Map(
    Object.entries(model.assets).map(([symbol, asset]) => {
      const own = normals(streams.stream(`prices/asset/${symbol}`), steps)
      return [symbol, relativePrices({ model, asset, common, own, rate, isStress })]
    }),
  )
  return { atSeconds, relatives, rate, isStress }
}

/** The loading of an asset in a regime. */
export function loadingIn(loading: number, { stress }: FactorModel, isStress: boolean): number {
  if (!isStress || stress === undefined) return loading
  return loading + stress.loadingShift * ((loading < 0 ? -1 : 1) - loading)
}

function relativePrices(path: {
  readonly model: FactorModel
  readonly asset: FactorModel['assets'][string]
  readonly common: readonly number[]
  readonly own: readonly number[]
  readonly rate: readonly number[]
  readonly isStress: readonly boolean[]
}): number[] {
  const { model, asset, common, own, rate, isStress } = path
  const h = model.stepSeconds / YEAR_SECONDS
  let [log, before] = [0, model.rate?.start ?? 0]
  return common.map((m, step) => {
    const inStress = isStress[step] === true
    const sigma = asset.volatility * (inStress ? (model.stress?.volatilityTimes ?? 1) : 1)
    const lambda = loadingIn(asset.loading, model, inStress)
    const shock = lambda * m + sqrt(1 - lambda * lambda) * own[step]!
    log += (asset.drift - (sigma * sigma) / 2) * h + sigma * sqrt(h) * shock
    log += asset.rateBeta * (rate[step]! - before)
    before = rate[step]!
    return exp(log)
  })
}

/** Exact at the steps: r' = b + (r − b) e^(−ah) + σ √((1 − e^(−2ah)) / 2a) Z, Z correlated with the factor. */
function ratePath(model: FactorModel, common: readonly number[], stream: RandomStream): number[] {
  const { rate, stepSeconds } = model
  if (rate === undefined) return common.map(() => 0)
  const h = stepSeconds / YEAR_SECONDS
  const kept = exp(-rate.speed * h)
  const deviation =
    rate.volatility * sqrt(rate.speed === 0 ? h : (1 - exp(-2 * rate.speed * h)) / (2 * rate.speed))
  let r = rate.start
  return common.map((m) => {
    const z = rate.loading * m + sqrt(1 - rate.loading * rate.loading) * stream.normal(0, 1)
    r = rate.mean + (r - rate.mean) * kept + deviation * z
    return r
  })
}

function regimes({ stress, stepSeconds }: FactorModel, steps: number, stream: RandomStream): boolean[] {
  if (stress === undefined) return Array.from({ length: steps }, () => false)
  const begins = 1 - exp((-stress.perDay * stepSeconds) / DAY_SECONDS)
  const ends = 1 - exp(-stepSeconds / (stress.meanHours * HOUR_SECONDS))
  let inStress = false
  return Array.from({ length: steps }, (_, step) => {
    const turn = stream.uniform()
    inStress = inStress ? turn >= ends : turn < begins
    const at = step * stepSeconds
    return (
      inStress ||
      stress.windows.some(({ fromSeconds, untilSeconds }) => at >= fromSeconds && at < untilSeconds)
    )
  })
}

function normals(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.normal(0, 1))
}
