// What an order of another format says that Solvent's order cannot, or the other way round.
import { SolventError } from '@solvent/primitives'

/** An E_UNSUPPORTED_ORDER: `draft` names the format, `what` the field, `got` and `allowed` the difference. */
export function unsupportedOrder(draft: string, what: string, got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_UNSUPPORTED_ORDER',
    message: 'This order has no counterpart in the other format.',
    details: { draft, what, got: String(got), allowed },
  })
}
