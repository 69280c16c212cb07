// Our answers for the demo world have the shape of the reference payloads: the same keys in the same order, the same JSON
// types, null only where it is there, and what may be missing there may be missing here.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { appOver, type Caller, callDoor, readable } from '../../../test/door-client.ts'
import { readXml, type XmlElement } from '../../../test/xml.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Objects = readonly { readonly [key: string]: Json }[]

const folder = new URL('reference/', import.meta.url)

const typeOf = (value: Json | undefined) =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? `list of ${[...new Set(value.map((item) => typeof item))].join()}`
      : typeof value

/** What the objects of a reference have in common: their keys, and the types of each. */
function shapeOf(samples: Objects) {
  const keys = [...samples].sort((a, b) => Object.keys(b).length - Object.keys(a).length)[0] ?? {}
  const all = [...new Set([...Object.keys(keys), ...samples.flatMap(Object.keys)])]
  return new Map(
    all.map((key) => {
      const present = samples.filter((sample) => key in sample)
      const types = new Set<string>(present.map((sample) => typeOf(sample[key])))
      return [key, { types, optional: present.length < samples.length }]
    }),
  )
}

function fits(
  shape: ReturnType<typeof shapeOf>,
  object: { readonly [key: string]: Json },
  path: string,
): void {
  for (const [key, { types, optional }] of shape) {
    if (!(key in object)) {
      assert.ok(optional, `${path}.${key} is missing`)
      continue
    }
    const type = typeOf(object[key])
    const emptyList = type === 'list of ' && [...types].some((known) => known.startsWith('list'))
    assert.ok(types.has(type) || emptyList, `${path}.${key} is ${type}, not ${[...types].join(' or ')}`)
  }
  for (const key of Object.keys(object)) assert.ok(shape.has(key), `${path}.${key} is not in the reference`)
}

function asXml(value: Json, name: string): XmlElement {
  if (Array.isArray(value)) {
    const one = name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '')
    return { name, text: '', children: value.map((element) => asXml(element, one)) }
  }
  if (typeof value === 'object' && value !== null) {
    return { name, text: '', children: Object.entries(value).map(([key, field]) => asXml(field, key)) }
  }
  return { name, text: value === null ? '' : String(value), children: [] }
}

describe('The shape of answers', () => {
  let book: Filled
  let user: Caller
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    user = callDoor(app, '/paymo/api', [readable]).as('marit@harbour.example', 'lighthouse')
    const send = (path: string, body: object) =>
      user.post(path, { bytes: JSON.stringify(body), type: 'application/json' })
    await send('/clientcontacts', { client_id: 1, name: 'Ann Lee' })
    await send('/tasks', { project_id: 1, name: 'x' })
    await send('/tasks', {
      project_id: 1,
      name: 'y',
      complete: true,
      due_date: '2026-12-01',
      budget_hours: 2.5,
    })
    await send('/entries', { task_id: 1, date: '2026-11-19', duration: 60 })
    await send('/entries', { task_id: 1, start_time: '2026-11-20T07:00:00Z' })
    await send('/hooks', { target_url: 'https://x.example', event: '*' })
  })
  after(() => book.close())

  for (const file of readdirSync(folder)) {
    const name = file.replace('.json', '')
    const reference = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { [key: string]: Objects }
    const shape = shapeOf(reference[name] ?? [])

    test(`${name} are like their reference, and the same in XML`, async () => {
      // Expenses without a client come from other doors alone.
      const path = name === 'expenses' ? '/expenses?where=client_id!=null' : `/${name}`
      const reply = name === 'sessions' ? await user.post(path) : await user.get(path)
      const answer = reply.json<{ [key: string]: Objects }>()
      assert.deepEqual(Object.keys(answer), [name])
      const objects = answer[name] ?? []
      assert.ok(objects.length > 0, 'There is something to look at.')
      for (const [i, object] of objects.entries()) fits(shape, object, `${name}[${i}]`)
      if (name === 'sessions') return
      const xml = await user.get(`${path}${path.includes('?') ? '&' : '?'}format=xml`)
      assert.deepEqual(readXml(xml.text), asXml(answer as unknown as Json, 'response'))
    })
  }
})
