// What a rule answers: what follows from the command, or the reason why it is refused. A refused command changes nothing.

/** `Done` when the command was carried out, else one reason of a closed list. */
export type Outcome<Done, Reason extends string> =
  | ({ readonly status: 'ok' } & Done)
  | { readonly status: 'refused'; readonly reason: Reason }

/** A refusal, for any `Done`. */
export function refused<Reason extends string>(reason: Reason): { status: 'refused'; reason: Reason } {
  return { status: 'refused', reason }
}
