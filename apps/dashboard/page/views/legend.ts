// What the colours and shapes of a picture of nodes mean.
import { COLOURS } from '../charts.ts'
import { element } from '../dom.ts'

/** @param kinds in the order of their colours @param shapes said in words */
export function legendOf(kinds: readonly string[], shapes: string): HTMLElement {
  const items = kinds.map((kind, at) => {
    const dot = element('span', { class: 'dot' })
    dot.style.background = COLOURS[at % COLOURS.length]!
    return element('span', {}, dot, kind)
  })
  return element('p', { class: 'legend hint' }, ...items, element('span', {}, shapes))
}
