// Dutch decay by blocks in two pieces (UniswapX V3 allows 16): a steep one to a knee, a flat one to the reserve. `curveAmount` takes any
// curve; the rule takes the knee, which is what deployed curves look like.
import { mulDivFloor } from '@solvent/primitives'
import { curveAmount } from '@solvent/protocol/pricing'
import { clearFallingPrice } from '../dutch/falling-price.ts'
import type { MechanismRule } from '../mechanism.ts'
import { perLot } from '../per-lot.ts'
import { SIGHT_MS } from '../race.ts'
import { DECAY_PARAMETERS } from './dutch.ts'

const BPS = 10_000n

type Parameters =
  | 'blockMs'
  | 'kneeBlocks'
  | 'kneeBps'
  | 'endBlocks'
  | 'exclusiveBlocks'
  | 'overrideBps'
  | 'sightMs'

/** The first to take the order at what is due in the block that carries its fill. */
export const blockDutchRule: MechanismRule<'block-dutch', Parameters> = {
  rule: 'block-dutch',
  parameters: {
    blockMs: { usual: 250, least: 1, most: 3_600_000, meaning: 'time between blocks, ms (Arbitrum 250)' },
    kneeBlocks: { usual: 8, least: 1, most: 65_534, meaning: 'blocks from the start to the knee' },
    kneeBps: {
      usual: 8_000,
      least: 0,
      most: 10_000,
      meaning: 'share of the way from start to reserve that is gone at the knee',
    },
    endBlocks: { usual: 32, least: 2, most: 65_535, meaning: 'blocks from the start to the reserve' },
    exclusiveBlocks: {
      usual: 0,
      least: 0,
      most: 65_535,
      meaning: 'how long the lot is exclusive to the solver it names, blocks',
    },
    overrideBps: DECAY_PARAMETERS.overrideBps,
    sightMs: SIGHT_MS,
  },
  create: ({ blockMs, kneeBlocks, kneeBps, endBlocks, exclusiveBlocks, overrideBps, sightMs }) => {
    const end = Math.max(endBlocks, kneeBlocks + 1)
    return perLot((lot, offers) => {
      // The knee is rounded in the user's favour.
      const way = lot.start - lot.reserve
      const curve = [
        { blocks: kneeBlocks, fall: mulDivFloor(way, BigInt(kneeBps), BPS) },
        { blocks: end, fall: way },
      ]
      const price = { startAmount: lot.start, decayStartBlock: 0, curve }
      return clearFallingPrice(lot, offers, {
        amountAt: (block) => curveAmount(price, lot.reserve, block).amount,
        ticks: end,
        tickMs: blockMs,
        exclusiveTicks: exclusiveBlocks === 0 ? -1 : exclusiveBlocks,
        overrideBps,
        sightMs,
      })
    })
  },
}
