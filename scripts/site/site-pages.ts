// The pages of the site: those of docs/, the README, and pages of reference that are made from the code. Links among them lead to
// pages; links to other files of the project lead to copies of these.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, posix, relative } from 'node:path'
import { referencePages } from './reference-pages.ts'

export interface Site {
  /** Markdown by its path in the site. */
  readonly pages: ReadonlyMap<string, string>
  /** Files of the project that pages link to or show, relative to its root. */
  readonly files: readonly string[]
}

/** Where files of the project stand in the site. */
export const FILES = 'files'
/** Links to files of more than this are not followed. */
const MOST_BYTES = 1_048_576

export async function sitePages(root: string): Promise<Site> {
  const sources = new Map<string, string>([['overview.md', 'README.md']])
  for (const name of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.md')) sources.set(placeOf(name), `docs/${name}`)
  const places = new Map([...sources].map(([place, source]) => [source, place]))
  const pages = new Map<string, string>()
  const files = new Set<string>()
  for (const [place, source] of [...sources].sort()) {
    const text = readFileSync(join(root, source), 'utf8')
    pages.set(
      place,
      withLinks(withPlainPictures(text), (target) => lead(root, { place, source, target, places, files })),
    )
  }
  for (const [name, text] of await referencePages(root)) pages.set(`reference/${name}`, text)
  return { pages, files: [...files].sort() }
}

/** `models/README.md` is what a folder begins with. */
function placeOf(name: string): string {
  return name.replace(/(^|\/)README\.md$/, '$1index.md')
}

/** A picture for light and dark is its light one: pages have no markup of their own. */
function withPlainPictures(text: string): string {
  return text.replace(
    /<picture>[\s\S]*?<img src="([^"]+)"[^>]*? alt="([^"]*)">[\s\S]*?<\/picture>/g,
    (_whole, source: string, about: string) => `![${about}](${source})`,
  )
}

/** Every link that is no address, outside of blocks of code. */
function withLinks(text: string, lead: (target: string) => string): string {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replace(/\]\((?!\w+:|#)([^)\s]+)\)/g, (_whole, target: string) => `](${lead(target)})`),
    )
    .join('')
}

interface Link {
  readonly place: string
  readonly source: string
  readonly target: string
  readonly places: ReadonlyMap<string, string>
  readonly files: Set<string>
}

function lead(root: string, { place, source, target, places, files }: Link): string {
  const [path = '', anchor] = target.split('#')
  const wanted = posix.normalize(posix.join(dirname(source), path)).replace(/\/$/, '')
  const suffix = anchor === undefined ? '' : `#${anchor}`
  const page = places.get(wanted) ?? places.get(`${wanted}/README.md`)
  if (page !== undefined) return `${fromHere(place, page)}${suffix}`
  const file = join(root, wanted)
  if (!existsSync(file)) throw new Error(`${source} links to ${target}, which is not there.`)
  const isFolder = statSync(file).isDirectory()
  const found = isFolder
    ? readdirSync(file, { withFileTypes: true }).flatMap((each) =>
        each.isFile() ? [`${wanted}/${each.name}`] : [],
      )
    : [wanted]
  for (const each of found) if (statSync(join(root, each)).size <= MOST_BYTES) files.add(each)
  if (/\.(png|svg)$/.test(wanted)) return fromHere(place, `${FILES}/${wanted}`)
  return `/${FILES}/${isFolder ? `${wanted}/index.html` : copyOf(wanted)}`
}

function fromHere(place: string, page: string): string {
  const path = relative(dirname(place), page)
  return path.startsWith('.') ? path : `./${path}`
}

/** Where a file stands below `FILES`; what has no ending is text, and not a page of the site. */
export const copyOf = (file: string): string => (extname(file) === '' ? `${file}.txt` : file)

/** What a page calls itself. */
export function titleOf(text: string): string {
  const [, title = ''] = /^# (.+)$/m.exec(text) ?? []
  return title.replaceAll('`', '')
}
