// The table in the README is the route table: whoever reads it knows what is served.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { assetPath, thumbnailPath } from './receipts.ts'
import { absentRoutes, routes } from './routes.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

/** Rows of the table of endpoints: method, path and state, as written. */
function table(): string[] {
  return readme.split('\n').flatMap((line) => {
    const [, methods, path, state] = /^\| ([A-Z, ]+|any) +\| `([^`]+)` +\| (\w+) +\|/.exec(line) ?? []
    if (methods === undefined || path === undefined) return []
    return methods.split(',').map((method) => `${method.trim()} ${path} ${state}`)
  })
}

const spelled = (path: string) => path.replace(/:(\w+)/g, '{$1}')

test('the README lists every endpoint with its methods, and no other', () => {
  const served = routes.flatMap(({ path, methods }) =>
    Object.keys(methods).map((method) => `${method} ${spelled(path)}`),
  )
  const written = table().filter((row) => !row.endsWith(' absent'))
  const expected = [...served, `GET ${spelled(assetPath)}`, `GET ${spelled(thumbnailPath)}`]
  assert.deepEqual(written.map((row) => row.replace(/ \w+$/, '')).sort(), expected.sort())
  for (const row of written) assert.match(row, / (?:done|partial)$/)
})

test('the README lists every resource that is not kept', () => {
  const rows = table().filter((row) => row.endsWith(' absent'))
  assert.deepEqual(rows.sort(), absentRoutes.map(({ path }) => `any ${spelled(path)} absent`).sort())
})
