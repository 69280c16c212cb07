// Our answers for the demo world have the shape of the reference payloads: the same keys in the same order, the same
// JSON types, and what is missing there is missing here.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { appOver, type Caller, callDoor, plainRefusals, readable } from '../../../test/door-client.ts'
import { readXml, type XmlElement } from '../../../test/xml.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What some samples of one thing have in common. A key that one of them lacks is optional. */
type Shape =
  | { readonly kind: 'plain'; readonly type: string }
  | { readonly kind: 'list'; readonly element: Shape | undefined }
  | {
      readonly kind: 'object'
      readonly keys: readonly string[]
      readonly optional: readonly string[]
      readonly fields: ReadonlyMap<string, Shape>
    }

function shapeOf(samples: readonly Json[]): Shape | undefined {
  const [first] = samples
  if (first === undefined) return undefined
  if (Array.isArray(first)) return { kind: 'list', element: shapeOf(samples.flat() as Json[]) }
  if (typeof first !== 'object' || first === null) {
    const types = new Set(samples.map((sample) => (sample === null ? 'null' : typeof sample)))
    return { kind: 'plain', type: [...types].join(' or ') }
  }
  const objects = samples as readonly { readonly [key: string]: Json }[]
  const longest = objects.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0] ?? {}
  const keys = Object.keys(longest)
  const optional = keys.filter((key) => objects.some((object) => !(key in object)))
  const fields = new Map<string, Shape>()
  for (const key of keys) {
    const shape = shapeOf(objects.flatMap((object) => (key in object ? [object[key] as Json] : [])))
    if (shape !== undefined) fields.set(key, shape)
  }
  return { kind: 'object', keys, optional, fields }
}

function fits(shape: Shape | undefined, value: Json, path: string): void {
  if (shape === undefined) return
  if (shape.kind === 'plain') {
    assert.equal(value === null ? 'null' : typeof value, shape.type, path)
  } else if (shape.kind === 'list') {
    assert.ok(Array.isArray(value), `${path} is a list`)
    for (const [index, element] of (value as Json[]).entries())
      fits(shape.element, element, `${path}[${index}]`)
  } else {
    assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `${path} is an object`)
    const object = value as { readonly [key: string]: Json }
    const expected = shape.keys.filter((key) => key in object || !shape.optional.includes(key))
    assert.deepEqual(Object.keys(object), expected, path)
    for (const [key, field] of shape.fields)
      if (key in object) fits(field, object[key] ?? null, `${path}.${key}`)
  }
}

/** How the answer in JSON looks as XML. */
function asXml(value: Json, name: string): XmlElement {
  if (Array.isArray(value)) {
    return { name, text: '', children: value.map((element) => asXml(element, 'resource')) }
  }
  if (typeof value === 'object' && value !== null) {
    return { name, text: '', children: Object.entries(value).map(([key, field]) => asXml(field, key)) }
  }
  // The Qt exporter takes any text as true.
  const text = typeof value === 'boolean' ? (value ? 'True' : '') : String(value)
  return { name, text, children: [] }
}

function reference(file: string): string {
  return readFileSync(new URL(`reference/${file}`, import.meta.url), 'utf8')
}

const expenses = ['expense-list.json']
const single = ['expense-created.json', 'expense-read.json', 'expense-updated.json']

/** Calls that change nothing, and the reference files they are like. */
const reads: readonly [path: string, files: readonly string[]][] = [
  ['/api/v1.0/expenses/', expenses],
  ['/api/v1.0/expenses/?report=*&status=all', expenses],
  ['/api/v1.0/expenses/?report=110', expenses],
  ['/api/v1.0/expense/3831', single],
  ['/api/v1.0/expense/6?status=all', ['expense-list.json']],
  ['/api/v1.0/reports/', ['report-list.json']],
  ['/api/v1.0/reports/?status=paid', ['report-list.json']],
  ['/api/v1.0/report/54', ['report-list.json']],
  ['/api/v1.0/tags/', ['tag-list.json']],
  ['/api/v1.0/tag/71', ['tag-list.json']],
  ['/api/v1.0/types/', ['type-list.json']],
  ['/api/v1.0/receipt/7', ['receipt.json']],
  ['/api/v1.0/user/', ['user.json']],
  ['/api/expenses/', ['older-expense-list.json']],
]

