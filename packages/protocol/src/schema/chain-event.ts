// Schema of the typed events in receipts.
import { z } from 'zod'
import type { ChainEvent, ChainEventKind } from '../chain/chain-event.ts'
import { keyEventSchema } from './account-key.ts'
import { bridgeEventSchema } from './bridge-event.ts'
import { bundleEventSchema } from './bundle.ts'
import { controlEventSchema } from './controls.ts'
import { custodyEventSchema } from './custody.ts'
import { derivativeEventSchema } from './derivatives.ts'
import { schemaOf } from './exact.ts'
import { headerEventSchema } from './header-call.ts'
import { inboxEventSchema } from './inbox-event.ts'
import { lendingEventSchema } from './lending.ts'
import { limiterEventSchema } from './limiter.ts'
import { marketEventSchema } from './market.ts'
import { oracleEventSchema } from './oracle.ts'
import { orderEventSchema } from './order-event.ts'
import { preconfirmationEventSchema } from './preconfirmation.ts'
import { recoveryEventSchema } from './recovery.ts'
import { rotationEventSchema } from './rotation.ts'
import { slashEventSchema } from './slash.ts'
import { stablecoinEventSchema } from './stablecoin.ts'
import { upgradeEventSchema } from './upgrade.ts'

export const chainEventSchema = schemaOf<ChainEvent>()(
  z.discriminatedUnion('kind', [
    orderEventSchema,
    bridgeEventSchema,
    bundleEventSchema,
    custodyEventSchema,
    headerEventSchema,
    limiterEventSchema,
    recoveryEventSchema,
    rotationEventSchema,
    inboxEventSchema,
    lendingEventSchema,
    oracleEventSchema,
    stablecoinEventSchema,
    derivativeEventSchema,
    upgradeEventSchema,
    preconfirmationEventSchema,
    slashEventSchema,
    marketEventSchema,
    controlEventSchema,
    keyEventSchema,
  ]),
)

/** Every kind of event, for what names one from outside. */
export const chainEventKinds: readonly ChainEventKind[] = kindsOf([chainEventSchema])

/** The kinds of unions that are made of unions. */
function kindsOf(schemas: readonly unknown[]): ChainEventKind[] {
  return schemas.flatMap((schema) => {
    const { options, shape } = schema as {
      readonly options?: readonly unknown[]
      readonly shape?: { readonly kind: { readonly values: ReadonlySet<ChainEventKind> } }
    }
    return options === undefined ? [...(shape?.kind.values ?? [])] : kindsOf(options)
  })
}
