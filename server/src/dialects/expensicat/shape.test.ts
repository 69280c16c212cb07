// Our answers for the demo world have the shape of the reference payloads: the same keys in the same order, and of each
// value a JSON type that one of the references has.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { type Client, callExpensicat } from '../../../test/expensicat-door.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const folder = new URL('reference/', import.meta.url)

function references(kind: string): Json[] {
  const names = readdirSync(folder).filter((name) => new RegExp(`^${kind}(-|\\.)`).test(name))
  return names.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json)
}

const typeOf = (value: Json) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)

/** Holds a value to what all samples of it have in common. */
function fits(samples: readonly Json[], value: Json, path: string): void {
  const types = new Set(samples.map(typeOf))
  assert.ok(types.has(typeOf(value)), `${path} is ${typeOf(value)}, not ${[...types].join(' or ')}`)
  if (Array.isArray(value)) {
    const known = (samples.filter((sample) => Array.isArray(sample)) as Json[][]).flat()
    for (const [i, item] of value.entries()) fits(known, item, `${path}[${i}]`)
  } else if (typeof value === 'object' && value !== null) {
    const known = samples.filter((sample) => typeOf(sample) === 'object') as { [key: string]: Json }[]
    const keys = new Set(known.map((sample) => Object.keys(sample).join(' ')))
    assert.ok(keys.has(Object.keys(value).join(' ')), `${path} has ${Object.keys(value).join(' ')}`)
    for (const [key, field] of Object.entries(value)) {
      fits(
        known.flatMap((sample) => (key in sample ? [sample[key] as Json] : [])),
        field,
        `${path}.${key}`,
      )
    }
  }
}

const api = '/api/v1'

/** Calls that change nothing, and the reference files they are like. */
const reads: readonly [path: string, kind: string][] = [
  ['/time-entries', 'time-entry-list'],
  ['/time-entries?limit=100&user_id=me', 'time-entry-list'],
  ['/time-entries?start_date=2026-04-01&end_date=2026-04-30&limit=100', 'time-entry-list'],
  ['/time-entries?start_date=2026-09-01&end_date=2026-09-30&limit=100', 'time-entry-list'],
  ['/projects', 'project-list'],
  ['/projects?limit=3', 'project-list'],
  ['/customers', 'customer-list'],
  ['/recurring-invoices', 'recurring-invoice-list'],
  ['/categories', 'category-list'],
  ['/members', 'member-list'],
  ['/organizations/current', 'organization'],
  ['/time-entries/nothing', 'error'],
  ['/time-entries?limit=0', 'error'],
]

describe('The shape of answers', () => {
  let book: Filled
  let owner: Client
  before(async () => {
    book = await openFilled()
    const token = book.summary.doors.expensicat.token
    owner = callExpensicat({ core: book.core, clock: () => utc('2026-11-20 08:00:00') }).as(token)
  })
  after(() => book.close())

  for (const [path, kind] of reads) {
    test(`GET ${path} is like ${kind}`, async () => {
      const answer = (await owner.get(api + path)).json<{ [key: string]: Json }>()
      if (Array.isArray(answer.data)) assert.ok(answer.data.length > 0, 'There is something to look at.')
      fits(references(kind), answer, kind)
    })
  }

  for (const [path, kind] of [
    ['/time-entries', '(time-entry-read|time-entry-running|time-entry-own)'],
    ['/projects', '(project-read|project-own|project-no)'],
    ['/customers', '(customer-read|customer-bare)'],
    ['/categories', '(category-read|category-bare)'],
  ] as const) {
    test(`GET of each of ${path} is like ${kind}`, async () => {
      const { data } = (await owner.get(api + path)).json<{ data: { id: string }[] }>()
      for (const { id } of data) {
        fits(references(kind), (await owner.get(`${api}${path}/${id}`)).json<Json>(), path)
      }
    })
  }

  test('What is created and changed has the shape of what is read', async () => {
    const at = '2026-11-19T09:00:00Z'
    const post = async (path: string, body: object) => {
      const reply = await owner.post(api + path, body)
      assert.equal(reply.status, 201, reply.text)
      return reply.json<{ data: { id: string } } & { [key: string]: Json }>()
    }
    const entries = '(time-entry-read|time-entry-running|time-entry-own)'
    const entry = await post('/time-entries', { start_time: at, description: '' })
    fits(references(entries), entry, 'created')
    const path = `${api}/time-entries/${entry.data.id}`
    fits(references(entries), (await owner.patch(path, { end_time: at })).json<Json>(), 'updated')
    const customer = await post('/customers', { name: 'New' })
    fits(references('(customer-read|customer-bare)'), customer, 'customer')
    const project = await post('/projects', { name: 'New', customer_id: customer.data.id, hourly_rate: 5 })
    fits(references('(project-read|project-own|project-no)'), project, 'project')
    fits(references('category-(read|bare)'), await post('/categories', { name: 'New' }), 'category')
    const recurring = await post('/recurring-invoices', {
      customer_id: customer.data.id,
      frequency: 'weekly',
      start_date: '2026-12-01',
      items: [{ name: 'A', description: 'B', quantity: 1, price: '2.50' }],
    })
    fits(references('recurring-invoice-(created|bare)'), recurring, 'recurring invoice')
    const members = (await owner.get(`${api}/members?role=member`)).json<{
      data: { user: { id: string } }[]
    }>()
    const member = await owner.patch(`${api}/members/${members.data[0]?.user.id}`, { role: 'member' })
    fits(references('member-(updated|bare)'), member.json<Json>(), 'member')
    const organization = await owner.patch(`${api}/organizations/current`, {})
    fits(references('organization'), organization.json<Json>(), 'organization')
  })

  test('A rate is a number inside entries and a text in projects, of the same digits', async () => {
    const text = (await owner.get(`${api}/time-entries?limit=100`)).text
    const projects = (await owner.get(`${api}/projects`)).json<{
      data: { id: string; hourly_rate: string }[]
    }>()
    let compared = 0
    for (const [, id, rate] of text.matchAll(
      /"project":\{"id":"([^"]+)","name":"[^"]*","customer_id":[^,]+,"hourly_rate":([^,]+)/g,
    )) {
      assert.equal(projects.data.find((one) => one.id === id)?.hourly_rate ?? 'null', rate)
      compared += 1
    }
    assert.ok(compared > 10)
  })
})
