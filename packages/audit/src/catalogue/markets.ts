// The invariants of A, markets; C, credit; V, derivatives.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const marketInvariants = {
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
} satisfies Partial<InvariantCatalogue>
