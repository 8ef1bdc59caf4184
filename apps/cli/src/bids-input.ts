// Bids that a person names: a file of them, or the results of a run.
import { stat } from 'node:fs/promises'
import { type BidSource, bidSourceOf, bidsTextOf, MOST_BIDS_BYTES } from '@solvent/collusion'
import { bidsOfRun, readRegularFile } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { userPath } from './user-path.ts'

/** @throws SolventError as {@link readBidsText}, or E_RESULTS for a directory that is no run's */
export async function readBids(file: string): Promise<BidSource> {
  const isDirectory = await stat(userPath(file)).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isDirectory ? bidsOfRun(userPath(file), file) : bidSourceOf(file, await readBidsText(file))
}

/** @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, or E_BIDS for a file that is too large or no text */
export async function readBidsText(file: string): Promise<string> {
  const bytes = await readRegularFile(userPath(file), { mostBytes: MOST_BIDS_BYTES, shownAs: file })
  if (bytes.length > MOST_BIDS_BYTES)
    throw new SolventError({
      code: 'E_BIDS',
      message: 'The file is too large.',
      details: { file, allowed: `at most ${MOST_BIDS_BYTES} bytes` },
      hint: 'Screen a part of the tenders.',
    })
  return bidsTextOf(file, bytes)
}
