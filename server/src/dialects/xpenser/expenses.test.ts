// The life of an expense at this door: created from a line or from fields, read, changed, deleted, synchronised.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Body, type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import type { LocalDate, LocalDateTime } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import type { ExpenseInput } from '../../core/expenses/verbs.ts'
import { currency } from '../../core/money.ts'

type Wire = {
  readonly status: number
  readonly rawamount: string
  readonly notes: string
  readonly created: string
  readonly modified: string
  readonly amount: string
  readonly date: string
  readonly type: string
  readonly id: number
  readonly tags: readonly { readonly name: string; readonly id: number }[]
  readonly report_id: number
}

forEachEngine('An expense at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let user: Caller
  let colleague: Caller
  let stranger: Caller
  before(async () => {
    book = await createTestBook(engine)
    await book.core.organizations.updateOrganization(book.actorOf('owner'), {
      distanceUnit: 'mi',
      distanceRate: decimal('0.55'),
      hourlyRate: decimal('50'),
    })
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    colleague = nobody.as('member@a.example', password)
    stranger = nobody.as('owner@b.example', password)
  })

  async function created(form: Body, by = user): Promise<Wire> {
    const reply = await by.post('/api/v1.0/expense/', form)
    assert.equal(reply.status, 200, reply.text)
    return reply.json()
  }

  async function updated(id: number, form: Record<string, string>): Promise<Wire> {
    const reply = await user.post(`/api/v1.0/expense/${id}`, form)
    assert.equal(reply.status, 200, reply.text)
    return reply.json()
  }

  async function newReport(name: string, by = user): Promise<number> {
    return (await by.post('/api/v1.0/report/', { name })).json<{ id: number }>().id
  }

  /** Keeps an expense that only other doors can make. */
  async function recorded(input: Partial<ExpenseInput>): Promise<number> {
    const owner = await book.again(book.actorOf('owner'))
    const { id } = await book.core.expenses.record(owner, {
      category: { name: 'Thing' },
      spentAt: '2026-05-01T09:00:00' as LocalDateTime,
      ...input,
    })
    return id
  }

  async function refused(reply: Promise<{ status: number; text: string }>, status: number, text?: string) {
    const { status: found, text: body } = await reply
    assert.deepEqual([found, text ?? body], [status, body])
  }

  describe('created from a line', () => {
    test('has everything the line says, dated now by the wall clock of its person', async () => {
      const { id, ...made } = await created({ q: 'lunch $34.50 with Jack #personal #cash' })
      assert.ok(id > 0)
      const [personal, cash] = made.tags
      assert.deepEqual(made, {
        status: 1,
        rawamount: '34.50',
        notes: 'with Jack',
        created: '2026-05-20 12:00:00',
        modified: '2026-05-20 12:00:00',
        amount: '34.50',
        date: '2026-05-20 14:00:00',
        type: 'lunch',
        tags: [
          { name: 'personal', id: personal?.id },
          { name: 'cash', id: cash?.id },
        ],
        report_id: made.report_id,
      })
    })

    test('takes its report from r and its date from d, which silences dates in the text', async () => {
      const r = await newReport('Trip')
      const made = await created({ q: 'lunch 12 yesterday', d: '2009-10-02 05:14', r: String(r) })
      assert.deepEqual([made.date, made.notes, made.report_id], ['2009-10-02 05:14:00', 'yesterday', r])
    })

    test('keeps the current time of day, in full minutes, when d is a day alone', async () => {
      assert.equal((await created({ q: 'lunch 12', d: '2009-10-02' })).date, '2009-10-02 14:00:00')
    })

    test('takes a T between day and time as well', async () => {
      assert.equal((await created({ q: 'lunch 12', d: '2009-10-02T05:14:09' })).date, '2009-10-02 05:14:09')
    })

    test('counts an empty d and an empty r as not given', async () => {
      const made = await created('q=lunch+12&d=&r=')
      assert.equal(made.date, '2026-05-20 14:00:00')
    })

    test('keeps the decimals of its amount as typed', async () => {
      for (const amount of ['34.50', '20', '4', '0.5', '-12.50', '100.0']) {
        const made = await created({ q: `Thing ${amount}` })
        assert.deepEqual([made.rawamount, made.amount], [amount, amount])
      }
    })

    test('keeps the letter case of a new type, and its section', async () => {
      assert.equal((await created({ q: 'AirFare 119.61 SAN to JFK' })).type, 'AirFare')
      assert.equal((await created({ q: '18 type:"Travel: Taxi" airport run' })).type, 'Travel: Taxi')
    })

    test('that is a distance or a time has what was entered and what it comes to', async () => {
      const distance = await created({ q: '20 miles' })
      assert.deepEqual([distance.type, distance.rawamount, distance.amount], ['Mileage', '20', '11.00'])
      const time = await created({ q: 'consulting 1h30m for Acme' })
      assert.deepEqual([time.rawamount, time.amount], ['90', '75.00'])
    })

    test('in another currency without a known rate has the same number twice', async () => {
      const made = await created({ q: 'hotel $120 Reno' })
      assert.deepEqual([made.rawamount, made.amount], ['120', '120'])
    })

    test('is refused without a line, without an amount, with a bad date, and nothing is kept', () =>
      book.unchanged(async () => {
        await refused(user.send('POST', '/api/v1.0/expense/'), 400, 'Bad Request: empty')
        await refused(user.post('/api/v1.0/expense/', 'q='), 400, 'Bad Request: empty')
        await refused(user.post('/api/v1.0/expense/', 'q=lunch'), 400, 'Bad Request: no amount')
        await refused(user.post('/api/v1.0/expense/', 'q=lunch+12&d=13/45'), 400, 'Bad Request: bad date')
        await refused(
          user.post('/api/v1.0/expense/', 'q=lunch+12&d=2009-02-30'),
          400,
          'Bad Request: bad date',
        )
        await refused(user.post('/api/v1.0/expense/', `q=lunch+12+${'x'.repeat(1000)}`), 400)
      }))

    test('is refused with a report that is unknown, unreadable, or of somebody else', () =>
      book.unchanged(async () => {
        const others = (await colleague.get('/api/v1.0/reports/')).json<{ id: number }[]>()
        const strange = (await stranger.get('/api/v1.0/reports/')).json<{ id: number }[]>()
        for (const r of ['999999', '0', '-1', 'abc', '1e3', '*', others[0]?.id, strange[0]?.id]) {
          await refused(user.post('/api/v1.0/expense/', `q=lunch+12&r=${r}`), 404, 'Not Found')
        }
      }))
  })

  describe('created from fields', () => {
    test('has those fields', async () => {
      const report = await newReport('Fields')
      const fields = {
        type: 'Lodging',
        amount: '98.00',
        notes: 'Reno',
        date: '2010-01-05 21:30',
        tags: 'a b',
      }
      const made = await created({ ...fields, report: String(report) })
      assert.deepEqual(
        [made.type, made.amount, made.rawamount, made.notes, made.date, made.report_id],
        ['Lodging', '98.00', '98.00', 'Reno', '2010-01-05 21:30:00', report],
      )
      assert.deepEqual(
        made.tags.map(({ name }) => name),
        ['a', 'b'],
      )
    })

    test('may come as JSON, whose numbers keep their digits', async () => {
      const bytes = '{"type": "Hotel", "amount": 98.00, "tags": ["a", "b"], "notes": null}'
      const made = await created({ bytes, type: 'application/json' })
      assert.deepEqual([made.amount, made.tags.length, made.notes], ['98.00', 2, ''])
    })

    test('takes the spelling of a type that is known in another letter case', async () => {
      await created({ q: 'Ferry 12' })
      assert.equal((await created({ type: 'fERRY', amount: '13' })).type, 'Ferry')
    })

    test('may have an entered number beside the amount', async () => {
      const made = await created({ type: 'Mileage', amount: '11.00', rawamount: '20' })
      assert.deepEqual([made.amount, made.rawamount], ['11.00', '20'])
    })

    test('needs a type and an amount', () =>
      book.unchanged(async () => {
        await refused(user.post('/api/v1.0/expense/', 'amount=12'), 400, 'Bad Request: no type')
        await refused(user.post('/api/v1.0/expense/', 'type=Hotel'), 400, 'Bad Request: no amount')
        await refused(
          user.post('/api/v1.0/expense/', 'type=&amount=12'),
          400,
          'Bad Request: type must not be empty.',
        )
        await refused(user.post('/api/v1.0/expense/', 'type=Hotel&amount=much'), 400)
        await refused(user.post('/api/v1.0/expense/', 'type=Hotel&amount=1&report=999999'), 404, 'Not Found')
      }))
  })

  describe('read', () => {
    test('is there by its id, in both formats', async () => {
      const made = await created({ q: 'lunch 12 <with> & "Jack"' })
      assert.deepEqual((await user.get(`/api/v1.0/expense/${made.id}`)).json(), made)
      const xml = (await user.get(`/api/v1.0/expense/${made.id}?format=xml`)).text
      assert.match(xml, /<notes>&lt;with&gt; &amp; Jack<\/notes>/)
    })

    test('is not there for anybody else', async () => {
      const { id } = await created({ q: 'lunch 12' })
      for (const other of [colleague, stranger, nobody.as('admin@a.example', password)]) {
        await refused(other.get(`/api/v1.0/expense/${id}`), 404, 'Not Found')
        await refused(other.get(`/api/v1.0/expense/${id}?status=all`), 404, 'Not Found')
      }
    })

    test('of a colleague is not there even for the owner of the organization', async () => {
      const { id } = await created({ q: 'lunch 12' }, colleague)
      await refused(user.get(`/api/v1.0/expense/${id}`), 404, 'Not Found')
      await book.unchanged(async () => {
        await refused(user.post(`/api/v1.0/expense/${id}`, 'notes=mine'), 404, 'Not Found')
        await refused(user.send('DELETE', `/api/v1.0/expense/${id}`), 404, 'Not Found')
      })
    })
  })

  describe('updated', () => {
    test('changes what is given and keeps the rest, and is modified now', async () => {
      const made = await created({ q: 'lunch 30.00 with jack #a', d: '2009-10-02 05:14' })
      book.clock.advance(60_000)
      const answer = await updated(made.id, { tags: 'personal cash', amount: '34.50' })
      const tags = answer.tags.map(({ name }) => name)
      assert.deepEqual([tags, answer.amount, answer.rawamount], [['personal', 'cash'], '34.50', '34.50'])
      const { tags: _, amount: __, rawamount: ___, modified, ...rest } = answer
      const { tags: ____, amount: _____, rawamount: ______, modified: before, ...same } = made
      assert.deepEqual(rest, same)
      assert.ok(modified > before)
      assert.deepEqual((await user.get(`/api/v1.0/expense/${made.id}`)).json(), answer)
    })

    test('may come by PUT as well', async () => {
      const { id } = await created({ q: 'lunch 12' })
      const reply = await user.send('PUT', `/api/v1.0/expense/${id}`, 'notes=put')
      assert.equal(reply.json<Wire>().notes, 'put')
    })

    test('has its tags replaced as a whole; an empty value clears them', async () => {
      const { id } = await created({ q: 'lunch 12 #a #b' })
      const names = async (tags: string) => (await updated(id, { tags })).tags.map(({ name }) => name)
      assert.deepEqual(await names('  c   a  c '), ['c', 'a'])
      assert.deepEqual(await names(''), [])
    })

    test('takes another type, other notes and no notes', async () => {
      const { id } = await created({ q: 'lunch 12 with jack' })
      const answer = await updated(id, { type: 'Travel: Dinner', notes: '' })
      assert.deepEqual([answer.type, answer.notes], ['Travel: Dinner', ''])
    })

    test('takes a date in every form; a day alone keeps the time of day', async () => {
      const { id } = await created({ q: 'lunch 12', d: '2009-10-02 05:14:33' })
      for (const [given, expected] of [
        ['2010-01-02', '2010-01-02 05:14:00'],
        ['2010-01-03 18:30', '2010-01-03 18:30:00'],
        ['2010-01-03T18:30:05', '2010-01-03 18:30:05'],
        ['0001-01-01 00:00:00', '0001-01-01 00:00:00'],
        ['9999-12-31 23:59:59', '9999-12-31 23:59:59'],
        // Skipped by the clocks of Amsterdam; it is the person's own word for a time, not an instant.
        ['2026-03-29 02:30:00', '2026-03-29 02:30:00'],
        ['2024-02-29', '2024-02-29 02:30:00'],
        ['', '2024-02-29 02:30:00'],
      ]) {
        assert.equal((await updated(id, { date: given ?? '' })).date, expected)
      }
    })

    test('moves to another report of the same person only', async () => {
      const { id } = await created({ q: 'lunch 12' })
      const own = await newReport('Own')
      assert.equal((await updated(id, { report: String(own) })).report_id, own)
      const others = [
        await newReport('Theirs', colleague),
        await newReport('Far', stranger),
        999_999,
        '*',
        'x',
      ]
      await book.unchanged(async () => {
        for (const report of others) {
          await refused(user.post(`/api/v1.0/expense/${id}`, `report=${report}`), 404, 'Not Found')
        }
      })
    })

    test('tolerates currency signs and separators in amounts', async () => {
      const { id } = await created({ q: 'lunch 12' })
      for (const [given, expected] of [
        ['$1,299.00', '1299.00'],
        ['€ 12.50', '12.50'],
        ['1.234,50', '1234.50'],
        ['3,50', '3.50'],
        ['-$12.50', '-12.50'],
        ['.75', '0.75'],
        ["1'299.00", '1299.00'],
      ]) {
        assert.equal((await updated(id, { amount: given ?? '' })).amount, expected)
      }
    })

    test('is refused with what is no amount and no date, and nothing changes', async () => {
      const { id } = await created({ q: 'lunch 12' })
      await book.unchanged(async () => {
        for (const bad of [
          '',
          'x',
          '1e5',
          'NaN',
          'Infinity',
          '0x10',
          '1_000',
          '--1',
          '$',
          '1,2,3',
          '1.2.3',
        ]) {
          for (const field of ['amount', 'rawamount']) {
            await refused(user.post(`/api/v1.0/expense/${id}`, { [field]: bad }), 400)
          }
        }
        for (const bad of [
          'soon',
          '2009-13-01',
          '2009-02-30',
          '2009-10-02 25:00',
          '2016-12-31 23:59:60',
          '1',
        ]) {
          await refused(user.post(`/api/v1.0/expense/${id}`, { date: bad }), 400)
        }
      })
    })

    test('without any field answers the expense as it is', async () => {
      const made = await created({ q: 'lunch 12' })
      book.clock.advance(60_000)
      await book.unchanged(async () => assert.deepEqual(await updated(made.id, {}), made))
    })

    test('does not take what only the server decides', async () => {
      const made = await created({ q: 'lunch 12' })
      const form = {
        id: '1',
        user_id: '1',
        status: '-1',
        created: '2000-01-01',
        report_id: '1',
        invoiced: '1',
      }
      await book.unchanged(async () => assert.deepEqual(await updated(made.id, form), made))
    })
  })

  describe('worth', () => {
    const both = ({ rawamount, amount }: Wire) => [rawamount, amount]

    test('plain money: one number given sets both', async () => {
      const { id } = await created({ q: 'lunch 12' })
      assert.deepEqual(both(await updated(id, { amount: '13.0' })), ['13.0', '13.0'])
      assert.deepEqual(both(await updated(id, { rawamount: '14.00' })), ['14.00', '14.00'])
      assert.deepEqual(both(await updated(id, { amount: '15', rawamount: '15' })), ['15', '15'])
      assert.deepEqual(both(await updated(id, { amount: '20.00', rawamount: '40' })), ['40', '20.00'])
    })

    test('a distance: the amount alone changes itself, the distance alone is priced again', async () => {
      const { id } = await created({ q: '20 miles' })
      assert.deepEqual(both(await updated(id, { amount: '12' })), ['20', '12'])
      assert.deepEqual(both(await updated(id, { rawamount: '30' })), ['30', '16.50'])
      assert.deepEqual(both(await updated(id, { amount: '9.99', rawamount: '33' })), ['33', '9.99'])
    })

    test('a distance is rounded to cents, half away from zero', async () => {
      const { id } = await created({ q: '20 miles' })
      assert.deepEqual(both(await updated(id, { rawamount: '0.1' })), ['0.1', '0.06'])
      assert.deepEqual(both(await updated(id, { rawamount: '-0.1' })), ['-0.1', '-0.06'])
    })

    test('a time: minutes at the hourly rate', async () => {
      const { id } = await created({ q: 'consulting 30 minutes' })
      assert.deepEqual(both(await updated(id, { rawamount: '90' })), ['90', '75.00'])
      assert.deepEqual(both(await updated(id, { rawamount: '1' })), ['1', '0.83'])
      assert.deepEqual(both(await updated(id, { amount: '80' })), ['1', '80'])
    })

    test('money of another currency: converted at the rate that was pinned', async () => {
      const rate = { rate: decimal('1.48'), source: 'test', on: '2026-05-01' as LocalDate }
      const id = await recorded({ unitPrice: decimal('142.00'), currency: currency('USD'), exchange: rate })
      assert.deepEqual(both((await user.get(`/api/v1.0/expense/${id}`)).json()), ['142.00', '210.16'])
      assert.deepEqual(both(await updated(id, { rawamount: '100' })), ['100', '148.00'])
      assert.deepEqual(both(await updated(id, { rawamount: '100', amount: '150.00' })), ['100', '150.00'])
      assert.deepEqual(both(await updated(id, { amount: '99.5' })), ['99.5', '99.5'])
    })

    test('an update of words leaves the numbers alone', async () => {
      const { id } = await created({ q: '20 miles' })
      assert.deepEqual(both(await updated(id, { notes: 'to town', tags: 'car' })), ['20', '11.00'])
    })
  })

  describe('deleted', () => {
    for (const [name, method, query, body] of [
      ['POST with the action in the query and an empty body', 'POST', '?action=delete', ''],
      ['POST with the action in the query and no body at all', 'POST', '?action=delete', undefined],
      ['POST with the action in the body', 'POST', '', 'action=delete'],
      ['DELETE with the action', 'DELETE', '?action=delete', undefined],
      ['DELETE alone', 'DELETE', '', undefined],
      ['DELETE with the trailing slash', 'DELETE', '/', undefined],
    ] as const) {
      test(`by ${name} leaves a tombstone that is modified now`, async () => {
        const made = await created({ q: 'lunch 12 with jack #a' })
        book.clock.advance(60_000)
        const reply = await user.send(method, `/api/v1.0/expense/${made.id}${query}`, body)
        assert.deepEqual([reply.status, reply.text, reply.headers['content-type']], [204, '', undefined])
        await refused(user.get(`/api/v1.0/expense/${made.id}`), 404, 'Not Found')
        const tombstone = (await user.get(`/api/v1.0/expense/${made.id}?status=all`)).json<Wire>()
        const { modified } = tombstone
        assert.deepEqual(tombstone, { ...made, status: -1, modified })
        assert.ok(modified > made.modified)
      })
    }

    test('again answers the same and changes nothing', async () => {
      const { id } = await created({ q: 'lunch 12' })
      await user.send('DELETE', `/api/v1.0/expense/${id}`)
      await book.unchanged(async () => {
        await refused(user.send('DELETE', `/api/v1.0/expense/${id}`), 204, '')
        await refused(user.post(`/api/v1.0/expense/${id}?action=delete`), 204, '')
        await refused(user.post(`/api/v1.0/expense/${id}`, 'notes=late'), 404, 'Not Found')
      })
    })

    test('by an action that is none, or of somebody else, changes nothing', async () => {
      const { id } = await created({ q: 'lunch 12' })
      await book.unchanged(async () => {
        await refused(user.post(`/api/v1.0/expense/${id}?action=destroy`), 400)
        await refused(user.post('/api/v1.0/expense/999999?action=delete'), 404, 'Not Found')
        await refused(colleague.post(`/api/v1.0/expense/${id}?action=delete`), 404, 'Not Found')
        await refused(stranger.send('DELETE', `/api/v1.0/expense/${id}`), 404, 'Not Found')
      })
    })

    test('out of a report that is handed in is refused', async () => {
      const r = await newReport('Closed')
      const { id } = await created({ q: 'lunch 12', r: String(r) })
      await user.post(`/api/v1.0/report/${r}`, 'status=S')
      await book.unchanged(async () => {
        await refused(user.send('DELETE', `/api/v1.0/expense/${id}`), 400)
        await refused(user.post(`/api/v1.0/expense/${id}`, 'notes=late'), 400)
        await refused(user.post('/api/v1.0/expense/', `q=lunch+12&r=${r}`), 404)
      })
    })
  })

  test('a synchronising client sees what is new, changed and deleted, and nothing twice', async () => {
    const since = async (modified: string) => {
      const query = `report=*&modified=${modified.replace(' ', '+')}&modified_op=gt&status=all`
      const found = (await user.get(`/api/v1.0/expenses/?${query}`)).json<Wire[]>()
      return found.map(({ id, status }) => `${id} ${status}`).sort()
    }
    const latest = (expense: Wire) => expense.modified
    book.clock.advance(5000)
    const first = await created({ q: 'lunch 1' })
    const second = await created({ q: 'lunch 2' })
    const third = await created({ q: 'lunch 3', d: '1999-01-01' })
    const seen = latest(third)
    assert.deepEqual(await since(seen), [])
    // A fraction of a second is hidden, so it does not count in the comparison either.
    book.clock.advance(999)
    const early = await created({ q: 'lunch 4' })
    assert.deepEqual([early.modified, await since(seen)], [seen, []])
    const at = `report=*&modified=${seen.replace(' ', '+')}`
    const equal = (await user.get(`/api/v1.0/expenses/?${at}`)).json<Wire[]>().map(({ id }) => id)
    assert.ok(equal.includes(early.id) && equal.includes(third.id))
    const below = (await user.get(`/api/v1.0/expenses/?${at}&modified_op=lt`))
      .json<Wire[]>()
      .map(({ id }) => id)
    assert.ok(!below.includes(early.id) && !below.includes(third.id))
    book.clock.advance(1)
    await updated(first.id, { notes: 'changed' })
    await user.send('DELETE', `/api/v1.0/expense/${second.id}`)
    const fourth = await created({ q: 'lunch 5' })
    assert.deepEqual(await since(seen), [`${first.id} 1`, `${second.id} -1`, `${fourth.id} 1`].sort())
    assert.deepEqual(await since(latest(fourth)), [])
  })

  test('a list has the default report only, unless another one or all are asked for', async () => {
    const r = await newReport('Listed')
    const inside = await created({ q: 'lunch 2', r: String(r), d: '2009-01-02' })
    const earlier = await created({ q: 'lunch 1', r: String(r), d: '2009-01-01' })
    const twin = await created({ q: 'lunch 3', r: String(r), d: '2009-01-02' })
    const ids = async (query: string) =>
      (await user.get(`/api/v1.0/expenses/${query}`)).json<Wire[]>().map(({ id }) => id)
    assert.deepEqual(await ids(`?report=${r}`), [earlier.id, inside.id, twin.id], 'By date, then by id.')
    assert.ok(!(await ids('')).includes(inside.id))
    assert.ok((await ids('?report=*')).includes(inside.id))
    assert.deepEqual(await ids(`?report=${await newReport('Empty')}`), [])
  })

  test('a list of a report that is not there, or of somebody else, is not there', async () => {
    const theirs = await newReport('Theirs', colleague)
    const far = await newReport('Far', stranger)
    for (const report of [999_999, 0, -1, 'abc', '1e3', '**', theirs, far, 2 ** 53]) {
      await refused(user.get(`/api/v1.0/expenses/?report=${report}`), 404, 'Not Found')
    }
  })

  test('a list never holds what belongs to others', async () => {
    await created({ q: 'secret 77', d: '2009-01-01' }, colleague)
    await created({ q: 'secret 78' }, stranger)
    const { text } = await user.get('/api/v1.0/expenses/?report=*&status=all')
    assert.ok(!text.includes('secret'))
    assert.ok((await colleague.get('/api/v1.0/expenses/?report=*')).text.includes('secret'))
  })

  test('a renamed tag and a renamed type show at once', async () => {
    const made = await created({ q: 'ferry 12 #boat' })
    const path = `/api/v1.0/expense/${made.id}`
    await user.get(path)
    const owner = await book.again(book.actorOf('owner'))
    await book.core.tags.update(owner, made.tags[0]?.id ?? 0, { name: 'ship' })
    const [type] = await book.core.categories.list(owner, { names: ['ferry'] })
    await book.core.categories.update(owner, type?.id ?? 0, { name: 'Ferries' })
    const after = (await user.get(path)).json<Wire>()
    assert.deepEqual([after.type, after.tags[0]?.name], ['Ferries', 'ship'])
  })
})
