// Our answers have the shape of the reference payloads: the same keys in the same order, and no other JSON types.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { createTestEngine } from '../../../test/harness.ts'
import { type Story, tellStory } from '../../../test/moneybird-story.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What some samples of one thing may be: plain types, a list of something, an object with these keys. */
type Shape = {
  readonly types: ReadonlySet<string>
  readonly element: Shape | undefined
  readonly keys: readonly string[]
  readonly optional: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, Shape>
}

const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value

function shapeOf(samples: readonly Json[]): Shape {
  const lists = samples.filter((sample) => typeOf(sample) === 'list') as (readonly Json[])[]
  const objects = samples.filter((sample) => typeOf(sample) === 'object') as {
    readonly [key: string]: Json
  }[]
  const longest = objects.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0] ?? {}
  const keys = Object.keys(longest)
  const given = (key: string) => objects.flatMap((object) => (key in object ? [object[key] ?? null] : []))
  return {
    types: new Set(samples.map(typeOf)),
    element: lists.flat().length === 0 ? undefined : shapeOf(lists.flat()),
    keys,
    optional: new Set(keys.filter((key) => objects.some((object) => !(key in object)))),
    fields: new Map(keys.map((key) => [key, shapeOf(given(key))])),
  }
}

/** Values of `data` are what was changed: anything. */
const free: ReadonlySet<string> = new Set(['data'])

function fits(shape: Shape, value: Json, path: string): void {
  assert.ok(
    shape.types.has(typeOf(value)),
    `${path} is ${typeOf(value)}, not ${[...shape.types].join(' or ')}`,
  )
  if (Array.isArray(value)) {
    if (value.length === 0) return
    const { element } = shape
    assert.ok(element !== undefined, `${path} is empty in the reference`)
    for (const [i, item] of (value as Json[]).entries()) fits(element, item, `${path}[${i}]`)
  } else if (typeof value === 'object' && value !== null) {
    const object = value as { readonly [key: string]: Json }
    assert.deepEqual(
      Object.keys(object),
      shape.keys.filter((key) => key in object || !shape.optional.has(key)),
      path,
    )
    for (const [key, field] of shape.fields) {
      if (key in object && !free.has(key)) fits(field, object[key] ?? null, `${path}.${key}`)
    }
  }
}

function reference(file: string): readonly Json[] {
  return JSON.parse(
    readFileSync(new URL(`reference/${file}.json`, import.meta.url), 'utf8'),
  ) as readonly Json[]
}

describe('The shape of answers', () => {
  const engine = createTestEngine('sqlite')
  let story: Story
  before(async () => {
    story = await tellStory(engine)
  })

  const reads: readonly [path: (ids: Story['ids']) => string, file: string][] = [
    [() => '/time_entries?filter=include_active:true', 'time-entries'],
    [({ billed }) => `/time_entries/${billed}`, 'time-entries'],
    [() => '/users?include_inactive=true&include_accountants=true', 'users'],
    [() => '/projects', 'projects'],
    [({ site }) => `/projects/${site}`, 'projects'],
    [() => '/contacts', 'contacts'],
    [() => '/contacts/filter?filter=first_name:Anna', 'contacts'],
    [({ acme }) => `/contacts/${acme}`, 'contacts'],
    [() => '/contacts/synchronization', 'versions'],
    [() => '/sales_invoices', 'sales-invoices'],
    [({ sent }) => `/sales_invoices/${sent}`, 'sales-invoices'],
    [() => '/sales_invoices/synchronization', 'versions'],
    [() => '/ledger_accounts', 'ledger-accounts'],
    [() => '/tax_rates', 'tax-rates'],
    [() => '/products', 'products'],
    [() => '/workflows', 'workflows'],
    [() => '/document_styles', 'document-styles'],
    [() => '/custom_fields', 'custom-fields'],
    [() => '/webhooks', 'webhooks'],
  ]
  for (const [path, file] of reads) {
    test(`GET ${path({} as Story['ids'])} is like ${file}.json`, async () => {
      const answer = (await story.owner.get(path(story.ids))).json<Json>()
      const list = Array.isArray(answer) ? (answer as Json[]) : [answer]
      assert.ok(list.length > 0, 'There is something to look at.')
      for (const [i, item] of list.entries()) fits(shapeOf(reference(file)), item, `${file}[${i}]`)
    })
  }

  test('GET administrations is like administrations.json', async () => {
    const [answer] = (await story.owner.send('GET', '/administrations.json')).json<Json[]>()
    fits(shapeOf(reference('administrations')), answer ?? null, 'administration')
  })

  const writes: readonly [
    path: (ids: Story['ids']) => string,
    body: (ids: Story['ids']) => object,
    file: string,
  ][] = [
    [
      () => '/time_entries',
      ({ user }) => ({
        time_entry: {
          user_id: user,
          description: 'x',
          started_at: '2026-05-20T07:00:00Z',
          ended_at: '2026-05-20T08:00:00Z',
        },
      }),
      'time-entries',
    ],
    [({ free }) => `/time_entries/${free}/notes`, () => ({ note: { note: 'x', todo: true } }), 'notes'],
    [() => '/projects', () => ({ project: { name: 'Nieuw' } }), 'projects'],
    [() => '/contacts', () => ({ contact: { lastname: 'Nieuw' } }), 'contacts'],
    [
      ({ bos }) => `/contacts/${bos}/contact_people`,
      () => ({ contact_person: { firstname: 'a', lastname: 'b' } }),
      'contact-people',
    ],
    [() => '/sales_invoices', ({ acme }) => ({ sales_invoice: { contact_id: acme } }), 'sales-invoices'],
    [
      ({ sent }) => `/sales_invoices/${sent}/payments`,
      () => ({ payment: { price: '1', payment_date: '2026-05-20' } }),
      'payments',
    ],
    [() => '/webhooks', () => ({ url: 'https://example.com' }), 'webhook-created'],
    [() => '/products', () => ({ product: { description: 'x', price: 1 } }), 'products'],
    [
      () => '/ledger_accounts',
      () => ({ ledger_account: { name: 'x', account_type: 'equity' } }),
      'ledger-accounts',
    ],
  ]
  for (const [path, body, file] of writes) {
    test(`POST ${path({} as Story['ids'])} answers like ${file}.json`, async () => {
      const reply = await story.owner.post(path(story.ids), body(story.ids))
      assert.equal(reply.status, 201, reply.text)
      fits(shapeOf(reference(file)), reply.json<Json>(), file)
    })
  }
})
