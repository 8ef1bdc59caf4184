// The shape of a scenario's actors: what they hold and the steps that they play. Each family of steps has a file of its own.
import { z } from 'zod'
import { amountsByChain } from '../scenario/schema-scalars.ts'
import { authorityStepSchemas } from './authority-step-schema.ts'
import { bookStepSchemas } from './book-step-schema.ts'
import { bridgeStepSchemas } from './bridge-step-schema.ts'
import { coverStepSchemas } from './cover-step-schema.ts'
import { custodyStepSchemas } from './custody-step-schema.ts'
import { discountWindowStepSchemas } from './discount-window-step-schema.ts'
import { falseFillStepSchemas } from './false-fill-step-schema.ts'
import { forceStepSchemas } from './force-step-schema.ts'
import { keyStepSchemas } from './key-step-schema.ts'
import { lendingStepSchemas } from './lending-step-schema.ts'
import { marketStepSchemas } from './market-step-schema.ts'
import { navFundStepSchemas } from './nav-fund-step-schema.ts'
import { optionStepSchemas } from './option-step-schema.ts'
import { perpetualStepSchemas } from './perpetual-step-schema.ts'
import { rangeStepSchemas } from './range-step-schema.ts'
import { stablecoinStepSchemas } from './stablecoin-step-schema.ts'
import { transferStepSchemas } from './transfer-step-schema.ts'
import { vaultStepSchemas } from './vault-step-schema.ts'

export const stepSchema = z.discriminatedUnion('do', [
  ...transferStepSchemas,
  ...keyStepSchemas,
  ...authorityStepSchemas,
  ...bridgeStepSchemas,
  ...falseFillStepSchemas,
  ...custodyStepSchemas,
  ...forceStepSchemas,
  ...marketStepSchemas,
  ...rangeStepSchemas,
  ...vaultStepSchemas,
  ...bookStepSchemas,
  ...lendingStepSchemas,
  ...stablecoinStepSchemas,
  ...perpetualStepSchemas,
  ...coverStepSchemas,
  ...discountWindowStepSchemas,
  ...optionStepSchemas,
  ...navFundStepSchemas,
])

export const actorSchema = z.strictObject({
  /** Chain → symbol → whole units held at the start, beyond the gas money that every actor has. */
  holdings: amountsByChain.default({}),
  steps: z.array(stepSchema).max(1_000),
})
