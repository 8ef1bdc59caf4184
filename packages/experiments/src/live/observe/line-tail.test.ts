// A log that another process writes.
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LineTail } from './line-tail.ts'

it('gives each line once, when it is whole, and begins anew with a file that does', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-tail-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'log')
  const tail = new LineTail(path)
  expect(await tail.take()).toEqual([])
  appendFileSync(path, 'one\ntw')
  expect(await tail.take()).toEqual(['one'])
  expect(await tail.take()).toEqual([])
  appendFileSync(path, 'ölve\nthree\n')
  expect(await tail.take()).toEqual(['twölve', 'three'])
  truncateSync(path)
  appendFileSync(path, 'new\n')
  expect(await tail.take()).toEqual(['new'])
  symlinkSync(path, join(directory, 'link'))
  expect(await new LineTail(join(directory, 'link')).take()).toEqual([])
})
