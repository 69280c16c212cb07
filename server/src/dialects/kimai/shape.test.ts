// Our answers for the demo world have the shape of the reference payloads: the same keys, the same JSON types, null only
// where it is null there.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { appOver, callDoor } from '../../../test/door-client.ts'
import { bearer, type KimaiClient, kimaiClient } from '../../../test/kimai-client.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'
import { decimal } from '../../core/decimal.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What values at one place of the samples have in common. */
type Shape = {
  readonly types: ReadonlySet<string>
  readonly keys: ReadonlyMap<string, Shape>
  readonly items: Shape | undefined
}

function shapeOf(samples: readonly Json[]): Shape | undefined {
  if (samples.length === 0) return undefined
  const objects = samples.filter((each) => typeOf(each) === 'object') as { readonly [key: string]: Json }[]
  const names = new Set(objects.flatMap((each) => Object.keys(each)))
  const keys = new Map<string, Shape>()
  for (const name of names) {
    const shape = shapeOf(objects.flatMap((each) => (name in each ? [each[name] as Json] : [])))
    if (shape !== undefined) keys.set(name, shape)
  }
  const lists = samples.filter((each) => Array.isArray(each)) as (readonly Json[])[]
  return { types: new Set(samples.map(typeOf)), keys, items: shapeOf(lists.flat()) }
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

function fits(shape: Shape | undefined, value: Json, path: string): void {
  if (shape === undefined) return
  assert.ok(
    shape.types.has(typeOf(value)),
    `${path} is ${typeOf(value)}, not ${[...shape.types].join(' or ')}`,
  )
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) fits(shape.items, item as Json, `${path}[${index}]`)
  else if (typeof value === 'object' && value !== null) {
    assert.deepEqual(Object.keys(value).sort(), [...shape.keys.keys()].sort(), path)
    for (const [key, own] of shape.keys)
      fits(own, (value as { readonly [key: string]: Json })[key] as Json, `${path}.${key}`)
  }
}

const reference = (file: string): Json =>
  JSON.parse(readFileSync(new URL(`reference/${file}.json`, import.meta.url), 'utf8')) as Json

describe('The shape of answers', () => {
  let book: Filled
  let user: KimaiClient
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    const token = book.summary.people.find(({ username }) => username === 'marit')?.token ?? ''
    user = kimaiClient(callDoor(app, '/kimai'), bearer(token))
    for (const path of ['customers', 'projects']) {
      await user.made('POST', `/api/${path}/1/comments`, { message: 'Call first', pinned: true })
    }
    await user.made('POST', '/api/tags', { name: 'plain', visible: true })
    const { id } = await user.made('POST', '/api/timesheets', { project: 1, activity: 9 })
    await user.send('POST', `/api/favorites/timesheets/${id}`)
    const actor = await book.actor('marit')
    const lines = [{ title: 'Work', quantity: decimal('1'), unitPrice: decimal('50') }]
    const invoice = await book.core.invoices.add(actor, { clientId: 1, lines })
    await book.core.invoices.send(actor, invoice.id)
  })
  after(() => book.close())

  /** Calls, and the file their answer is like. */
  const reads: readonly (readonly [path: string, file: string])[] = [
    ['expenses?size=500', 'expenses'],
    ['expenses/categories', 'expense-categories'],
    ['timesheets?user=all&size=500', 'timesheets'],
    ['timesheets?user=all&size=500&full=1', 'timesheets-expanded'],
    ['timesheets/active', 'timesheets-expanded'],
    ['timesheets/recent', 'timesheets-expanded'],
    ['favorites/timesheets', 'timesheets-expanded'],
    ['customers?visible=3', 'customers'],
    ['projects?visible=3&ignoreDates=1', 'projects'],
    ['activities?visible=3', 'activities'],
    ['tags', 'tags'],
    ['tags/find?name=', 'tags-find'],
    ['users', 'users'],
    ['users?full=1', 'user'],
    ['teams', 'teams'],
    ['invoices', 'invoices'],
    ['plugins', 'plugins'],
    ['customers/3/rates', 'rates'],
    ['projects/5/rates', 'rates'],
    ['customers/1/comments', 'comments'],
    ['projects/1/comments', 'comments'],
  ]
  for (const [path, file] of reads) {
    test(`GET ${path} is like ${file}`, async () => {
      const answer = await user.made<Json>('GET', `/api/${path}`)
      assert.ok(Array.isArray(answer) && answer.length > 0, 'There is something to look at.')
      fits(shapeOf([reference(file)]), answer, file)
    })
  }

  const singles: readonly (readonly [method: string, path: string, file: string, body?: unknown])[] = [
    ['GET', 'ping', 'ping'],
    ['GET', 'version', 'version'],
    ['GET', 'config/timesheet', 'config-timesheet'],
    ['GET', 'config/i18n', 'config-i18n'],
    ['GET', 'users/me', 'user'],
    ['GET', 'customers/1', 'customer'],
    ['PATCH', 'customers/1', 'customer', { comment: 'x' }],
    ['POST', 'customers', 'customer', { name: 'New' }],
    ['POST', 'projects', 'projects', { name: 'New', customer: 1 }],
    ['GET', 'projects/1', 'projects'],
    ['POST', 'projects/1/duplicate', 'projects'],
    ['POST', 'activities', 'activities', { name: 'New' }],
    ['GET', 'activities/9', 'activities'],
    ['POST', 'expenses', 'expenses', { begin: '2026-11-20T10:00:00', project: 1, expenseCategory: 1 }],
    ['POST', 'timesheets', 'timesheet', { project: 1, activity: 9 }],
    [
      'POST',
      'timesheets',
      'timesheet',
      { project: 1, activity: 9, fixedRate: 5, end: '2026-11-20T11:00:00' },
    ],
    ['GET', 'timesheets/1', 'timesheet'],
    ['GET', 'teams/1', 'team'],
    ['PATCH', 'teams/1', 'team', { color: '#123456' }],
    ['GET', 'invoices/1', 'invoices'],
    ['POST', 'tags', 'tags-find', { name: 'other' }],
    ['POST', 'customers/1/rates', 'rates', { rate: 5 }],
    ['POST', 'customers/1/comments', 'comments', { message: 'a' }],
  ]
  for (const [method, path, file, body] of singles) {
    test(`${method} ${path} is like one of ${file}`, async () => {
      const answer = await user.made<Json>(method, `/api/${path}`, body)
      fits(shapeOf(reference(file) as readonly Json[]), answer, file)
    })
  }

  test('refusals are like theirs', async () => {
    const unknown = await user.get('/api/expenses/999999')
    fits(shapeOf(reference('error') as readonly Json[]), unknown.json(), 'error')
    const form = await user.send('POST', '/api/expenses', {
      begin: '2026-11-20T10:00:00',
      project: 'x',
      expenseCategory: '',
      nonsense: 1,
    })
    const [shown] = reference('error-form') as readonly Json[]
    assert.deepEqual(form.json(), shown)
    const pair = await user.send('GET', '/api/ping', undefined, {
      authorization: '',
      'x-auth-user': 'x',
      'x-auth-token': 'y',
    })
    assert.deepEqual([pair.json<Json>()], reference('error-pair'))
  })
})
