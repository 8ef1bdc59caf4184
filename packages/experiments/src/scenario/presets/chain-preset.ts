// A named chain as data: the keys of its section in a scenario file, where each number comes from, and how long its
// blocks are published to take until they are firm.
import type { z } from 'zod'
import type { chainSchema } from '../chain-schema.ts'

type Input = z.input<typeof chainSchema>
/** What a rollup settles on is the scenario's to say, because chains have the scenario's names. */
type WithoutL1<T> = T extends unknown ? Omit<T, 'l1'> : never

/** Keys of a section under `chains`; what is left out is the default of the kind. */
export type ChainPresetKeys = WithoutL1<Input>

/** From a block's own time to the moment when it is that firm. */
export type FinalityMeasure = 'safe' | 'finalized' | 'exitable'

export interface PublishedTime {
  readonly measure: FinalityMeasure
  /** Seconds between which the median of blocks is published to lie; a single published figure has a stated margin. */
  readonly fromSeconds: number
  readonly toSeconds: number
  /** What the source says, in its units. */
  readonly says: string
}

interface PresetOf<Keys> {
  readonly title: string
  readonly keys: Keys
  /** Where each number comes from; `[U]` where it is unconfirmed and `[D]` where it is derived. */
  readonly sources: { readonly [K in Exclude<keyof Keys, 'kind'>]: string }
  readonly published: readonly PublishedTime[]
}

export type ChainPreset = ChainPresetKeys extends infer Keys
  ? Keys extends unknown
    ? PresetOf<Keys>
    : never
  : never

/** Keeps the exact keys of a preset, so that each of them must have a source. */
export function chainPreset<const Keys extends ChainPresetKeys>(preset: PresetOf<Keys>): ChainPreset {
  return preset as unknown as ChainPreset
}
