// What a chain's base fee must be, computed from the chain's parameters and its parent's header alone. Sources: EIP-1559;
// docs/models/fee-market.md for the demand of others. Wei per gas; gas and demand as exact integers.
import { CALM_MARKET, type ChainSpec, GAS_PER_BLOB } from '@solvent/protocol'
import { othersPost } from './blob-market.ts'
import type { FeeParent } from './fee-parent.ts'

const PERCENT = 100n
const ORDINARY = 100n

/** The block before the first: others use the chain as they like it at the genesis base fee. */
export function genesisParent(chain: ChainSpec): FeeParent {
  const backgroundGas = Number(othersWant(chain, chain.baseFee, ORDINARY))
  const { blobMarket } = chain
  const excessBlobGas = blobMarket?.genesisExcessBlobGas ?? 0
  const blobs = blobMarket === undefined ? 0 : othersPost(blobMarket, excessBlobGas, ORDINARY)
  const market = { ...CALM_MARKET, backgroundGas, excessBlobGas, blobGasUsed: blobs * GAS_PER_BLOB }
  return { number: 0, baseFee: chain.baseFee, gasUsed: 0, market }
}

/** Gas that others want at a base fee, at most the block's limit. */
export function othersWant({ feeMarket, gasLimit }: ChainSpec, baseFee: bigint, percent: bigint): bigint {
  if (feeMarket === undefined) return 0n
  const limit = BigInt(gasLimit)
  const budget = (limit / BigInt(feeMarket.elasticity)) * feeMarket.equilibriumBaseFee * percent
  if (budget === 0n) return 0n
  if (baseFee === 0n) return limit
  const wanted = budget / (PERCENT * baseFee)
  return wanted > limit ? limit : wanted
}

/** The base fee of block `number` after `parent` and empty slots. */
export function expectedBaseFee(chain: ChainSpec, parent: FeeParent, number: number): bigint {
  if (chain.feeMarket === undefined) return chain.baseFee
  const { demandUntil, demandPercent } = parent.market
  let fee = afterBlock(chain, parent.baseFee, BigInt(parent.gasUsed) + BigInt(parent.market.backgroundGas))
  for (let slot = parent.number + 1; slot < number; slot++) {
    const isRush = slot < demandUntil
    const next = afterBlock(chain, fee, othersWant(chain, fee, isRush ? BigInt(demandPercent) : ORDINARY))
    // A fee that has come to rest stays until the demand changes.
    if (next === fee && !isRush) return fee
    if (next === fee) slot = Math.min(demandUntil, number) - 1
    fee = next
  }
  return fee
}

function afterBlock({ feeMarket, gasLimit }: ChainSpec, baseFee: bigint, gas: bigint): bigint {
  if (feeMarket === undefined) return baseFee
  const target = BigInt(gasLimit) / BigInt(feeMarket.elasticity)
  const distance = gas > target ? gas - target : target - gas
  const step = (baseFee * distance) / target / BigInt(feeMarket.denominator)
  let fee = baseFee - step
  if (gas > target) fee = baseFee + (step === 0n ? 1n : step)
  if (gas === target) fee = baseFee
  return fee < feeMarket.minBaseFee ? feeMarket.minBaseFee : fee
}
