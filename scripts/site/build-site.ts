// `npm run docs [-- --out DIR]`: the documents as a site that needs no network. VitePress stands in a folder of its own, `site/`, which
// nothing else installs.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { configOf } from './site-config.ts'
import { copyOf, FILES, sitePages } from './site-pages.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const site = join(root, 'site')
const work = join(site, 'pages')

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'runs/docs') } } })
const out = resolve(process.env['INIT_CWD'] ?? root, values.out)
if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'hashmap.json'))) {
  process.stderr.write(
    `${out} is not empty and not a site that was built here: name another directory with --out.\n`,
  )
  process.exit(2)
}

const { pages, files } = await sitePages(root)
rmSync(work, { recursive: true, force: true })
for (const [path, text] of pages) write(join(work, path), text)
for (const file of files)
  for (const folder of [join(work, 'public', FILES), join(work, FILES)])
    copy(file, join(folder, copyOf(file)))
for (const folder of new Set(files.map(dirname)))
  write(
    join(work, 'public', FILES, folder, 'index.html'),
    listing(
      folder,
      files.filter((file) => dirname(file) === folder),
    ),
  )
write(join(work, '.vitepress/config.mjs'), `export default ${JSON.stringify(configOf(pages), null, 2)}\n`)

if (!existsSync(join(site, 'node_modules/vitepress')))
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
run(process.execPath, [join(site, 'node_modules/vitepress/bin/vitepress.js'), 'build', 'pages'])
rmSync(out, { recursive: true, force: true })
cpSync(join(work, '.vitepress/dist'), out, { recursive: true })
process.stdout.write(`${relative(process.env['INIT_CWD'] ?? root, out) || '.'}\n`)

function run(command: string, args: readonly string[]): void {
  // What it says of its progress is not the result.
  const { status } = spawnSync(command, args, { cwd: site, stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function copy(file: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  if (statSync(join(root, file)).isFile()) cpSync(join(root, file), to)
}

function listing(folder: string, found: readonly string[]): string {
  const rows = found.map((file) => `<li><a href="./${basename(copyOf(file))}">${file}</a></li>`)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${folder}</title><h1>${folder}</h1><ul>${rows.join('')}</ul></html>\n`
}
