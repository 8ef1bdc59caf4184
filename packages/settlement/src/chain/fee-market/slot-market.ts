// The fee market in one slot: what its transactions pay, and what other people's transactions leave of its room.
import { remembered } from '@solvent/primitives'
import { type BlockMarket, CALM_MARKET, type ChainSpec, GAS_PER_BLOB } from '@solvent/protocol'
import { backgroundDemand } from './background-demand.ts'
import { blobBaseFee, blobDemand } from './blob-fee.ts'
import { excessAt } from './blob-walk.ts'
import { type Demands, inheritedDemands, ORDINARY } from './demand.ts'
import { baseFeeAt, type ParentHeader } from './fee-walk.ts'

export interface SlotMarket {
  /** Wei per gas. */
  readonly baseFee: bigint
  /** Wei per blob gas; 0 on a chain without blobs. */
  readonly blobBaseFee: bigint
  readonly excessBlobGas: number
  readonly demands: Demands
}

/** What the transactions of a block use together. */
export interface BlockUse {
  readonly gas: number
  readonly blobs: number
}

/** The market of block `number`; `declared` is the demand that its producer sees, where it sees something new. */
export function slotMarket(
  chain: ChainSpec,
  parent: ParentHeader,
  number: number,
  declared: Partial<Demands>,
): SlotMarket {
  const { blobMarket } = chain
  const excessBlobGas = blobMarket === undefined ? 0 : excessAt(blobMarket, parent, number)
  return {
    baseFee: baseFeeAt(chain, parent, number),
    blobBaseFee: blobMarket === undefined ? 0n : blobBaseFee(blobMarket, excessBlobGas),
    excessBlobGas,
    demands: { ...inheritedDemands(parent.market, number), ...declared },
  }
}

/** The market in block 0, from which later fees follow. One object for each chain. */
export const genesisMarket: (chain: ChainSpec) => ParentHeader = remembered((chain: ChainSpec) => {
  const { baseFee, blobMarket } = chain
  const excessBlobGas = blobMarket?.genesisExcessBlobGas ?? 0
  const slot: SlotMarket = {
    baseFee,
    blobBaseFee: blobMarket === undefined ? 0n : blobBaseFee(blobMarket, excessBlobGas),
    excessBlobGas,
    demands: { gas: ORDINARY, blobs: ORDINARY },
  }
  return Object.freeze({
    number: 0,
    baseFee,
    gasUsed: 0,
    market: blockMarket(chain, slot, { gas: 0, blobs: 0 }),
  })
})

/** Gas that other people's more valuable transactions take before one that pays `tip` on top of the base fee. */
export function gasAhead(chain: ChainSpec, { baseFee, demands }: SlotMarket, tip: bigint): number {
  return backgroundDemand(chain, baseFee + tip, demands.gas.percent)
}

/** What a header says of the market when its own transactions used this much: others fill the rest as far as they want. */
export function blockMarket(chain: ChainSpec, slot: SlotMarket, use: BlockUse): BlockMarket {
  const { feeMarket, blobMarket, gasLimit } = chain
  if (feeMarket === undefined && blobMarket === undefined) return CALM_MARKET
  const { gas, blobs } = slot.demands
  const others =
    blobMarket === undefined
      ? 0
      : Math.min(blobDemand(blobMarket, slot.blobBaseFee, blobs.percent), blobMarket.maxBlobs - use.blobs)
  return Object.freeze({
    backgroundGas: Math.min(backgroundDemand(chain, slot.baseFee, gas.percent), gasLimit - use.gas),
    demandPercent: gas.percent,
    demandUntil: gas.until,
    blobGasUsed: (use.blobs + others) * GAS_PER_BLOB,
    excessBlobGas: slot.excessBlobGas,
    blobDemandPercent: blobs.percent,
    blobDemandUntil: blobs.until,
  })
}
