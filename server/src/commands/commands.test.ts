// The command line as someone types it: a process for each call, on a book of its own.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'daybook-commands-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Run = { readonly status: number | null; readonly out: string; readonly err: string }

function daybook(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const own = { PATH: process.env.PATH ?? '', DAYBOOK_DATA: join(folder, 'data'), ...env }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env: own,
    encoding: 'utf8',
  })
  return { status, out: stdout, err: stderr }
}

function json(args: readonly string[]) {
  const { status, out, err } = daybook([...args, '--json'])
  assert.equal(status, 0, err)
  return JSON.parse(out)
}

test('Without a command, and with --help, the commands are listed.', () => {
  for (const args of [[], ['--help'], ['help']]) {
    const { status, out } = daybook(args)
    assert.equal(status, 0)
    for (const name of ['serve', 'demo', 'organization add', 'person add', 'token add', 'migrate']) {
      assert.match(out, new RegExp(`^  ${name} `, 'm'))
    }
  }
})

test('Each command explains itself.', () => {
  const { status, out } = daybook(['organization', 'add', '--help'])
  assert.equal(status, 0)
  assert.match(out, /^Usage: daybook organization add/)
  assert.match(out, /--currency CODE +ISO 4217 code.* Required\./)
})

const wrong: [string, string[], RegExp][] = [
  ['an unknown command', ['fly'], /no command "fly"/],
  ['an unknown option', ['migrate', '--fast'], /fast/],
  ['a missing option', ['organization', 'add', '--name', 'A'], /--currency is missing/],
  [
    'an unknown currency',
    ['organization', 'add', '--name', 'A', '--currency', 'XXX', '--email', 'a@b.example'],
    /ISO 4217/,
  ],
  [
    'an unknown zone',
    [
      'organization',
      'add',
      '--name',
      'A',
      '--currency',
      'EUR',
      '--email',
      'a@b.example',
      '--time-zone',
      'Mars',
    ],
    /IANA/,
  ],
  ['a word too many', ['migrate', 'now'], /"now" is too much/],
  ['a person before any organization', ['person', 'add', '--email', 'a@b.example'], /no organization/],
  ['an unknown role', ['person', 'add', '--email', 'a@b.example', '--role', 'king'], /--role is one of/],
  ['a size that is no number', ['demo', '--size', '-1'], /--size/],
]

for (const [name, args, words] of wrong) {
  test(`Called with ${name}, it says so and exits with 2.`, () => {
    const { status, out, err } = daybook(args)
    assert.equal(status, 2, err)
    assert.equal(out, '')
    assert.match(err, words)
    assert.doesNotMatch(err, /^\s+at /m, 'no stack is shown')
  })
}

test('All problems of the environment are told at once, by name.', () => {
  const { status, err } = daybook(['organization', 'list'], {
    PORT: 'x',
    DATABASE_URL: 'mysql://x',
    DAYBOOK_HOSTS: 'a=b',
  })
  assert.equal(status, 1)
  for (const name of ['PORT', 'DATABASE_URL', 'DAYBOOK_HOSTS']) assert.match(err, new RegExp(name))
})

test('An organization, its people and their tokens are made, listed and ended.', () => {
  const made = json([
    'organization',
    'add',
    '--name',
    'Acme',
    '--currency',
    'eur',
    '--email',
    'Owner@Acme.example',
  ])
  assert.deepEqual(
    { ...made, owner: { ...made.owner, password: '…' } },
    {
      id: 1,
      name: 'Acme',
      currency: 'EUR',
      timeZone: 'UTC',
      owner: { id: 1, email: 'owner@acme.example', password: '…' },
    },
  )
  assert.ok(made.owner.password.length >= 12, 'a password is made up')
  assert.deepEqual(json(['organization', 'list']), [
    { id: 1, name: 'Acme', currency: 'EUR', timeZone: 'UTC' },
  ])

  const added = json([
    'person',
    'add',
    '--email',
    'max@acme.example',
    '--name',
    'Max',
    '--role',
    'manager',
    '--password',
    'a good password',
  ])
  assert.deepEqual(added, {
    id: 2,
    email: 'max@acme.example',
    username: 'max@acme.example',
    name: 'Max',
    role: 'manager',
    organizationId: 1,
  })
  assert.equal(json(['person', 'list']).length, 2)

  const reset = json(['person', 'reset', '--email', 'max@acme.example'])
  assert.equal(reset.id, 2)
  assert.match(reset.password, /^[\w-]{16}$/)
  const chosen = ['person', 'reset', '--email', 'max@acme.example', '--password', 'correct horse']
  assert.deepEqual(json(chosen), { id: 2 })

  const token = json(['token', 'add', '--person', 'max@acme.example', '--scopes', 'time:read,time:write'])
  assert.match(token.token, /^[0-9a-f]{32}$/)
  assert.deepEqual(token.scopes, ['time:read', 'time:write'])
  const [listed] = json(['token', 'list', '--person', 'max@acme.example'])
  assert.deepEqual([listed.id, listed.kind, listed.scopes], [token.id, 'token', ['time:read', 'time:write']])
  assert.ok(!JSON.stringify(listed).includes(token.token), 'the secret is never shown again')
  json(['token', 'revoke', '--person', 'max@acme.example', '--id', String(token.id)])
  assert.deepEqual(json(['token', 'list', '--person', 'max@acme.example']), [])
})

test('What cannot be is refused with a sentence, and changes nothing.', () => {
  const before = json(['person', 'list'])
  const cases: [string[], RegExp][] = [
    [['person', 'add', '--email', 'max@acme.example'], /member already/],
    [['person', 'add', '--email', 'no address'], /e-mail/],
    [['person', 'add', '--email', 'x@y.example', '--password', 'short'], /8 to 200/],
    [['person', 'reset', '--email', 'nobody@acme.example'], /no such person/],
    [['token', 'add', '--person', 'nobody@acme.example'], /no such person/],
    [['token', 'add', '--person', 'max@acme.example', '--scopes', 'everything'], /Scopes are/],
    [['token', 'revoke', '--person', 'max@acme.example', '--id', '999'], /no such credential/],
  ]
  for (const [args, words] of cases) {
    const { status, err } = daybook(args)
    assert.equal(status, 1, args.join(' '))
    assert.match(err, words)
    assert.doesNotMatch(err, /^\s+at /m)
  }
  assert.deepEqual(json(['person', 'list']), before)
})

test('Migrating a book that is up to date changes nothing.', () => {
  assert.deepEqual(json(['migrate']), { engine: 'sqlite', upToDate: true })
})
