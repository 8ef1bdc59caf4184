// Schema of the typed events in receipts.
import { z } from 'zod'
import type { ChainEvent } from '../chain/chain-event.ts'
import { bridgeEventSchema } from './bridge-event.ts'
import { schemaOf } from './exact.ts'
import { inboxEventSchema } from './inbox-event.ts'
import { issuanceEventSchema } from './issuance-event.ts'
import { orderEventSchema } from './order-event.ts'
import { upgradeEventSchema } from './upgrade.ts'

export const chainEventSchema = schemaOf<ChainEvent>()(
  z.discriminatedUnion('kind', [
    orderEventSchema,
    bridgeEventSchema,
    issuanceEventSchema,
    inboxEventSchema,
    upgradeEventSchema,
  ]),
)