const writes: readonly [path: string, form: Record<string, string>, files: readonly string[]][] = [
  [
    '/api/v1.0/expense/',
    { q: 'lunch 34.50 with jack #personal #cash', r: '76', d: '2009-10-02 05:14' },
    expenses,
  ],
  ['/api/v1.0/expense/', { type: 'Taxi', amount: '12' }, expenses],
  ['/api/v1.0/expense/45', { tags: 'personal cash', amount: '34.50' }, single],
  ['/api/v1.0/report/', { name: 'Offsite' }, ['report-list.json']],
  ['/api/v1.0/report/54', { status: 'S' }, ['report-list.json']],
  ['/api/simple/', { q: 'lunch 45 with jack' }, expenses],
]

describe('The shape of answers', () => {
  let book: Filled
  let user: Caller
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    user = callDoor(app, '/xpenser', [plainRefusals, readable]).as('user', 'password')
  })
  after(() => book.close())

  /** The shape of the reference: of its elements when our answer is one of them. */
  function expected(files: readonly string[], answer: Json): Shape | undefined {
    const samples = files.map((file) => JSON.parse(reference(file)) as Json)
    if (Array.isArray(answer)) return shapeOf(samples)
    return shapeOf(samples.flat() as Json[])
  }

  for (const [path, files] of reads) {
    test(`GET ${path} is like ${files.join(', ')}`, async () => {
      const answer = (await user.get(path)).json<Json>()
      if (Array.isArray(answer)) assert.ok(answer.length > 0, 'There is something to look at.')
      fits(expected(files, answer), answer, 'answer')
    })

    test(`GET ${path} says the same in XML`, async () => {
      const mark = path.includes('?') ? '&' : '?'
      const json = (await user.get(path)).json<Json>()
      const xml = await user.get(`${path}${mark}format=xml`)
      assert.equal(xml.headers['content-type'], 'text/xml; charset=utf-8')
      assert.deepEqual(readXml(xml.text), asXml(json, 'response'))
    })
  }

  for (const [path, form, files] of writes) {
    test(`POST ${path} with ${Object.keys(form).join(', ')} is like ${files.join(', ')}`, async () => {
      const answer = (await user.post(path, form)).json<Json>()
      fits(expected(files, answer), answer, 'answer')
    })
  }

  for (const [file, path] of [
    ['expense-list.xml', '/api/v1.0/expenses/?report=110&format=xml'],
    ['expense-read.xml', '/api/v1.0/expense/3807?format=xml'],
    ['report-list.xml', '/api/v1.0/reports/?format=xml'],
  ] as const) {
    test(`${file} shows every element that ${path} answers, in its order`, async () => {
      const names = (text: string) => {
        const root = readXml(text)
        const items = root.children.every(({ name }) => name === 'resource') ? root.children : [root]
        return new Set(items.map((item) => item.children.map(({ name }) => name).join(' ')))
      }
      const known = names(reference(file))
      for (const found of names((await user.get(path)).text)) assert.ok(known.has(found), found)
    })
  }

  test('a receipt is absent, never null, and notes are empty, never null', async () => {
    const list = (await user.get('/api/v1.0/expenses/?report=*')).json<Record<string, Json>[]>()
    assert.ok(list.some((expense) => 'receipt' in expense) && list.some((expense) => !('receipt' in expense)))
    assert.ok(list.some((expense) => expense.notes === ''))
    for (const expense of list) assert.ok(!Object.values(expense).includes(null))
  })

  test('an empty list is an empty array, and an empty element in XML', async () => {
    const path = '/api/v1.0/expenses/?notes=nowhere'
    assert.equal((await user.get(path)).text, '[]')
    assert.equal(
      (await user.get(`${path}&format=xml`)).text,
      '<?xml version="1.0" encoding="utf-8"?>\n<response></response>',
    )
  })
})
