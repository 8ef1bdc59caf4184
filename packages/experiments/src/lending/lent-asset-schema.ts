// How a file names what a reserve is of.
import { z } from 'zod'
import { MOST_RECEIPTS, receiptsOf } from './receipt-names.ts'

/** An asset, shares of a pair (`pair:coin-usdc`) or of a vault (`vault:narrow`), or the receipt of another pool for anything of these (`main/USDC`, `second/main/pair:coin-usdc`). */
export const lentAsset = z
  .string()
  .regex(
    /^([a-z][a-z0-9-]{0,31}\/)*((pair|vault):[a-z][a-z0-9-]{0,31}|[A-Za-z][A-Za-z0-9]{0,11})$/,
    'an asset, shares: pair:market or vault:name, or a receipt of another pool for one of these or for another receipt: pool/asset',
  )
  .refine(
    (lent) => receiptsOf(lent).length <= MOST_RECEIPTS,
    `receipts of receipts at most ${MOST_RECEIPTS} deep: contracts look through no more`,
  )
