// Stress tests by network valuation, under the six functions.
import { type NetworkValuationInput, networkValuation, type Valuation, type Vector } from '@solvent/contagion'
import { z } from 'zod'
import { valuationInput } from './model-inputs.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, matrixOf, numbered, refusing, sheetsOf, sizeOf } from './network-sheets.ts'
import { type StressReport, type StressRequest, shockName, shockVector } from './stress-request.ts'

/** Field of the worked cases → function. */
const FUNCTIONS = {
  furfine: 'furfine',
  eisenberg_noe: 'eisenberg-noe',
  linear_dr: 'linear-debtrank',
  furfine_merton: 'furfine-merton',
  blackcox: 'black-cox',
  en_merton: 'merton-eisenberg-noe',
} as const satisfies Readonly<Record<string, Valuation>>

const scenarioSchema = z.object({ name: z.string(), shock: z.array(z.number().min(0)) })

type Network = Omit<NetworkValuationInput, 'valuation'>

/**
 * A shock is an amount taken from a node's outside assets; without one the network is valued as it stands.
 *
 * @throws SolventError E_NETWORK, E_USAGE for a shock that names no node
 */
export function stressByValuation(source: NetworkSource, request: StressRequest): StressReport {
  const { ids, network } = networkOf(source, request.recovery)
  const scenarios = source.form === 'input' ? source.scenarios : []
  const report = { model: request.model, ids }
  if (request.shocks.size > 0 || scenarios.length === 0) {
    const taken = shockVector(request.shocks, ids, { least: 0, most: Number.MAX_VALUE })
    const name = request.shocks.size > 0 ? shockName(request.shocks) : 'no shock'
    return { ...report, outcomes: { one: { name, ...valued(source.file, network, taken) } } }
  }
  const each = scenarios.map((scenario) => {
    const { name, shock } = parsed(source.file, scenarioSchema, scenario)
    checkLength(source.file, `${name}: shock`, shock, ids.length)
    return { name, ...valued(source.file, network, shock) }
  })
  return { ...report, outcomes: { each } }
}

/**
 * The network under all functions after amounts were taken from outside assets, as worked cases write it; null for a
 * function that measures by face equity where a node has none.
 */
export function valuationFields(network: Network, taken: Vector) {
  const externalAssets = Float64Array.from(network.externalAssets, (own, node) => own - taken[node]!)
  return Object.fromEntries(
    Object.entries(FUNCTIONS).map(([field, valuation]) => {
      if (valuation === 'linear-debtrank' && network.faceEquity.some((equity) => equity <= 0))
        return [field, null]
      const { equity, valueOfClaims, ...rest } = networkValuation({ ...network, externalAssets, valuation })
      return [field, { equity: [...equity], valueOfClaims: [...valueOfClaims], ...rest }]
    }),
  )
}

function valued(file: string, network: Network, taken: Vector) {
  const beyond = taken.findIndex((amount, node) => amount > network.externalAssets[node]!)
  if (beyond !== -1)
    throw networkError(file, [
      `shock of node ${beyond}: more than its outside assets (got ${taken[beyond]}, allowed ${network.externalAssets[beyond]})`,
    ])
  return refusing(file, () => valuationFields(network, taken))
}

function networkOf(
  source: NetworkSource,
  recovery: number,
): { readonly ids: readonly string[]; readonly network: Network } {
  const { file } = source
  if (source.form === 'input' && 'claims' in source.input) {
    const input = parsed(file, valuationInput, source.input, Object.keys(valuationInput.shape))
    const n = sizeOf(file, input, input.externalAssets)
    return {
      ids: input.ids ?? numbered(n),
      network: { ...input, claims: matrixOf(file, 'claims', input.claims, n) },
    }
  }
  const { ids, claims, externalAssets, externalLiabilities, faceEquity, sigmaAsset } = sheetsOf(source)
  return { ids, network: { claims, externalAssets, externalLiabilities, faceEquity, sigmaAsset, recovery } }
}
