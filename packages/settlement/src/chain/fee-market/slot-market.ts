// The fee market in one slot: what its transactions pay, and what other people's transactions leave of its gas.
import { remembered } from '@solvent/primitives'
import {
  type BlockHeader,
  type BlockMarket,
  CALM_MARKET,
  type ChainSpec,
  MAX_DEMAND_PERCENT,
} from '@solvent/protocol'
import { backgroundDemand } from './background-demand.ts'
import { baseFeeAt, demandAt, type ParentHeader } from './fee-walk.ts'

/** How strong the demand of others is from a block on: what its producer sees and its header says. */
export interface Demand {
  readonly percent: number
  /** First block number of ordinary demand again. */
  readonly until: number
}

export interface SlotMarket extends Demand {
  /** Wei per gas. */
  readonly baseFee: bigint
}

const ORDINARY: Demand = { percent: 100, until: 0 }

/** The market of block `number`; `declared` is the demand that its producer sees, null when it goes on as it was. */
export function slotMarket(
  chain: ChainSpec,
  parent: ParentHeader,
  number: number,
  declared: Demand | null,
): SlotMarket {
  const baseFee = baseFeeAt(chain, parent, number)
  return { baseFee, ...(declared ?? inherited(parent, number)) }
}

/** The market in block 0, as far as later fees follow from it. One object for each chain. */
export const genesisMarket: (chain: ChainSpec) => ParentHeader = remembered((chain: ChainSpec) =>
  Object.freeze({
    number: 0,
    baseFee: chain.baseFee,
    gasUsed: 0,
    market: blockMarket(chain, { baseFee: chain.baseFee, ...ORDINARY }, 0),
  }),
)

/** What a header declares, or why no header may say it. */
export function declaredDemand({ number, market }: BlockHeader): Demand | 'bad-demand' {
  const { demandPercent: percent, demandUntil: until } = market
  if (percent === ORDINARY.percent && until === 0) return ORDINARY
  return percent <= MAX_DEMAND_PERCENT && until > number ? { percent, until } : 'bad-demand'
}

/** Gas that other people's more valuable transactions take before one that pays `tip` on top of the base fee. */
export function gasAhead(chain: ChainSpec, { baseFee, percent }: SlotMarket, tip: bigint): number {
  return backgroundDemand(chain, baseFee + tip, percent)
}

/** What a header says of the market when its own transactions used `gasUsed`: others fill what is left as far as they want. */
export function blockMarket(chain: ChainSpec, slot: SlotMarket, gasUsed: number): BlockMarket {
  if (chain.feeMarket === undefined) return CALM_MARKET
  const wanted = backgroundDemand(chain, slot.baseFee, slot.percent)
  return Object.freeze({
    backgroundGas: Math.min(wanted, chain.gasLimit - gasUsed),
    demandPercent: slot.percent,
    demandUntil: slot.until,
  })
}

function inherited(parent: ParentHeader, number: number): Demand {
  const percent = demandAt(parent, number)
  return percent === ORDINARY.percent ? ORDINARY : { percent, until: parent.market.demandUntil }
}
