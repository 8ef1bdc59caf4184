// Two runs side by side: the numbers in which they differ, and their measures as lines.
import type { RunDifference } from '../../src/run-frame.ts'
import { element, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { linesOf, picturesIn } from './series.ts'

const MEASURES = [
  'orders.settled',
  'orders.stranded',
  'users.welfare',
  'solver.equity',
  'bridge.backing',
] as const

export const compareView: ViewKind = {
  id: 'compare',
  title: 'Compare',
  open(parent, { frame, source, other, ask }) {
    if (other === null) {
      parent.append(
        element(
          'p',
          {},
          'There is one run here: name a second directory when the dashboard is started, and both are compared.',
        ),
      )
      return { show: () => undefined, dispose: () => undefined }
    }
    let isOpen = true
    const pictures = picturesIn(
      parent,
      frame,
      MEASURES.map((measure) => ({
        title: `${measure} of both runs`,
        unit: '',
        lines: () =>
          [frame, other.frame].flatMap((each) =>
            linesOf(each, measure).map(({ name, points }) => ({ name: `${name} (${each.name})`, points })),
          ),
      })),
    )
    const differences = element('div', { class: 'digits' }, element('p', {}, 'Comparing …'))
    parent.append(differences)
    const place = (each: string) => each.replace('runs/', '')
    ask<readonly RunDifference[]>(`compare/${place(source)}/${place(other.source)}`).then(
      (found) => {
        if (!isOpen) return
        differences.replaceChildren(
          found.length === 0
            ? element('p', {}, 'Every number of the two summaries is the same.')
            : table(
                'Numbers that differ',
                ['number', frame.name, other.frame.name],
                found.map(({ path, left, right }) => [path, left ?? '–', right ?? '–']),
              ),
        )
      },
      (error: Error) => differences.replaceChildren(element('p', {}, error.message)),
    )
    return {
      show: pictures.mark,
      dispose: () => {
        isOpen = false
        pictures.dispose()
      },
    }
  },
}
