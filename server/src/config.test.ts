// The environment as configuration, and its problems by name.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

const doors = ['kimai', 'xpenser']

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, doors)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
}

test('An empty environment serves from the data folder on this machine.', () => {
  const config = readConfig({}, doors)
  assert.equal(config.port, 4000)
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.data, resolve('data'))
  assert.equal(config.database, resolve('data/daybook.db'))
  assert.equal(config.files, resolve('data/files'))
  assert.equal(config.owner, undefined)
})

test('All problems are told at once, each by the name of its variable.', () => {
  const problems = problemsOf({
    PORT: 'http',
    DATABASE_URL: 'mysql://x',
    DAYBOOK_FILES: 's3://bucket',
    DAYBOOK_PUBLIC_URL: 'book.example.com',
    DAYBOOK_HOSTS: 'a.example.com=kimai,b.example.com=nothing',
    DAYBOOK_OWNER_EMAIL: 'me@example.com',
    DAYBOOK_LOG: 'loud',
    DAYBOOK_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8,10.0.0.0/33',
  })
  assert.deepEqual(problems.map((problem) => problem.split(':')[0]).sort(), [
    'DATABASE_URL',
    'DAYBOOK_FILES',
    'DAYBOOK_HOSTS',
    'DAYBOOK_LOG',
    'DAYBOOK_OWNER_PASSWORD',
    'DAYBOOK_PUBLIC_URL',
    'DAYBOOK_TRUSTED_PROXIES',
    'PORT',
  ])
})

test('Hosts lead to doors, in any letter case.', () => {
  const { hosts } = readConfig({ DAYBOOK_HOSTS: 'Kimai.Example.com=kimai, x.example.com=xpenser' }, doors)
  assert.deepEqual(
    [...hosts],
    [
      ['kimai.example.com', 'kimai'],
      ['x.example.com', 'xpenser'],
    ],
  )
})

test('A slash at the end of the public address does not count.', () => {
  const { publicUrl } = readConfig({ DAYBOOK_PUBLIC_URL: 'https://example.com/book/' }, doors)
  assert.equal(publicUrl, 'https://example.com/book')
})

for (const port of ['0', '65535']) {
  test(`Port ${port} is one.`, () => assert.equal(readConfig({ PORT: port }, doors).port, Number(port)))
}

for (const port of ['-1', '65536', '1.5', '1e9', 'x']) {
  test(`Port ${port} is none.`, () => assert.match(problemsOf({ PORT: port })[0] ?? '', /^PORT/))
}
