// The invariants of O, orders: awards, fills, claims, and what auctions take and pay.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const orderInvariants = {
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
} satisfies Partial<InvariantCatalogue>
