// Bids that a person names, as text.
import { MOST_BIDS_BYTES } from '@solvent/collusion'
import { readRegularFile } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { userPath } from './user-path.ts'

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
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new SolventError({
      code: 'E_BIDS',
      message: 'The file is not text in UTF-8.',
      details: { file },
      cause,
    })
  }
}
