// How the site is laid out: what stands in the bar above and at the side of its pages.
import { titleOf } from './site-pages.ts'

interface Item {
  readonly text: string
  readonly link: string
}

interface Group {
  readonly text: string
  readonly items: readonly Item[]
  readonly collapsed?: boolean
}

/** In this order; a page that stands in no folder and is named here in no group belongs to the last. */
const REFERENCE = [
  'command-line',
  'scenario-files',
  'sweep-files',
  'learn-files',
  'run-summary',
  'results-store',
  'results-tables',
]

export function sidebarOf(pages: ReadonlyMap<string, string>): Group[] {
  const item = (path: string): Item => ({ text: titleOf(pages.get(path)!), link: linkTo(path) })
  const inFolder = (folder: string) =>
    [...pages.keys()].filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('/index.md')).sort()
  const reference = REFERENCE.map((name) => `${name}.md`)
  const others = [...pages.keys()].filter(
    (path) => !path.includes('/') && !['index.md', 'overview.md'].includes(path) && !reference.includes(path),
  )
  return [
    { text: 'Begin', items: [item('overview.md'), ...inFolder('tutorials').map(item)] },
    { text: 'How to', items: inFolder('how-to').map(item) },
    { text: 'Reference', items: reference.map(item) },
    { text: 'From the code', items: inFolder('reference').map(item) },
    { text: 'The whole', items: others.sort().map(item) },
    { text: 'Models', items: [item('models/index.md'), ...inFolder('models').map(item)], collapsed: true },
  ]
}

export function linkTo(path: string): string {
  return `/${path.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}`
}

/** What VitePress is told. Search is in the site itself; nothing is fetched from elsewhere. */
export function configOf(pages: ReadonlyMap<string, string>): object {
  return {
    title: 'Solvent',
    description: 'A simulator of intent-based, cross-chain solver networks.',
    lang: 'en',
    cleanUrls: false,
    // Without one, browsers ask for a file that is not there.
    head: [['link', { rel: 'icon', href: 'data:,' }]],
    // Pages are Markdown that is readable on its own: what looks like markup in them is text.
    markdown: { html: false },
    themeConfig: {
      search: { provider: 'local' },
      outline: [2, 3],
      nav: [
        { text: 'Overview', link: linkTo('overview.md') },
        { text: 'Scenario files', link: linkTo('scenario-files.md') },
        { text: 'Commands', link: linkTo('command-line.md') },
        { text: 'Models', link: linkTo('models/index.md') },
        { text: 'Limits', link: linkTo('limits.md') },
      ],
      sidebar: sidebarOf(pages),
    },
  }
}
