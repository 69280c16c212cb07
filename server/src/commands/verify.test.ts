// What verify finds: each kind of damage that a book can take, made by hand in a transaction that is undone after.

import assert from 'node:assert/strict'
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, noon, refusal, type TestBook } from '../../test/harness.ts'
import { fromLocalSeconds } from '../core/day.ts'
import { decimal } from '../core/decimal.ts'
import { createDiskFiles } from '../outside/files.ts'
import { checkBook } from '../store/check/index.ts'
import { unknownReferences } from '../store/check/references.ts'
import { migrations } from '../store/migrations/index.ts'
import { schemaOf } from '../store/schema.ts'
import { openSession } from '../store/session.ts'
import { storedFiles } from './backup/stored-files.ts'
import { createTrial, type Trial } from './backup/trial.ts'
import { verify } from './verify.ts'

type Problem = { what: string; where: string; message: string }
type Printed = { ok: boolean; stateHash: string; problems: Problem[]; counts: Record<string, number> }

/** An expense with tags and receipts, and others, found by what they are. */
const anExpense = '(select min(expense_id) from expense_tags where organization_id = 1)'
const aTag = '(select min(id) from tags where organization_id = 1)'

const damages: readonly [name: string, statements: string[], ...found: [string, RegExp, RegExp][]][] = [
  [
    'an event that was changed in its end',
    [
      `update events set after = replace(after, '"billable":true', '"billable":false')
       where organization_id = 1 and noun = 'project' and entity_id = 1`,
    ],
    ['row', /organization 1, project 1$/, /Its billable is not what its last event says/],
  ],
  [
    'an event that was changed and followed by others',
    [
      `update events set after = replace(after, '"revision":1,', '"revision":7,') where organization_id = 1
       and noun = 'expense' and action = 'created' and entity_id in
         (select entity_id from events where organization_id = 1 and noun = 'expense' and action = 'updated')`,
    ],
    [
      'event',
      /organization 1, event \d+$/,
      /does not follow from the one before it on organization 1, expense/,
    ],
  ],
  [
    'an event that is no JSON',
    [`update events set after = '{' where organization_id = 1 and sequence = 1`],
    ['event', /^organization 1$/, /last event does not say/],
  ],
  [
    'an event that was removed',
    ['delete from events where organization_id = 1 and sequence = 5'],
    ['event', /^organization 1$/, /^Event 5 is missing/],
  ],
  [
    'events that were removed at the end',
    [
      `delete from events where organization_id = 1 and sequence >
         (select event_sequence - 3 from organization_counters where organization_id = 1)`,
    ],
    ['event', /^organization 1$/, /^Events \d+ to \d+ are missing/],
  ],
  [
    'an event that no number was given to',
    ['update organization_counters set event_sequence = event_sequence - 1 where organization_id = 1'],
    ['event', /^organization 1$/, /but only \d+ were given a number/],
  ],
  [
    'an event of nothing',
    [`update events set noun = 'unicorn' where organization_id = 1 and noun = 'person'`],
    ['event', /^events$/, /"unicorn"/],
    ['event', /^person \d+$/, /No event tells of it/],
  ],
  [
    'a changed row',
    [`update expenses set amount_minor = amount_minor + 1 where organization_id = 1 and id = ${anExpense}`],
    ['row', /organization 1, expense \d+$/, /Its amountMinor is not what/],
  ],
  [
    'a changed person',
    [`update people set name = 'Somebody else' where id = 1`],
    ['row', /^person 1$/, /Its name is not what/],
  ],
  [
    'a removed row',
    [
      `delete from notes where organization_id = 1 and id = (select min(id) from notes where organization_id = 1)`,
    ],
    ['row', /organization 1, note \d+$/, /tells of it, but it is not there/],
  ],
  [
    'a row without events',
    [
      `insert into tags (organization_id, id, revision, created_at, updated_at, name, name_folded, color, state)
       values (2, 900, 1, 1, 1, 'New', 'new', '', 'active')`,
    ],
    ['event', /organization 2, tag 900$/, /No event tells of it/],
    ['counter', /^tag$/, /number 900/],
  ],
  [
    'a tag taken off',
    [`delete from expense_tags where organization_id = 1 and expense_id = ${anExpense}`],
    ['row', /organization 1, expense \d+$/, /Its tagIds is not what/],
  ],
  [
    'a folded name that is wrong',
    [`update tags set name_folded = 'x' where organization_id = 1 and id = ${aTag}`],
    ['derived', /organization 1, tag \d+$/, /Its name_folded is not what it should be/],
  ],
  [
    'a folded description that is wrong',
    [`update expenses set description_folded = 'x' where organization_id = 1 and id = ${anExpense}`],
    ['derived', /organization 1, expense \d+$/, /Its description_folded/],
  ],
  [
    'a flag that is neither true nor false',
    [`update expenses set billable = 2 where organization_id = 1 and id = ${anExpense}`],
    ['row', /organization 1, expense \d+$/, /Its billable/],
  ],
  [
    'a reference to nothing',
    [`update expenses set client_id = 4711 where organization_id = 1 and id = ${anExpense}`],
    ['reference', /organization 1, expenses \d+$/, /Its client_id is 4711, but there is none in clients/],
  ],
  [
    'a reference to another organization',
    [
      `update expenses set category_id = (select min(id) from categories where organization_id = 2)
       where organization_id = 1 and id = ${anExpense}`,
    ],
    ['reference', /organization 1, expenses \d+$/, /Its category_id is \d+, but there is none in categories/],
  ],
  [
    'a tag of another organization',
    [
      `update expense_tags set tag_id = (select min(id) from tags where organization_id = 2)
       where organization_id = 1 and expense_id = ${anExpense} and position = 0`,
    ],
    ['reference', /organization 1, expense tags \d+$/, /Its tag_id/],
  ],
  [
    'a person of another organization',
    [
      `update time_entries set person_id = (select min(person_id) from memberships where organization_id = 2)
       where organization_id = 1 and id = (select min(id) from time_entries where organization_id = 1)`,
    ],
    ['reference', /organization 1, time_entries \d+$|organization 1, time entries \d+$/, /Its person_id/],
  ],
  [
    'a note on nothing',
    [`update notes set subject_id = 4711 where organization_id = 1 and subject_noun = 'project'`],
    ['reference', /organization 1, notes \d+$/, /Its subject_id is 4711, but there is none in projects/],
  ],
  [
    'a password of nobody',
    ['update passwords set person_id = 4711 where person_id = 1'],
    ['reference', /^passwords 4711$/, /none in people/],
  ],
  [
    'a receipt of another size',
    [
      `update receipts set size_bytes = 1 where organization_id = 1 and id =
         (select min(id) from receipts where organization_id = 1)`,
    ],
    ['file', /organization 1, receipt \d+ ".+"$/, /bytes instead of 1\.$/],
  ],
]

