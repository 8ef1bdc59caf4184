// Why an order came to the end that it came to, in one or two sentences, from what is known of it and what nodes recorded.

/** Times are virtual ms; null: it never came so far. */
export interface AnsweredOrder {
  readonly end: string
  readonly winner: string | null
  /** Bids that the award reveals. */
  readonly bids: number
  readonly receivable: string | null
  readonly isStolen: boolean
  readonly bridge: string
  readonly originChain: string
  readonly signedMs: number | null
  readonly awardedMs: number | null
  readonly filledMs: number | null
  readonly claimedMs: number | null
}

/** What a node recorded of the order. */
export interface RecordedStep {
  readonly node: string
  readonly kind: string
  /** Where it gives one. */
  readonly reason: string | null
}

/** @param until when this is told: `when the run ended`, `so far` */
export function answerOf(order: AnsweredOrder, steps: readonly RecordedStep[], until: string): string {
  const { end, bridge, originChain, signedMs, filledMs, claimedMs, receivable, bids } = order
  const winner = order.winner ?? 'a solver'
  if (order.isStolen)
    return `A false proof took its escrow: ${filledMs === null ? 'nobody had filled it' : `${winner} had filled it and was not paid`}.`
  if (filledMs === null) {
    const why =
      bids === 0 && order.winner === null ? unwanted(order, steps, until) : undelivered(order, steps, until)
    return `It ${end === 'pending' ? 'is' : 'was'} not filled: ${why}.`
  }
  const filled = `${winner} filled it ${seconds(signedMs, filledMs)} after it was signed`
  if (receivable === 'stranded')
    return `${filled}, but no proof of ${bridge} reached ${originChain} in time${end === 'refunded' ? '; the user was refunded, and the solver bears the loss' : ''}.`
  if (end === 'settled')
    return `${filled}, and was paid ${claimedMs === null ? 'later' : `${seconds(filledMs, claimedMs)} after that`}.`
  return `${filled}; its claim ${until}: ${receivable ?? 'unknown'}.`
}

const seconds = (from: number | null, to: number): string => `${((to - (from ?? 0)) / 1_000).toFixed(1)} s`

/** Why nobody was to fill it. */
function unwanted({ end, awardedMs }: AnsweredOrder, steps: readonly RecordedStep[], until: string): string {
  const refusals = steps
    .filter(({ kind }) => kind === 'order-refused')
    .map(({ node, reason }) => `${node} (${reason ?? 'no reason'})`)
  const declines = declinesIn(steps)
  const reasons = [
    ...(refusals.length === 0 ? [] : [`refused by ${refusals.join(', ')}`]),
    declines.length > 0 ? `solvers declined: ${declines.join('; ')}` : 'no solver said why',
  ].join('; ')
  return `${nothingWon(end, awardedMs, until)}; ${reasons}`
}

function nothingWon(end: string, awardedMs: number | null, until: string): string {
  if (end === 'cancelled') return 'its user cancelled it before anyone had won it'
  if (awardedMs !== null) return 'nobody bid'
  if (end === 'pending') return `no auction had closed ${until}`
  return 'its time was over before an auction had closed'
}

/** By reason, the most frequent first. */
function declinesIn(steps: readonly RecordedStep[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { node, kind, reason } of steps) {
    if (kind !== 'bid-declined') continue
    const known = byReason.get(reason ?? 'no reason')
    if (known === undefined) byReason.set(reason ?? 'no reason', [node])
    else known.push(node)
  }
  return [...byReason]
    .sort(([a, who], [b, others]) => others.length - who.length || (a < b ? -1 : 1))
    .map(([reason, who]) => `${who.length} because of ${reason} (${who.sort().join(', ')})`)
}

/** By why the winner freed what it had set aside. */
const FREED: Readonly<Record<string, string>> = {
  failed: ': its transaction failed',
  expired: ': its time was over first',
  restart: ': it was started again in between',
  lost: ': it thought that it had lost',
}

/** Why its winner did not. */
function undelivered(
  { end, winner, bids }: AnsweredOrder,
  steps: readonly RecordedStep[],
  until: string,
): string {
  const freed = steps.findLast(({ node, kind }) => kind === 'inventory-released' && node === winner)
  const why = FREED[freed?.reason ?? ''] ?? ''
  const faded = steps.some(({ kind }) => kind === 'award-faded')
    ? '; the auctioneer saw it let its exclusive time pass'
    : ''
  const won = `${winner ?? 'a solver'} won it${bids === 0 ? '' : ` among ${bids} bids`} and`
  if (end === 'rejected') return `${won} never opened its escrow${why}${faded}`
  if (end === 'pending') return `${won} had not delivered ${until}${why}${faded}`
  if (end === 'cancelled') return `${won} had not delivered when its user cancelled it${why}${faded}`
  const back = end === 'refunded' ? '; the user got the money back' : '; nothing had been taken from the user'
  return `${won} did not deliver in time${why}${faded}${back}`
}
