// The text of a file of bids. Programs and pictures are no text; some of their bytes would pass for names of columns.
import { bidsError } from './bids-error.ts'

/** All but tab and the ends of lines. */
const CONTROL = /[^\P{Cc}\t\n\r]/u

/**
 * @param file as the person wrote it
 * @throws SolventError E_BIDS for what is not UTF-8, or has control characters
 */
export function bidsTextOf(file: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw bidsError(file, ['not text in UTF-8'], HINT)
  }
  const at = text.search(CONTROL)
  if (at === -1) return text
  const line = text.slice(0, at).split('\n').length
  const point = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  throw bidsError(file, [`line ${line}: not text (got the control character U+${point})`], HINT)
}

const HINT = 'Bids are JSON or comma-separated values, in UTF-8.'
