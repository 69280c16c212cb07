// The tables in the README are the route table and the table of permissions: whoever reads it knows what is served.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { scopes } from '../../core/access.ts'
import { oauth } from './oauth.ts'
import { administrations, routes } from './routes.ts'
import { permissions, scopeTable } from './scopes.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

/** Rows of the table of endpoints: method and path, as written. */
function table(): string[] {
  return readme.split('\n').flatMap((line) => {
    const [, methods, path, state] = /^\| ([A-Z, ]+?) *\| `([^`]+)` +\| (\w+) +\|/.exec(line) ?? []
    if (methods === undefined || path === undefined) return []
    assert.match(state ?? '', /^(?:done|partial)$/)
    return methods.split(',').map((method) => `${method.trim()} ${path}`)
  })
}

test('the README lists every endpoint with its methods, and no other', () => {
  const served = [administrations, ...routes].flatMap(({ path, methods }) =>
    Object.keys(methods).map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
  )
  const beside = [`GET ${oauth.paths.authorize}`, `POST ${oauth.paths.token}`]
  assert.deepEqual(table().sort(), [...served, ...beside].sort())
})

test('the README tells the scopes of every permission', () => {
  for (const permission of permissions) {
    const { marks, grants } = scopeTable[permission]
    const row =
      readme.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${permission}\``)) ?? ''
    const [, , has = '', gives = ''] = row.split('|')
    const words = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word)
    assert.deepEqual(words(has), marks)
    assert.deepEqual(words(gives), grants)
  }
})

test('every scope in the table is one of ours', () => {
  for (const { marks, grants } of Object.values(scopeTable)) {
    for (const scope of [...marks, ...grants]) assert.ok(scopes.includes(scope), scope)
  }
})
