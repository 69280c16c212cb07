// Applications from the command line, on a book of its own.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { DoorDefinition } from '../http/door.ts'
import { applicationAddAmong, applicationList, applicationRemove, applicationSecret } from './application.ts'
import { type Command, explain } from './command.ts'
import { organizationAdd } from './organization.ts'

const folder = mkdtempSync(join(tmpdir(), 'daybook-application-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const doors: readonly DoorDefinition[] = [
  {
    name: 'moneybird',
    prefix: '/a',
    applications: { scopes: ['one', 'two'], outOfBand: true },
    register: () => {},
  },
  {
    name: 'expensicat',
    prefix: '/b',
    applications: { scopes: ['three'], outOfBand: false },
    register: () => {},
  },
  { name: 'kimai', prefix: '/c', register: () => {} },
]
const applicationAdd = applicationAddAmong(doors)

/** Runs a command; answers the text and the data that it prints. */
async function run(command: Command, values: Record<string, string>, ...flags: string[]) {
  const printed: { text: string; data: unknown }[] = []
  const print = (text: string, data: unknown) => void printed.push({ text, data })
  const env = { DAYBOOK_DATA: join(folder, 'data') }
  await command.run({ values, flags: new Set(flags), rest: [], env, print })
  return printed[0] as { text: string; data: Record<string, unknown> }
}

const good = { name: 'Timer', door: 'moneybird', 'redirect-uris': 'https://app.example/done oob' }

describe('Applications from the command line', () => {
  before(async () => {
    await run(organizationAdd, {
      name: 'Acme',
      currency: 'EUR',
      email: 'owner@acme.example',
      password: 'correct horse',
    })
  })

  test('are registered, listed, given another secret, and removed', async () => {
    const { text, data } = await run(applicationAdd, good)
    const { clientId, clientSecret, ...rest } = data
    assert.match(String(clientId), /^[0-9a-f]{32}$/)
    assert.match(String(clientSecret), /^[0-9a-f]{64}$/)
    assert.ok(text.includes(String(clientId)) && text.includes(String(clientSecret)))
    const expected = {
      id: 1,
      name: 'Timer',
      door: 'moneybird',
      redirectUris: ['https://app.example/done', 'urn:ietf:wg:oauth:2.0:oob'],
      scopes: ['one', 'two'],
      confidential: true,
      reach: 'organization',
    }
    assert.deepEqual(rest, expected)
    const listed = await run(applicationList, {})
    assert.deepEqual(listed.data, [{ ...expected, clientId }])
    assert.ok(!listed.text.includes(String(clientSecret)))
    const renewed = await run(applicationSecret, { id: '1' })
    assert.match(String(renewed.data.clientSecret), /^[0-9a-f]{64}$/)
    assert.notEqual(renewed.data.clientSecret, clientSecret)
    await run(applicationRemove, { id: '1' })
    assert.deepEqual((await run(applicationList, {})).data, [])
  })

  test('can be public, narrow, and for the whole server', async () => {
    const values = { ...good, door: 'expensicat', 'redirect-uris': 'com.example.app:/done', scopes: 'three' }
    const { data } = await run(applicationAdd, values, 'public', 'whole-server')
    assert.deepEqual(
      [data.clientSecret, data.confidential, data.reach, data.scopes],
      [null, false, 'server', ['three']],
    )
    await assert.rejects(run(applicationSecret, { id: String(data.id) }), /keeps no secret/)
  })

  const wrong: readonly [string, Record<string, string>, RegExp][] = [
    ['a door without applications', { door: 'kimai' }, /--door is one of moneybird, expensicat\./],
    ['an unknown door', { door: 'x' }, /--door is one of/],
    ['an unknown scope', { scopes: 'one,three' }, /three is not among one, two/],
    ['a page for codes where there is none', { door: 'expensicat' }, /shows no codes/],
    ['an address that is none', { 'redirect-uris': 'http://app.example/' }, /is no redirect address/],
    ['no address', { 'redirect-uris': ' ' }, /At least one redirect address/],
    ['no name', { name: ' ' }, /name must not be empty/],
  ]
  for (const [what, values, words] of wrong) {
    test(`are refused with ${what}`, async () => {
      await assert.rejects(run(applicationAdd, { ...good, ...values }), (error) =>
        words.test(explain(error) ?? ''),
      )
    })
  }

  test('that are not there cannot be removed', async () => {
    for (const id of ['999', 'x']) await assert.rejects(run(applicationRemove, { id }))
  })
})
