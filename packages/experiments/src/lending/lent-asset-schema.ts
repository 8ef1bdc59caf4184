// How a file names what a reserve is of.
import { z } from 'zod'

/** An asset, the receipt of another pool for one (`main/USDC`), the shares of a pair (`pair:coin-usdc`) or of a vault (`vault:narrow`). */
export const lentAsset = z
  .string()
  .regex(
    /^((pair|vault):[a-z][a-z0-9-]{0,31}|([a-z][a-z0-9-]{0,31}\/)?[A-Za-z][A-Za-z0-9]{0,11})$/,
    'an asset, a receipt of another pool: pool/asset, or shares: pair:market or vault:name',
  )
