// One comparator for each time rule of the settler. All times are Unix seconds of the chain that decides.
// Sources: OIF InputSettlerEscrow (open, refund), Across and OIF (fill). Exclusivity is the protocol's rule.

/** The three deadlines an order carries. */
export interface OrderDeadlines {
  readonly openDeadline: number
  readonly fillDeadline: number
  readonly expires: number
}

/** An escrow may be opened while now <= openDeadline, now < fillDeadline and now < expires. */
export function openInTime(now: number, deadlines: OrderDeadlines): boolean {
  return now <= deadlines.openDeadline && now < deadlines.fillDeadline && now < deadlines.expires
}

/** A fill is valid while now <= fillDeadline. */
export function fillInTime(now: number, fillDeadline: number): boolean {
  return now <= fillDeadline
}

/** An escrow may go back to the user when now > expires (strict). */
export function expired(now: number, expires: number): boolean {
  return now > expires
}
