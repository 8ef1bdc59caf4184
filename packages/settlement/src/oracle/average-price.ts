// An average of a pair as a price. Uniswap v2-core, UQ112x112.sol (112 bits of fraction).
import { wholeUnit } from '@solvent/primitives'
import type { AverageSource } from '@solvent/protocol'

const RESOLUTION = 112n

/** From base units of the other coin for one base unit, in UQ112.112, to the numeraire for a whole one, rounded down. */
export function averageInNumeraire(
  averageX112: bigint,
  otherE8: bigint,
  { side, decimals0, decimals1 }: Pick<AverageSource, 'side' | 'decimals0' | 'decimals1'>,
): bigint {
  const [own, other] = side === 'token0' ? [decimals0, decimals1] : [decimals1, decimals0]
  return (averageX112 * otherE8 * wholeUnit(own)) / (wholeUnit(other) << RESOLUTION)
}
