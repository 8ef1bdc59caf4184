// How a file names what a reserve is of.
import { z } from 'zod'

/** An asset, or the receipt of another pool for one: `main/USDC`. */
export const lentAsset = z
  .string()
  .regex(
    /^([a-z][a-z0-9-]{0,31}\/)?[A-Za-z][A-Za-z0-9]{0,11}$/,
    'an asset, or a receipt of another pool: pool/asset',
  )
