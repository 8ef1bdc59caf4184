// All named chains, by the name that a scenario file uses.
import { arbitrumNova, arbitrumOne } from './arbitrum-presets.ts'
import type { ChainPreset } from './chain-preset.ts'
import { ethereum, polygonPos } from './l1-presets.ts'
import { base, opMainnet, unichain } from './op-stack-presets.ts'
import { linea, polygonZkevm, scroll, starknet, zksyncEra } from './zk-presets.ts'

export const chainPresets: ReadonlyMap<string, ChainPreset> = new Map([
  ['ethereum', ethereum],
  ['op-mainnet', opMainnet],
  ['base', base],
  ['unichain', unichain],
  ['arbitrum-one', arbitrumOne],
  ['arbitrum-nova', arbitrumNova],
  ['zksync-era', zksyncEra],
  ['linea', linea],
  ['scroll', scroll],
  ['starknet', starknet],
  ['polygon-pos', polygonPos],
  ['polygon-zkevm', polygonZkevm],
])
