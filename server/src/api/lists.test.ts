// Lists: every page once, in every order, filtered as asked, with related data.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'
import { resources } from './resources/index.ts'

forEachEngine('Lists of the native API', (engine) => {
  let book: TestBook
  let owner: Native
  const ids: number[] = []

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    const client = await owner.expect(201, owner.post('/clients', { name: 'Ada', currency: 'USD' }))
    await owner.expect(201, owner.post('/projects', { name: 'Engine', client_id: client.id }))
    const names = ['lunch', 'Lunch', 'taxi', 'hotel', 'Ünder 100 %', 'a_b', 'axb']
    for (let i = 0; i < 21; i += 1) {
      const expense = await owner.expect(
        201,
        owner.post('/expenses', {
          category: i % 3 === 0 ? 'Food' : 'Travel',
          // Many share a day, so that the id has to decide.
          spent_at: `2026-05-${String(1 + (i % 4)).padStart(2, '0')}`,
          amount: { amount: `${i % 5}.00` },
          description: names[i % names.length],
          tags: i % 2 === 0 ? ['even'] : ['odd'],
          ...(i % 4 === 0 ? { project_id: 1 } : {}),
        }),
      )
      ids.push(expense.id)
      await owner.expect(
        201,
        owner.post('/tags', { name: `tag ${String.fromCharCode(97 + ((i * 8) % 21))}` }),
      )
      await owner.expect(
        201,
        owner.post('/time-entries', { started_at: `2026-05-0${1 + (i % 3)}T09:00:00Z`, ended_at: null }),
      )
    }
  })

  async function walk(path: string): Promise<Wire[]> {
    const found: Wire[] = []
    let cursor: string | null = ''
    do {
      const page: Wire = await owner.expect(200, owner.get(path + (cursor === '' ? '' : `&cursor=${cursor}`)))
      found.push(...page.data)
      assert.equal(page.has_more, page.next_cursor !== null)
      cursor = page.next_cursor
    } while (cursor !== null)
    return found
  }

  for (const { path, sorts } of resources.filter(({ path }) =>
    ['expenses', 'tags', 'time-entries'].includes(path),
  )) {
    for (const sort of Object.keys(sorts)) {
      for (const order of [sort, `-${sort}`]) {
        test(`${path} by ${order} come page by page as they come at once`, async () => {
          const all = await owner.expect(200, owner.get(`/${path}?limit=200&sort=${order}`))
          const walked = await walk(`/${path}?limit=4&sort=${order}`)
          assert.deepEqual(walked, all.data)
          const keys = all.data.map((each: Wire) => keyOf(each, sort))
          const sorted = keys.toSorted((a: never, b: never) => (a < b ? -1 : a > b ? 1 : 0))
          assert.deepEqual(keys, order.startsWith('-') ? sorted.reverse() : sorted)
        })
      }
    }
  }

  const counts: [query: string, count: number][] = [
    ['category=food', 7],
    ['tag=EVEN', 11],
    ['tag=even,odd', 21],
    ['search=LUNCH', 6],
    ['search=%25', 3],
    ['search=a_b', 3],
    ['search=%C3%BCnder', 3],
    ['project_id=1', 6],
    ['project_id=1,999', 6],
    ['spent_at_from=2026-05-03', 10],
    ['spent_at_to=2026-05-01', 6],
    ['spent_at_from=2026-05-02&spent_at_to=2026-05-02', 5],
    ['spent_at_from=2026-05-02T00:00:01&spent_at_to=2026-05-02', 0],
    ['base_amount_from=3.00&base_amount_to=3.00', 4],
    ['base_amount_from=2.999', 8],
    ['currency=EUR', 21],
    ['currency=USD', 0],
    ['billed=true', 0],
    ['billable=true', 21],
    ['person_id=999999', 0],
  ]
  for (const [query, count] of counts) {
    test(`?${query} finds ${count}, and counts the same`, async () => {
      const list = await owner.expect(200, owner.get(`/expenses?${query}&limit=200&total=true`))
      assert.deepEqual([list.data.length, list.total], [count, count])
      const page = await owner.expect(200, owner.get(`/expenses?${query}&limit=2&total=true`))
      assert.equal(page.total, count)
    })
  }

  test('Related data come along where they are asked for', async () => {
    const query = 'with=project,category,person,report&project_id=1&limit=1'
    const [expense] = (await owner.expect(200, owner.get(`/expenses?${query}`))).data
    assert.equal(expense.project.name, 'Engine')
    assert.equal(expense.project.id, expense.project_id)
    assert.equal(expense.category.id, expense.category_id)
    assert.deepEqual(expense.person, { object: 'person', id: expense.person_id, name: 'owner of A' })
    assert.equal(expense.report.is_default, true)
    const [plain] = (await owner.expect(200, owner.get('/expenses?limit=1'))).data
    assert.equal('project' in plain, false)
    const without = await owner.expect(200, owner.get('/expenses?with=client&limit=1'))
    assert.equal(without.data[0].client, null)
  })

  test('A rename shows at once wherever the name stands', async () => {
    const path = '/expenses?with=project&project_id=1&limit=1'
    await owner.expect(200, owner.get(path))
    await owner.expect(200, owner.patch('/projects/1', { name: 'Analytical engine' }))
    assert.equal((await owner.expect(200, owner.get(path))).data[0].project.name, 'Analytical engine')
    const [tag] = (await owner.expect(200, owner.get('/tags?name=odd'))).data
    const [before] = (await owner.expect(200, owner.get('/expenses?tag=odd&limit=1'))).data
    await owner.expect(200, owner.patch(`/tags/${tag.id}`, { name: 'strange' }))
    const after = await owner.get(`/expenses/${before.id}`, { 'if-none-match': `"${before.revision}-0"` })
    assert.deepEqual(after.json<Wire>().tags, ['strange'])
  })

  test('Deleted ones show when asked for, and only then', async () => {
    const last = ids.at(-1)
    assert.equal((await owner.delete(`/expenses/${last}`)).status, 204)
    const count = async (deleted: string) =>
      (await owner.expect(200, owner.get(`/expenses?limit=200&deleted=${deleted}`))).data.length
    assert.deepEqual([await count('without'), await count('with'), await count('only')], [20, 21, 1])
    await owner.expect(200, owner.post(`/expenses/${last}/restore`))
    assert.equal(await count('only'), 0)
  })

  test('An unchanged list is not sent again, and a changed one is', async () => {
    const first = await owner.get('/expenses?limit=3')
    const { etag = '' } = first.headers
    const again = await owner.get('/expenses?limit=3', { 'if-none-match': etag })
    assert.deepEqual([again.status, again.text], [304, ''])
    await owner.expect(201, owner.post('/tags', { name: 'new' }))
    assert.equal((await owner.get('/expenses?limit=3', { 'if-none-match': etag })).status, 200)
    const other = callNative(book, 'admin')
    assert.equal((await other.get('/expenses?limit=3', { 'if-none-match': etag })).status, 200)
  })

  test('A cursor of another order, or one that was bent, is refused', async () => {
    const page = await owner.expect(200, owner.get('/expenses?limit=2&sort=spent_at'))
    for (const path of [
      `/expenses?sort=-spent_at&cursor=${page.next_cursor}`,
      `/expenses?cursor=${page.next_cursor}`,
      `/expenses?sort=spent_at&cursor=${page.next_cursor}x`,
      `/tags?sort=name&cursor=${Buffer.from('["name",5,1]').toString('base64url')}`,
      `/expenses?sort=spent_at&cursor=${Buffer.from('["spent_at","x",1]').toString('base64url')}`,
      `/expenses?sort=spent_at&cursor=${Buffer.from('["spent_at",1e400,1]').toString('base64url')}`,
    ]) {
      assert.equal((await owner.get(path)).status, 400, path)
    }
  })

  describe('Fields that a role does not see', () => {
    test('read as null, and stay that way in related data', async () => {
      const rate = { hourly_rate: { amount: '85.50' }, budget: { amount: '1000.00', currency: 'USD' } }
      const project = await owner.expect(200, owner.patch('/projects/1', rate))
      assert.deepEqual(project.hourly_rate, { amount: '85.50', currency: 'USD' })
      const member = callNative(book, 'member')
      const seen = await member.expect(200, member.get('/projects/1'))
      assert.deepEqual([seen.hourly_rate, seen.budget], [null, null])
      const manager = callNative(book, 'manager')
      const full = await manager.expect(200, manager.get('/activities?with=project'))
      assert.ok(full.data)
      await member.expect(201, member.post('/time-entries/start', { project_id: 1 }))
      const [entry] = (await member.expect(200, member.get('/time-entries?with=project'))).data
      assert.deepEqual([entry.project.hourly_rate, entry.project.budget], [null, null])
    })
  })
})

function keyOf(item: Wire, sort: string): unknown {
  if (sort === 'base_amount') return Number(item.base_amount.amount)
  return sort === 'name' ? item.name.toLowerCase() : item[sort]
}
