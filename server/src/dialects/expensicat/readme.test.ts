// The table in the README is the route table: whoever reads it knows what is served, and with which scope.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refused, routes } from './routes.ts'
import { scopes } from './scopes.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const spelled = (path: string) => `/v1${path.replace(/:(\w+)/g, '{$1}')}`

/** Rows of the table of endpoints: method, path, state and scope, as written. */
const table = readme.split('\n').flatMap((line) => {
  const [, methods, path, state, scope] =
    /^\| ([A-Z, ]+|any) +\| `([^`]+)` +\| (\w+) +\| (?:`([^`]+)`)? *\|/.exec(line) ?? []
  if (methods === undefined || path === undefined) return []
  return methods.split(',').map((method) => ({ method: method.trim(), path, state, scope }))
})

test('the README lists every endpoint with its methods and scopes, and no other', () => {
  const served = routes.flatMap(({ path, methods, read, write }) =>
    Object.keys(methods).map((method) => `${method} ${spelled(path)} ${method === 'GET' ? read : write}`),
  )
  const written = table.filter(({ state }) => state === 'done' || state === 'partial')
  assert.deepEqual(
    written.map(({ method, path, scope }) => `${method} ${path} ${scope}`).sort(),
    served.sort(),
  )
})

test('the README lists every endpoint that is refused', () => {
  const rows = table.filter(({ state }) => state === 'refused').map(({ path }) => path)
  assert.deepEqual(rows.sort(), refused.map(spelled).sort())
})

test('the README lists every scope with what it stands for', () => {
  for (const [scope, { words }] of Object.entries(scopes)) {
    assert.match(readme, new RegExp(`\\| \`${scope}\` +\\| ${words.replace(/[()]/g, '\\$&')} +\\|`))
  }
})
