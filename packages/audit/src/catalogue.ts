// The invariant catalogue as data: statement, when it is evaluated, how bad a breach is, where it can be seen.
import type { InvariantId } from './invariant-id.ts'
import { type RunNeed, runNeeds } from './run-needs.ts'

/** entry: at every event, on touched objects; block; thousand: every 1,000 entries; end; live and unit: tests also prove it. */
export const cadences = ['entry', 'block', 'thousand', 'end', 'unit', 'live'] as const
export type Cadence = (typeof cadences)[number]

/** Which runtime an auditor listens to; on libp2p it sees one process's events and all chains' blocks. */
export type RuntimeName = 'sim' | 'libp2p'

/** What the evaluation reads: blocks alone, what nodes record, the runtime's queue, or the figures of a report. */
export type EvidenceSource = 'blocks' | 'events' | 'runtime' | 'report'

export interface Invariant {
  readonly statement: string
  readonly cadence: readonly Cadence[]
  /** fatal: the run stops with exit code 3 and its replay line. warning: it is reported. */
  readonly severity: 'fatal' | 'warning'
  readonly reads: EvidenceSource
  /** Where a run can evaluate it. */
  readonly runtimes: readonly RuntimeName[]
  /** What a run must have in it for the invariant to be required of it; all of them. */
  readonly needs: readonly RunNeed[]
}

export type InvariantCatalogue = Readonly<Record<InvariantId, Invariant>>

/** A run that has everything in it. */
const EVERYTHING: ReadonlySet<RunNeed> = new Set(runNeeds)

/**
 * True when a run on this runtime that never evaluated the invariant has failed; unit and live ones are tests.
 *
 * @param met what the run has in it, see `needsMet`; everything by default
 */
export function isRequired(
  invariant: Invariant,
  runtime: RuntimeName,
  met: ReadonlySet<RunNeed> = EVERYTHING,
): boolean {
  if (invariant.cadence.includes('unit') || invariant.cadence.includes('live')) return false
  return invariant.runtimes.includes(runtime) && invariant.needs.every((need) => met.has(need))
}

const both: readonly RuntimeName[] = ['sim', 'libp2p']