forEachEngine('verify', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
    for (const letter of ['a', 'b'] as const) await fill(book, letter)
  })

  /** Checks the book with these changes in it, which are undone after. */
  async function check(...statements: string[]): Promise<readonly Problem[]> {
    const session = await openSession(book.address, 'write')
    try {
      for (const statement of statements) await session.rows(statement)
      return (await checkBook(session, { files: book.files, stored: nothing() })).problems
    } finally {
      await session.close()
    }
  }

  test('finds nothing wrong with a good book', async () => {
    assert.deepEqual(await check(), [])
  })

  for (const [name, statements, ...found] of damages) {
    test(`finds ${name}`, async () => {
      const problems = await check(...statements)
      for (const [what, where, message] of found) {
        const hit = problems.some(
          (one) => one.what === what && where.test(one.where) && message.test(one.message),
        )
        assert.ok(
          hit,
          `${what} ${where} ${message} is not among ${JSON.stringify(problems.slice(0, 5), null, 2)}`,
        )
      }
    })
  }

  test('refuses a book that is of a newer Daybook', async () => {
    await assert.rejects(check(`insert into migrations (name) values ('9999-later')`), refusal('conflict'))
  })
})

describe('the command verify', () => {
  let trial: Trial
  before(async () => {
    trial = await createTrial()
  })
  after(() => trial.close())

  test('finds nothing wrong with the demo world, and counts it', async () => {
    const { code, data, text } = await trial.run<Printed>(verify, trial.demo)
    assert.deepEqual([code, data.ok, data.problems], [0, true, []])
    assert.match(text, /^Checked: 2 organizations, \d+ entities, \d+ events, \d+ files/)
    assert.match(text, /Nothing is wrong.\nState hash: [0-9a-f]{64}$/)
    assert.deepEqual([data.counts.problems, data.counts.unnamedFiles], [0, 0])
  })

  test('names files that are missing or damaged, and counts those that belong to nothing', async () => {
    const { files } = trial.demo
    const [missing = '', broken = ''] = await Array.fromAsync(storedFiles(files))
    const pathOf = (hash: string) => join(files, hash.slice(0, 2), hash.slice(2))
    rmSync(pathOf(missing))
    writeFileSync(pathOf(broken), 'something else')
    await createDiskFiles(files).put(Buffer.from('nobody asked for this'))
    const { code, data, text } = await trial.run<Printed>(verify, trial.demo)
    assert.deepEqual([code, data.ok, data.counts.unnamedFiles], [1, false, 1])
    assert.deepEqual(
      data.problems.map(({ what, message }) => `${what}: ${message}`),
      [`file: The file ${missing} is missing.`, `file: The file ${broken} is damaged.`],
    )
    assert.match(text, /1 files belong to nothing/)
  })

  test('says what an unreadable database file is, and goes on', async () => {
    const data = trial.copy(trial.demo.data)
    const database = join(data, 'daybook.db')
    // Somewhere behind the schema, in the middle of the tables.
    const file = openSync(database, 'r+')
    for (let page = 100; page < 160; page += 1) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page * 4096)
    closeSync(file)
    const at = { ...trial.demo, data, database, env: { DAYBOOK_DATA: data } }
    const ran = await trial.run<Printed>(verify, at)
    assert.equal(ran.code, 1)
    assert.ok(ran.data.problems.some(({ what }) => what === 'engine'))
  })

  test('refuses where there is no book', async () => {
    await assert.rejects(trial.run(verify, trial.place()), refusal('not_found'))
  })
})

