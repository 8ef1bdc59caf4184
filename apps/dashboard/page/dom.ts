// Elements from text: what a scenario or a run says is only ever text, never markup.
import { numberText } from '@solvent/experiments/page-text'

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** Texts up to this length stay on one line: times, kinds, short names. */
const SHORT = 20

export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const isNumber = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => /^[-−+]?[\d,.]*( ?%| s)?$|^–?$/.test(row[column] ?? '')),
  )
  const isShort = head.map((_, column) => rows.every((row) => (row[column] ?? '').length <= SHORT))
  const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
    texts.map((text, column) =>
      element(
        tag,
        {
          ...(tag === 'th' ? { scope: 'col' } : {}),
          ...(isNumber[column] === true
            ? { class: 'number' }
            : isShort[column] === true
              ? { class: 'whole' }
              : {}),
        },
        text,
      ),
    )
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...cells('th', head))),
    element(
      'tbody',
      {},
      ...(rows.length === 0
        ? [element('tr', {}, element('td', { colspan: String(head.length) }, 'none'))]
        : rows.map((row) => element('tr', {}, ...cells('td', row)))),
    ),
  )
}

export function byId<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no ${id}.`)
  return found as Kind
}

/** With thousands, at most two decimals. */
export const shown = (value: number): string => numberText(value, 2)

/** `1:02:03.5` */
export function clockText(ms: number): string {
  const seconds = ms / 1_000
  const whole = Math.floor(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const tenths = Math.floor((seconds - whole) * 10)
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${tenths}`
}
