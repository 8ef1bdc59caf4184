// Files of networks that a person names: an exposure network, the input of a model or a whole worked case (JSON), or an
// edge list with its nodes (CSV).
import { type ExposureNetwork, exposureNetworkSchema } from '@solvent/contagion'
import { readRegularFile } from '../files/regular-file.ts'
import { jsonFault } from '../verify/json-fault.ts'
import { exposuresFromCsv } from './network-csv.ts'
import { LARGER, networkError, parsed } from './network-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export type NetworkSource =
  | { readonly form: 'exposures'; readonly file: string; readonly network: ExposureNetwork }
  | {
      readonly form: 'input'
      readonly file: string
      readonly input: JsonObject
      /** The shocks of a whole worked case; empty for a bare input. */
      readonly scenarios: readonly JsonObject[]
    }

export interface NetworkFileOptions {
  /** The file as the person wrote it. */
  readonly shownAs: string
  /** The table of nodes that belongs to an edge list, and as the person wrote it. */
  readonly nodes?: { readonly path: string; readonly shownAs: string } | undefined
}

/** The most bytes of a file; about two million edges. */
export const MOST_NETWORK_BYTES = 64 * 1_048_576

const EXPOSURE_KEYS = [
  'format',
  'version',
  'atMs',
  'unit',
  'label',
  'nodes',
  'claims',
  'assets',
  'holdings',
  'operators',
  'dependences',
  'writtenOff',
  'guarantees',
]

/**
 * Reads a network.
 *
 * @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, or E_NETWORK for what stands in it
 */
export async function readNetworkFile(path: string, options: NetworkFileOptions): Promise<NetworkSource> {
  const file = options.shownAs
  const text = await textOf(path, file)
  if (/\.csv$/i.test(path)) {
    if (options.nodes === undefined)
      throw networkError(file, ['an edge list needs its nodes'], 'Name their table with --nodes.')
    const nodes = {
      file: options.nodes.shownAs,
      text: await textOf(options.nodes.path, options.nodes.shownAs),
    }
    const value = exposuresFromCsv({ file, text }, nodes)
    return { form: 'exposures', file, network: parsed(file, exposureNetworkSchema, value) }
  }
  if (options.nodes !== undefined)
    throw networkError(file, ['a table of nodes belongs to an edge list (.csv)'], 'Leave --nodes out.')
  return sourceOf(file, jsonOf(file, text))
}

function sourceOf(file: string, value: unknown): NetworkSource {
  if (!isObject(value)) throw networkError(file, ['the file must hold one JSON object'])
  if ('format' in value)
    return {
      form: 'exposures',
      file,
      network: parsed(file, exposureNetworkSchema, value, EXPOSURE_KEYS),
    }
  if (!('input' in value)) return { form: 'input', file, input: value, scenarios: [] }
  const { input, scenarios = [] } = value
  if (!isObject(input)) throw networkError(file, ['input: must be an object'])
  if (!Array.isArray(scenarios) || !scenarios.every(isObject))
    throw networkError(file, ['scenarios: must be a list of objects'])
  return { form: 'input', file, input, scenarios }
}

async function textOf(path: string, file: string): Promise<string> {
  const bytes = await readRegularFile(path, {
    mostBytes: MOST_NETWORK_BYTES,
    shownAs: file,
    hint: 'What a network file may hold stands in docs/command-line.md.',
  })
  if (bytes.length > MOST_NETWORK_BYTES)
    throw networkError(file, ['the file is larger than 64 MiB, the most that is read'], LARGER)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw networkError(file, ['the file is not UTF-8 text'])
  }
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const fault = jsonFault(text)
    throw networkError(file, [`not JSON from line ${fault?.line}, column ${fault?.column} on`])
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
