// Every address with every kind of id by every method: what is one's own is found, nothing else is, and nothing changes.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable, upload } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { drawReceipt } from '../../commands/demo/receipts.ts'
import { routes } from './index.ts'

const slip = { shop: 'Harbor Grill', day: '2009-10-02', items: ['lunch'], total: 'USD 34.50', number: '7' }
const jpeg = drawReceipt('a.jpg', slip).bytes

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const
type Method = (typeof methods)[number]

/** What a person has one of, by the name in the address. */
type Things = Readonly<Record<'expense' | 'report' | 'tag' | 'receipt', number>>

/** No ids of anything, and not ids at all. As they stand in an address. */
const nothing = [
  '999999',
  '0',
  '-1',
  String(2 ** 53),
  String(2 ** 63),
  '9'.repeat(30),
  'abc',
  '1e3',
  '%201',
  '1%20',
  '+1',
  '01',
  '1.0',
  '0x1',
  '%EF%BC%91',
  '1,2',
  '1;2',
  '*',
  'null',
  'NaN',
  '1%00',
  "1'",
  '1%20or%201=1',
  '__proto__',
]

forEachEngine('Ids at the Xpenser door', (engine) => {
  let book: TestBook
  let user: Caller
  let own: Things
  let colleagues: Things
  let strangers: Things

  async function things(by: Caller, tag: string): Promise<Things> {
    const id = async (path: string, body: Parameters<Caller['post']>[1]) =>
      (await by.post(path, body)).json<{ id: number; tags?: { id: number }[] }>()
    const report = (await id('/api/v1.0/report/', { name: 'Mine' })).id
    const expense = await id('/api/v1.0/expense/', { q: `lunch 12 ${tag}`, r: String(report) })
    const receipt = await id(
      '/api/v1.0/receipt/',
      upload(
        { name: 'expense', value: String(expense.id) },
        { name: 'image', value: jpeg, fileName: 'a.jpg' },
      ),
    )
    return { report, expense: expense.id, receipt: receipt.id, tag: expense.tags?.[0]?.id ?? 0 }
  }

  before(async () => {
    book = await createTestBook(engine)
    const nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    own = await things(user, '#mine')
    colleagues = await things(nobody.as('member@a.example', password), '#theirs')
    strangers = await things(nobody.as('owner@b.example', password), '#far')
  })

  const kindOf = (path: string) => /(expense|report|tag|receipt)\/:id$/.exec(path)?.[1] as keyof Things

  for (const { path, methods: known } of routes.filter((route) => route.path.endsWith(':id'))) {
    describe(path, () => {
      const supported = (method: Method) => (method === 'HEAD' ? 'GET' in known : method in known)

      for (const method of methods) {
        test(`${method} of anything that is not one's own is ${supported(method) ? 404 : 405}, and changes nothing`, () =>
          book.unchanged(async () => {
            const kind = kindOf(path)
            const foreign = [colleagues[kind], strangers[kind]].filter((id) => id !== own[kind]).map(String)
            for (const id of [...foreign, ...nothing]) {
              for (const query of ['', '?action=delete', '?status=all', '?format=xml']) {
                const address = path.replace(':id', id) + query
                const reply = await user.send(
                  method,
                  address,
                  method === 'POST' ? 'notes=x&name=x' : undefined,
                )
                // All that a POST to a receipt can ask for is its end.
                const asksNothing = method === 'POST' && kind === 'receipt' && query !== '?action=delete'
                const idle = /^[1-9]\d{0,14}$/.test(id) && asksNothing
                const expected = !supported(method) ? 405 : idle ? 400 : 404
                assert.equal(reply.status, expected, `${method} ${address}`)
                if (expected === 404 && method !== 'HEAD') assert.equal(reply.text, 'Not Found')
              }
            }
          }))

        test(`${method} of one's own that asks for no change makes none`, () =>
          book.unchanged(async () => {
            if (method === 'DELETE') return
            const reply = await user.send(method, path.replace(':id', String(own[kindOf(path)])))
            const asksNothing = method === 'POST' && kindOf(path) === 'receipt'
            assert.equal(reply.status, !supported(method) ? 405 : asksNothing ? 400 : 200)
          }))
      }
    })
  }

  test('in a query or a field find nothing that is not one’s own either, and change nothing', () =>
    book.unchanged(async () => {
      const ids = [colleagues.report, strangers.report].map(String)
      for (const id of [...ids, ...nothing.filter((text) => text !== '*')]) {
        for (const [method, path, body] of [
          ['GET', `/api/v1.0/expenses/?report=${id}`, undefined],
          ['GET', `/api/v1.0/%20expenses/?report=${id}&status=all`, undefined],
          ['GET', `/api/simple/?q=lunch+12&report=${id}`, undefined],
          ['POST', '/api/simple/', `q=lunch+12&report=${id}`],
          ['POST', '/api/v1.0/expense/', `q=lunch+12&r=${id}`],
          ['POST', '/api/v1.0/expense/', `type=lunch&amount=12&report=${id}`],
          ['POST', `/api/v1.0/expense/${own.expense}`, `report=${id}`],
          ['PUT', `/api/v1.0/expense/${own.expense}`, `report=${id}`],
        ] as const) {
          const reply = await user.send(method, path, body)
          assert.ok([400, 404].includes(reply.status), `${method} ${path} ${body}: ${reply.status}`)
        }
      }
    }))

  test('of a line find no report of others: the words stay words', async () => {
    for (const id of [colleagues.report, strangers.report]) {
      const reply = await user.post('/api/v1.0/expense/', { q: `lunch 12 report:${id}` })
      assert.equal(reply.status, 404)
    }
  })

  test('of one’s own can all be deleted in the end', async () => {
    for (const path of [`receipt/${own.receipt}`, `expense/${own.expense}`, `report/${own.report}`]) {
      assert.equal((await user.send('DELETE', `/api/v1.0/${path}`)).status, 204)
      assert.equal((await user.get(`/api/v1.0/${path}`)).status, 404)
    }
  })
})