/** Something of every noun that damage is done to. */
async function fill({ core, actorOf }: TestBook, letter: 'a' | 'b'): Promise<void> {
  const owner = actorOf('owner', letter)
  const client = await core.clients.add(owner, { name: 'Client' })
  const project = await core.projects.add(owner, { name: 'Project', clientId: client.id })
  await core.notes.add(owner, { noun: 'project', id: project.id }, { body: 'Note' })
  await core.categories.add(owner, { name: 'Travel' })
  const expense = await core.expenses.record(owner, {
    category: { name: 'Travel' },
    spentAt: fromLocalSeconds(Math.floor(noon / 1000)),
    description: 'Train',
    amount: decimal('12.50'),
    tagNames: ['One', 'Two'],
    clientId: client.id,
  })
  await core.expenses.update(owner, expense.id, { description: 'Train home' })
  const bytes = Buffer.from(`%PDF-1.4 of ${letter}`)
  await core.receipts.attach(
    owner,
    expense.id,
    await core.receipts.keep(owner, { bytes, fileName: 'ticket.pdf' }),
  )
  const startedAt = noon - 3_600_000
  await core.time.log(owner, { startedAt, endedAt: noon, description: 'Work' })
}

async function* nothing(): AsyncGenerator<string> {}

test('every column that looks like a reference is known to be one, or not to be', async () => {
  assert.deepEqual(unknownReferences(await schemaOf(migrations.map(({ name }) => name))), [])
})