export const invariantCatalogue: InvariantCatalogue = {
  'L-1': {
    statement: 'The balances of an asset, SUPPLY included, sum to zero.',
    cadence: ['entry', 'thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-2': {
    statement: 'Minus SUPPLY equals the sum of all holders and what was minted less what was burned.',
    cadence: ['thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-3': {
    statement: 'No balance but SUPPLY is negative; reservations are never negative.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-4': {
    statement:
      'An entry has at least two legs that sum to zero per asset, each below 2^256, a cause that happened and the next index; the entries of a block are those that its header commits to.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-5': {
    statement:
      'Folding the journal and the messages sent gives the state and the outbox that the chain commits to.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-6': {
    statement:
      'Value leaves circulation only to BURN, or to LOSS with a reason of the closed list, and never comes back.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'L-7': {
    statement:
      'Every division states its direction and its residue, which is below the divisor, and rounds against the one who gains by it.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'L-8': {
    statement: 'What a bridge cannot carry in its shared decimals goes back to the sender in the same entry.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'L-9': {
    statement:
      'Values are derived, never stored: a shown value equals the one recomputed from balances and marks.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'report',
    runtimes: both,
    needs: ['solvers'],
  },
  'O-1': {
    statement: 'An order moves only along the transition table; settled and refunded absorb.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-2': {
    statement: 'On the canonical destination branch an order is filled at most once.',
    cadence: ['entry', 'block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-3': {
    statement:
      'An escrow pays at most its input, once, and only for a fill that its destination chain holds.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-4': {
    statement: 'No order is both settled and refunded.',
    cadence: ['entry', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-5': {
    statement:
      'The escrow of an order is its input less what was released, zero at its end; all escrows sum to the ESCROW balance.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-6': {
    statement:
      'A settled order gave its recipient at least the least amount of the right token on the right chain in time.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-7': {
    statement: 'The limit, the decayed price and the awarded amount hold by cross-multiplication.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-8': {
    statement: 'Opening, filling and refunding keep the edges of their deadlines.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-9': {
    statement: 'Past its expiry an unfilled order can be refunded, and a proven one claimed.',
    cadence: ['entry', 'live'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-10': {
    statement: 'A timely final fill is paid in the end, or a loss that names it is declared.',
    cadence: ['end', 'live'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-11': {
    statement:
      'A fill is proven and paid no earlier than its block has the finality that the prover requires.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-12': {
    statement: 'Until the exclusivity ends only the named solver fills, or another pays the override.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-13': {
    statement: 'Reservations never exceed the balance and are freed after loss, expiry and crash.',
    cadence: ['entry', 'end'],
    severity: 'fatal',
    reads: 'events',
    runtimes: both,
    needs: ['orders'],
  },
  'O-14': {
    statement:
      'An award names the best feasible bid by amount, then solver, then bid hash, at the price of its rule; it is by whom the order names, or by a member of its committee in its turn.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['auctions'],
  },
  'O-15': {
    statement: 'Submitting one digest again never makes a second order.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'O-16': {
    statement:
      'A part of an order is pro rata, no smaller than the least, its taker’s alone, and all parts together are no more than the order.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['divisible'],
  },
  'O-17': {
    statement:
      'A bond is slashed once for an order and reason — an award that was not kept, a bid that was not opened, a fill below a rival’s revealed bid — and for no more than is left of it; its user is paid what was taken within five minutes.',
    cadence: ['entry', 'end', 'unit'],
    severity: 'fatal',
    reads: 'events',
    runtimes: both,
    needs: ['auctions'],
  },
  'O-18': {
    statement:
      'What an auctioneer pays a solver for batches is its reward less the fees it has not paid, netted with what it owed; a reward is no more than was earned, fees count as paid once and as far as they were.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'events',
    runtimes: both,
    needs: ['auctions'],
  },
  'S-1': {
    statement: 'An accepted order carries the canonical signature of its user.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-2': {
    statement: 'The id of an order is its digest.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-3': {
    statement: 'A nonce is used once per user, settler and chain; cancelling uses it.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-4': {
    statement: 'The digest binds chain, settler and version; orders of a foreign domain are not stored.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-5': {
    statement:
      'A message is bound by its digest and delivered at most once, where it is addressed; another digest for its key is a conflict.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-6': {
    statement:
      'A delivered message carries strictly increasing distinct verifiers of the current set or one in its grace, at least the threshold, which is at least one; a set takes over by the votes of the one before; or it stands in the source’s outbox under a block that was as firm as the bridge demands.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-8': {
    statement:
      "No delivered message pays or calls a contract of the network: a bridge, its own admin above all, a settler, a rollup's contract, or nobody.",
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-9': {
    statement:
      'A transaction of an account whose key has been rotated carries the signature of the key that counts: its first, until a rotation that the key before has signed puts another in its place.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['rekeyed'],
  },
  'B-1': {
    statement:
      'Each lot in transit belongs to one message that is sent and not delivered; the lots sum to the transit.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'B-2': {
    statement: 'Locked plus the declared deficit equals minted plus what is in transit.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['wrapped'],
  },
  'B-3': {
    statement:
      'The supply of a burn-and-mint asset on all chains plus what is in transit equals issued less redeemed plus the declared unauthorised mint.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['issued'],
  },
  'B-4': {
    statement:
      'No far chain exports more of a wrapped asset than it had and received: with an accountant never, without one only by a declared exploit.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'B-5': {
    statement:
      'What bridges pay out stays below limiter and cap: on each chain of arrival the window sum of each source below its limit, the large delayed, releases before that time by enough votes. What leaves over a lane with a departure limit, its bucket holds. Under a governor each verifier signs no more within a window, and the large is delivered after its wait.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['limited'],
  },
  'B-6': {
    statement:
      "The cash and claims of a bridge's pool are what belongs to its providers, its utilisation is at most 1, and payouts that wait are made in the order of delivery.",
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['pooled'],
  },
  'B-7': {
    statement:
      'A paused bridge neither mints nor releases nor proves, and a lesser pause never ends a greater one.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'B-8': {
    statement: 'The first event that needs a deficit is the declared exploit.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'B-9': {
    statement:
      'A hash lock ends once: the preimage of its hash pays its recipient in time, or time gives it back; what locks hold is what open ones were given.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['swapped'],
  },
  'A-1': {
    statement:
      'A market’s pool holds what its events leave; a swap pays the most that its rule allows, so that k never falls; shares are given and taken at their part of the pool; nothing is done for less than asked or after the deadline.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['traded'],
  },
  'A-2': {
    statement:
      'A pool of concentrated liquidity holds what its ranges and the fees that they have earned are worth, to the roundings; a swap takes and pays what its way through the ranges costs; a range is paid what it held and earned, to who provided it; shares of a vault come and go for their part of its range.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['ranged'],
  },
  'A-3': {
    statement:
      'In a limit order book the best price trades first, at one price who came first, at the price of who waited; the book holds what waits, to the unit; all get what fills and withdrawals say, takers less their fee.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['booked'],
  },
  'C-1': {
    statement:
      'Scaled claims and debts are the sums of what accounts have; indexes are at least 1, never fall, and grow with the rates, which follow the curve.',
    cadence: ['entry', 'thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['lending'],
  },
  'C-2': {
    statement:
      'Cash, debts, those in auctions and booked bad debt are claims, what is set aside, the itemised interest that nobody is credited with, and a rounding of a few units a command.',
    cadence: ['entry', 'thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['lending'],
  },
  'C-3': {
    statement:
      'What an account does at a lending pool touches it, those that the call names, the pool and its treasury, and what insures it.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['loans'],
  },
  'C-4': {
    statement:
      'A loan, a withdrawal and a release leave a health factor of at least 1; a liquidation had one below, repays a debt, seizes no more than there is, at the exact bonus, and half at most near health, a part at a time where the engine is slow; an auction begins below 1 with the exact lot, debt and target, its bids rise by the rule and its price falls by it; none while the sequencer is down.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['loans'],
  },
  'C-5': {
    statement:
      'A decision rests on prices that their oracles say at that moment, not too old, within bounds and corroborated where asked; an oracle’s answer follows from its reports, an average from what its pair says.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['loans'],
  },
  'C-6': {
    statement:
      'Debt without collateral is booked as bad debt in the event that took the last of it, or that ended its auction; the pool’s fund pays it there as far as it reaches, its mutual the rest pro rata.',
    cadence: ['entry', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['lending'],
  },
  'C-7': {
    statement:
      'A cascade has at most one round more than institutions; each falls once, when it cannot pay; what owners and creditors lose is the shock and the mark-downs, each once; a clearing vector clears.',
    cadence: ['end', 'unit'],
    severity: 'fatal',
    reads: 'report',
    runtimes: both,
    needs: [],
  },
  'C-8': {
    statement: 'Where nothing is sold in a hurry a larger shock never lowers the loss.',
    cadence: ['end', 'unit'],
    severity: 'fatal',
    reads: 'report',
    runtimes: both,
    needs: [],
  },
  'V-1': {
    statement:
      'An algorithmic stablecoin mints what price and virtual pools allow and no unit more, its pools recover by their rule, and the supplies of both coins are what its exchanges leave.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['pegged'],
  },
  'V-2': {
    statement:
      'A custodian that has halted pays nothing until all that is at its address is handed over, and that is paid to its creditors once each, pro rata.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['custody'],
  },
  'V-3': {
    statement:
      'A clearing house holds what its accounts, markets and fund come to less its unpaid losses; trades are at the price of the virtual reserves, or of who waits in the book and comes first; who opens has the initial margin, who is liquidated had less than the maintenance margin.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['futures'],
  },
  'V-4': {
    statement:
      'A cover fund sells for its premium, within its capacity and never after the stress, which its notes have seen below the level for so long without a break; holders are paid what its rule owes them from what it has.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['covered'],
  },
  'V-5': {
    statement:
      'An option desk sells what it can reserve for, at the model’s price by the volatility that goes with its oracle’s and its spread; it settles a series once, after its expiry, and pays holders pro rata what they are owed and no more than was reserved; it has what it has reserved and owes.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['optioned'],
  },
  'V-6': {
    statement:
      'A fund of assets outside the chain sells shares at its mark, and pays redemptions in the order of their requests, after their notice, at the mark that its terms name and through its gate; it has the coins that came in and did not go out, and the shares that wait.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['marked'],
  },
  'V-7': {
    statement:
      'An order that buys a derivative is filled together with the purchase, for its user, of what its contract names, with all that was delivered but for what is less than one more unit costs.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['purchases'],
  },
  'G-1': {
    statement:
      'A circuit breaker halts when the price that it watches has moved too far within its window, and only then; what it stops does not happen while it halts, and is refused for a halt at no other time.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['breakers'],
  },
  'G-2': {
    statement:
      'Within a window no more of a token leaves a market or lending pool than its outflow limit lets through, liquidations aside.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['outflows'],
  },
  'G-3': {
    statement:
      'A measure is enacted once, by an authority that reaches so far, after the votes of enough of its members or holders and its delays, and within its bounds; terms of a reserve change by measures alone.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['measures'],
  },
  'G-4': {
    statement:
      'Nothing moves of a token that is halted, nor to or from an account for which it is frozen, but what an enacted claw-back takes; and no other transfer is refused as halted or frozen.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['holds'],
  },
  'G-5': {
    statement:
      'After a loan no more of a token stands behind the account in the places of a collateral check than it allows, receipts and shares of pairs looked through.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['checks'],
  },
  'G-6': {
    statement:
      'A discount window lends what it has on pledges that are worth more than the loan by their oracles and its haircuts, gives each back for principal and penalty interest and to nobody else, and keeps it only past the term.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['windows'],
  },
  'T-1': {
    statement: 'Events are popped in strictly increasing order of (time, priority, sequence).',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'runtime',
    runtimes: both,
    needs: [],
  },
  'T-2': {
    statement: 'Blocks are contiguous, linked to their parents and stamped with their slot.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-3': {
    statement:
      'Finalised is at most safe is at most head; neither falls; no branch reaches below the finalised block, unless people overruled it; a rollup holds no block whose sequencing window passed without a batch.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-4': {
    statement:
      'The state is that of the branch: transactions stand in it once and in the order of their nonces, and nothing that a re-org took away is held against them.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-5': {
    statement: 'A message arrives no earlier than it was sent plus the least latency.',
    cadence: ['entry', 'live'],
    severity: 'fatal',
    reads: 'runtime',
    runtimes: ['sim'],
    needs: [],
  },
  'T-6': {
    statement:
      'A withdrawal is final no earlier than its root has stood for its window; a wrong root never while a challenger could have said so.',
    cadence: ['block', 'live'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-7': {
    statement:
      'A sequencer that is declared down makes no block, and one with near-empty blocks puts nobody’s transaction into them; what the L1 forces upon a rollup is in its chain by the delay, or, with a delay buffer, once it has been read, which anybody may have done when it has waited too long and not before.',
    cadence: ['block', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['outages'],
  },
  'T-8': {
    statement:
      'Chain time is slot time: no block is seen before its slot begins, less the clock skew that is declared.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-9': {
    statement:
      'Gas costs what was used times the price: the base fee, which follows from the parent, to BURN, the tip to the producer; a transaction that reverts changes only nonce and fee.',
    cadence: ['entry', 'block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'T-10': {
    statement:
      'A promise of inclusion that blocks show to be broken costs its producer the penalty once, or what is left of the bond, half to the sender and the rest burned; a kept one costs nothing.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['promised'],
  },
  'R-4': {
    statement: 'No signer makes two conflicting commitments in one slot.',
    cadence: ['entry', 'live'],
    severity: 'fatal',
    reads: 'events',
    runtimes: both,
    needs: ['orders'],
  },
}
