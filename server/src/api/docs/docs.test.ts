// The docs page and the document behind it: everything is in both, and nothing comes from anywhere else.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine } from '../../../test/harness.ts'
import type { Wire } from '../../../test/native-door.ts'
import { exampleAnswers } from '../openapi/document.ts'
import { operations } from '../operations/index.ts'
import { titles } from '../problem.ts'
import { resources } from '../resources/index.ts'
import { html, jsonText, worded } from './markup.ts'

describe('The documents of the native API', () => {
  const engine = createTestEngine('sqlite')
  let nobody: Caller

  before(async () => {
    nobody = callBook(await createTestBook(engine), '')
  })

  test('are open to everyone, and kept by caches', async () => {
    for (const path of ['/api/docs', '/api/docs/', '/api/docs/style.css', '/api/v1/openapi.json']) {
      const reply = await nobody.get(path)
      assert.equal(reply.status, 200, path)
      assert.match(reply.headers['cache-control'] ?? '', /public/)
    }
    const { etag = '' } = (await nobody.get('/api/v1/openapi.json')).headers
    assert.equal((await nobody.get('/api/v1/openapi.json', { 'if-none-match': etag })).status, 304)
  })

  test('have every operation, every problem, and no script or foreign host', async () => {
    const { text, headers } = await nobody.get('/api/docs')
    for (const { name } of operations) assert.ok(text.includes(`<article id="${name}">`), name)
    for (const status of Object.keys(titles)) assert.ok(text.includes(`id="problem-${status}"`), status)
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/)
    assert.equal(/<script|\son\w+=|<iframe|@import|url\(/i.test(text), false)
    const sources = [...text.matchAll(/(?:src|href)="([^"#]*)/g)].map(([, address]) => address)
    for (const address of new Set(sources)) assert.match(address ?? '', /^$|^\/|^data:,$/)
  })

  test('name every operation once, refer to what is there, and show an example of each', async () => {
    const document = (await nobody.get('/api/v1/openapi.json')).json<Wire>()
    assert.equal(document.openapi, '3.1.0')
    const all = Object.values(document.paths).flatMap((methods) => Object.values(methods as object)) as Wire[]
    assert.deepEqual(
      all.map(({ operationId }) => operationId).sort(),
      operations.map(({ name }) => name).sort(),
    )
    for (const [, ref = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)) {
      const [kind = '', name = ''] = ref.split('/')
      assert.ok(document.components[kind]?.[name], ref)
    }
    for (const { operationId, requestBody } of all) {
      const body = requestBody?.content['application/json']
      if (body !== undefined) assert.ok(body.example, operationId)
    }
    const untold = new Set(['setUp', 'confirmTwoFactor', 'renewRecoveryCodes'])
    for (const { name, answer } of operations) {
      if (answer !== undefined && !untold.has(name)) assert.ok(exampleAnswers[name], name)
    }
  })

  test('have a type for each resource', async () => {
    const { schemas } = (await nobody.get('/api/v1/openapi.json')).json<Wire>().components
    for (const { type } of resources) assert.equal(schemas[type].type, 'object', type)
    assert.deepEqual(schemas.Project.properties.hourly_rate.anyOf, [
      { $ref: '#/components/schemas/Money' },
      { type: 'null' },
    ])
  })

  test('escape what is not theirs', () => {
    assert.equal(html`<p>${'<b> & "x"'}</p>`.html, '<p>&lt;b&gt; &amp; &quot;x&quot;</p>')
    assert.equal(worded('a `<b>` c').html, 'a <code>&lt;b&gt;</code> c')
    assert.equal(jsonText({ a: [1, 2], b: 'x' }), '{"a": [1, 2], "b": "x"}')
  })
})
