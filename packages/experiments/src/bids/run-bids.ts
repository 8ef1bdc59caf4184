/**
 * The bids of a run of ours, from its event log: each auction that an auctioneer closed is a tender, and its award
 * reveals the bids. What a solver asks is what the user gives for a unit of output, so the lowest wins; the reserve is
 * that price at the least output that the user takes. Both are of the same tokens, so their ratio has no unit.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BidSource, bidSourceOf, MOST_BIDS_BYTES } from '@solvent/collusion'
import { SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'
import { type LoggedEvent, loggedEvents } from '../store/logged-events.ts'

/** The log of a run, or of the two of `solvent start`; the first that is there. */
const LOGS = ['events.jsonl', 'sim-events.jsonl', 'libp2p-events.jsonl'] as const

/** Gas weighs differently on each order and on all of its bids alike. */
const SHARED_SHOCKS =
  'solvers of a run share gas and sources of prices, which the reserve does not carry: their bids move together without any agreement; screen the same scenario with independent bidders beside it'

const MOST_LOG_BYTES = 8 * MOST_BIDS_BYTES

/**
 * @param shownAs the directory as the person wrote it
 * @throws SolventError E_RESULTS when it has no event log, E_BIDS when the log is too large or has fewer than two auctions with bids
 */
export async function bidsOfRun(directory: string, shownAs: string): Promise<BidSource> {
  const names = await readdir(directory)
  const log = LOGS.find((name) => names.includes(name))
  if (log === undefined)
    throw new SolventError({
      code: 'E_RESULTS',
      message: 'The directory has no event log of a run.',
      details: { directory: shownAs },
      hint: 'A directory that `solvent run` has written holds events.jsonl.',
    })
  const file = join(shownAs, log)
  const bytes = await readRegularFile(join(directory, log), { mostBytes: MOST_LOG_BYTES, shownAs: file })
  if (bytes.length > MOST_LOG_BYTES)
    throw new SolventError({
      code: 'E_BIDS',
      message: 'The event log is too large.',
      details: { file, allowed: `at most ${MOST_LOG_BYTES} bytes` },
    })
  const auctions = auctionsOf(loggedEvents(new TextDecoder().decode(bytes)))
  if (auctions.length === 0)
    throw new SolventError({
      code: 'E_BIDS',
      message: 'No auction of this run revealed bids.',
      details: { file },
      hint: 'Orders that an auctioneer awards do; orders that the chain or the user awards do not.',
    })
  const source = bidSourceOf(file, JSON.stringify(tableOf(auctions)))
  return { ...source, warnings: [...source.warnings, SHARED_SHOCKS] }
}

interface SignedOrder {
  readonly input: { readonly amount: string }
  readonly output: { readonly chainId: number; readonly token: string; readonly minAmount: string }
}

interface Award {
  readonly orderId: string
  readonly bids: readonly { readonly solver: string; readonly outputAmount: string }[]
}

interface Auction {
  readonly atMs: number
  readonly order: SignedOrder
  readonly award: Award
  /** The solver's node where it is known, else its address. */
  readonly nameOf: (solver: string) => string
}

function auctionsOf(events: Iterable<LoggedEvent>): Auction[] {
  const nodes = new Map<string, string>()
  const auctions = new Map<string, Auction>()
  for (const { kind, atMs, node, payload } of events) {
    if (kind === 'bid-placed') nodes.set(String(payload['solver']), node)
    if (kind !== 'auction-closed') continue
    const { order, award } = payload as unknown as { readonly order: SignedOrder; readonly award: Award }
    if (award.bids.length > 0)
      auctions.set(award.orderId, { atMs, order, award, nameOf: (solver) => nodes.get(solver) ?? solver })
  }
  return [...auctions.values()]
}

function tableOf(auctions: readonly Auction[]) {
  const bidders = [
    ...new Set(auctions.flatMap(({ award, nameOf }) => award.bids.map(({ solver }) => nameOf(solver)))),
  ].sort((a, b) => (a < b ? -1 : 1))
  const tenders = auctions.map(({ atMs, order, award, nameOf }) => {
    const paid = Number(order.input.amount)
    const asked = new Map(
      award.bids.map(({ solver, outputAmount }) => [nameOf(solver), paid / Number(outputAmount)]),
    )
    return {
      id: award.orderId,
      time: atMs,
      chain: order.output.chainId,
      asset: order.output.token,
      reserve: paid / Number(order.output.minAmount),
      bids: bidders.map((bidder) => asked.get(bidder) ?? null),
    }
  })
  return { bidders, tenders }
}
