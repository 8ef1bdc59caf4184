// Finality by chain over time, fees, and what the chains came to.
import { section } from '../page/html.ts'
import { decimals, type Inquiry, whole } from './inquiry.ts'
import { linesOver } from './line-chart.ts'

export async function chainSection(inquiry: Inquiry): Promise<string> {
  const lag = (level: string) =>
    inquiry.ask(
      `SELECT h.at_ms, h.subject, (h.value - l.value) * c.slot_ms / 1000 AS value FROM series h JOIN series l USING (at_ms, subject) JOIN chains c ON c.chain = h.subject WHERE h.measure = 'chain.head' AND l.measure = 'chain.${level}' ORDER BY h.subject, h.at_ms`,
    )
  const finalized = await lag('finalized')
  const safe = await lag('safe')
  const ends = await inquiry.ask(
    'SELECT chain, kind, blocks, head, safe, finalized, (head - finalized) * slot_ms / 1000 AS behind, transactions, orphaned, gas_used FROM chains',
  )
  const picture = (title: string, answer: typeof safe) =>
    answer.rows.length === 0
      ? ''
      : inquiry.picture(title, 300, answer, linesOver(answer.rows, { name: 'seconds', from: 0 }))
  return section(
    'Finality, lane by lane',
    picture('Age of the finalized block behind the head, by chain', finalized),
    picture('Age of the safe block behind the head, by chain', safe),
    inquiry.table('Chains at the end', ends, [
      ['chain', 'chain'],
      ['kind', 'kind'],
      ['blocks', 'blocks', whole],
      ['head', 'head', whole],
      ['safe', 'safe', whole],
      ['finalized', 'finalized', whole],
      ['behind', 'finalized is behind, s', decimals(1)],
      ['transactions', 'transactions', whole],
      ['orphaned', 'orphaned', whole],
      ['gas_used', 'gas used', whole],
    ]),
  )
}
