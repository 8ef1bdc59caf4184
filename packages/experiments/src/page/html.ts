// Pieces of a page: text is escaped here and nowhere else.

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Texts of a column up to this length stay on one line: names, kinds. */
const SHORT = 24

/** A table with a caption; numbers stand on the right. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const isNumber = head.map((_, column) =>
    rows.every((row) => /^[-−+]?[\d,.]*(e[-+]?\d+)?( ?%)?$|^–?$/.test(row[column] ?? '')),
  )
  const isLong = head.map((_, column) => rows.some((row) => (row[column] ?? '').length > SHORT))
  const cell = (tag: string, text: string, column: number) => {
    const kind =
      isNumber[column] === true ? 'number' : tag === 'td' && isLong[column] === true ? 'long' : null
    return `<${tag}${kind === null ? '' : ` class="${kind}"`}>${escaped(text)}</${tag}>`
  }
  const lines = rows.map((row) => `<tr>${row.map((text, column) => cell('td', text, column)).join('')}</tr>`)
  return [
    '<div class="wide"><table>',
    `<caption>${escaped(caption)}</caption>`,
    `<thead><tr>${head.map((text, column) => cell('th', text, column)).join('')}</tr></thead>`,
    `<tbody>${lines.join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n')
}

export function section(title: string, ...parts: readonly string[]): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n${parts.filter((part) => part !== '').join('\n')}\n</section>`
}

export const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1b; --back: #ffffff; --faint: #d0d0d0; }
.dark { display: none; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --back: #161616; --faint: #4a4a4a; }
  .dark { display: block; }
  .light { display: none; }
}
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.answer { font-size: 1.15rem; }
.wide { overflow-x: auto; }
table { min-width: min(100%, 26rem); border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--faint); }
.number { text-align: right; }
td { white-space: nowrap; } td.long { white-space: normal; }
svg { max-width: 100%; height: auto; }
figure { margin: 1rem 0; } figcaption, .source { font-size: .9rem; }
.queries code { white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: inherit; }
`

/** A page that needs nothing from elsewhere. */
export function page(title: string, ...parts: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...parts,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
