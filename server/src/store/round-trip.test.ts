// Every field of every noun comes back from the database exactly as it went in, on both engines.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import { forEachEngine } from '../../test/harness.ts'
import { scopes } from '../core/access.ts'
import { doors } from '../core/actor.ts'
import { ledgerKinds, units } from '../core/catalogue/nouns.ts'
import { fromLocalSeconds, type LocalDate, timeZone } from '../core/day.ts'
import { type Decimal, fromUnits } from '../core/decimal.ts'
import type { Entities, Noun } from '../core/entity.ts'
import type { BookEvent, NewEvent } from '../core/events.ts'
import { reportStates } from '../core/expenses/nouns.ts'
import { frequencies, invoiceStates, recurringStates } from '../core/invoices/nouns.ts'
import { currency, maxAmountMinor } from '../core/money.ts'
import { subjectNouns } from '../core/notes/nouns.ts'
import { credentialKinds, roles } from '../core/people/nouns.ts'
import type { Store } from '../core/ports.ts'
import { maxTextLength } from '../core/text.ts'
import { openStore } from './index.ts'

const texts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'it\'s "quoted" \\ back\\\\slash; -- comment /* */ $1 ? :name @p %s %',
    'emoji 👩‍👩‍👧‍👦 𝒳 \u{10ffff}',
    'e\u0301 stays decomposed, é composed',
    'tab\tnewline\r\nbell\u0007delete\u007f',
    '\ufeff\u200b\u202e\u2028\ufffd\uffff',
    "Robert'); drop table expenses; --",
    'x'.repeat(maxTextLength),
    '漢'.repeat(maxTextLength),
    '😀'.repeat(maxTextLength / 2),
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .string({ unit: 'binary', maxLength: 40 })
    .filter((text) => text.isWellFormed() && !text.includes('\u0000')),
)
const flags = fc.boolean()
const ids = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, Number.MAX_SAFE_INTEGER))
const instants = fc.oneof(
  fc.integer({ min: -1e12, max: 2e12 }),
  fc.constantFrom(0, -1, Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')),
)
const seconds = fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER))
const minor = fc.oneof(
  fc.bigInt(-maxAmountMinor, maxAmountMinor),
  fc.constantFrom(0n, 1n, -1n, maxAmountMinor, -maxAmountMinor),
)
const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.integer({ min: 0, max: 6 }))
  .map(([value, scale]) => fromUnits(value, scale))
const days = fc.constantFrom('0001-01-01', '2024-02-29', '9999-12-31').map((day) => day as LocalDate)
const localTimes = fc
  .integer({
    min: Date.parse('0001-01-01T00:00:00Z') / 1000,
    max: Date.parse('9999-12-31T23:59:59Z') / 1000,
  })
  .map(fromLocalSeconds)
const zones = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires').map(timeZone)
const currencies = fc.constantFrom('EUR', 'JPY', 'KWD').map(currency)
const states = fc.constantFrom('active' as const, 'archived' as const)
const tagIds = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 8 })
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })

type Fields<N extends Noun> = Omit<
  Entities[N],
  'id' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'organizationId'
>

const entry = { name: texts, comment: texts, color: texts, state: states }
const worked = { code: texts, billable: flags, hourlyRate: orNull(decimals) }
const subject = { subjectNoun: fc.constantFrom(...subjectNouns), subjectId: ids }
const placed = { personId: ids, clientId: orNull(ids), projectId: orNull(ids), activityId: orNull(ids) }
const billing = {
  billable: flags,
  billed: flags,
  invoiceId: orNull(ids),
  invoiceLineId: orNull(ids),
  tagIds,
}
const budget = {
  budgetMinor: orNull(minor),
  budgetSeconds: orNull(seconds),
  budgetPeriod: fc.constantFrom('total' as const, 'month' as const),
}
const idLists = fc.uniqueArray(ids, { maxLength: 4 })
const letters = {
  email: texts,
  phone: texts,
  website: texts,
  addressLine1: texts,
  addressLine2: texts,
  postalCode: texts,
  city: texts,
  region: texts,
  country: texts,
  taxNumber: texts,
}

/** The fields of each noun; those that must be unique get the entity's number at the end. */
const fields: { readonly [N in Noun]: (id: number) => fc.Arbitrary<Fields<N>> } = {
  organization: () =>
    fc.record({
      name: texts,
      currency: currencies,
      timeZone: zones,
      distanceUnit: fc.constantFrom('mi' as const, 'km' as const),
      distanceRate: orNull(decimals),
      hourlyRate: orNull(decimals),
      dateOrder: fc.constantFrom('month-day' as const, 'day-month' as const),
      ...letters,
      invoicePattern: texts,
      invoiceDueDays: seconds,
    }),
  person: (id) =>
    fc.record({
      email: texts.map((text) => `${text.slice(0, 50)}@${id}`),
      username: texts.map((text) => `${text.slice(0, 50)}-${id}`),
      name: texts,
      timeZone: orNull(zones),
    }),
  membership: (id) =>
    fc.record({
      personId: fc.constant(id),
      role: fc.constantFrom(...roles),
      hourlyRate: orNull(decimals),
      costRate: orNull(decimals),
    }),
  credential: () =>
    fc.record({
      personId: ids,
      kind: fc.constantFrom(...credentialKinds),
      applicationId: orNull(ids),
      name: texts,
      scopes: fc.uniqueArray(fc.constantFrom('*', ...scopes)),
      expiresAt: orNull(instants),
    }),
  application: (id) =>
    fc.record({
      name: texts,
      identifier: texts.map((text) => `${text.slice(0, 50)}-${id}`),
      door: fc.constantFrom(...doors),
      redirectUris: fc.array(texts),
      scopes: fc.array(texts),
      confidential: flags,
      reach: fc.constantFrom('organization' as const, 'server' as const),
    }),
  client: () =>
    fc.record({
      ...entry,
      number: texts,
      currency: orNull(currencies),
      contactPerson: texts,
      ...letters,
      ...budget,
      billable: flags,
    }),
  project: () =>
    fc.record({
      ...entry,
      ...worked,
      ...budget,
      clientId: orNull(ids),
      startsOn: orNull(days),
      endsOn: orNull(days),
      memberIds: idLists,
      managerIds: idLists,
    }),
  activity: () =>
    fc.record({
      ...entry,
      ...worked,
      ...budget,
      projectId: orNull(ids),
      taskListId: orNull(ids),
      position: seconds,
      priority: seconds,
      startsOn: orNull(days),
      dueOn: orNull(days),
      completedAt: orNull(instants),
      completedById: orNull(ids),
      assigneeIds: idLists,
    }),
  category: (id) =>
    fc.record({
      ...entry,
      name: texts.map((text) => `${text.slice(0, 90)}${id}`),
      unit: orNull(fc.constantFrom(...units)),
      unitPrice: orNull(decimals),
    }),
  tag: (id) =>
    fc.record({ name: texts.map((text) => `${text.slice(0, 40)}${id}`), color: texts, state: states }),
  expense: () =>
    fc.record({
      ...placed,
      ...billing,
      reportId: ids,
      categoryId: ids,
      spentAt: localTimes,
      timeZone: zones,
      description: texts,
      quantity: decimals,
      unit: orNull(fc.constantFrom(...units)),
      unitPrice: decimals,
      currency: currencies,
      amount: decimals,
      amountMinor: minor,
      baseAmountMinor: minor,
      exchangeRate: orNull(decimals),
      exchangeSource: texts,
      exchangeOn: orNull(days),
    }),
  receipt: (id) =>
    fc.record({
      expenseId: ids,
      personId: ids,
      contentHash: texts,
      sizeBytes: seconds,
      mediaType: texts,
      fileName: texts,
      publicKey: fc.constant(`key ${id}`),
    }),
  expense_report: () =>
    fc.record({
      personId: ids,
      name: texts,
      state: fc.constantFrom(...reportStates),
      isDefault: fc.constant(false),
    }),
  time_entry: () =>
    fc.record({
      ...placed,
      ...billing,
      startedAt: instants,
      endedAt: orNull(instants),
      timeZone: zones,
      timed: flags,
      breakSeconds: seconds,
      durationSeconds: orNull(seconds),
      description: texts,
      hourlyRate: orNull(decimals),
      fixedRate: orNull(decimals),
    }),
  note: () =>
    fc.record({
      ...subject,
      personId: ids,
      body: texts,
      todo: flags,
      assigneeId: orNull(ids),
      completedAt: orNull(instants),
      completedById: orNull(ids),
      pinned: flags,
    }),
  property: () => fc.record({ ...subject, space: texts, name: texts, value: orNull(texts) }),
  contact: () =>
    fc.record({
      clientId: ids,
      firstName: texts,
      lastName: texts,
      email: texts,
      phone: texts,
      mobile: texts,
      department: texts,
      jobTitle: texts,
      comment: texts,
      main: flags,
    }),
  task_list: () => fc.record({ ...entry, projectId: ids, position: seconds }),
  team: () =>
    fc.record({
      ...entry,
      memberIds: idLists,
      leadIds: idLists,
      clientIds: idLists,
      projectIds: idLists,
      activityIds: idLists,
    }),
  tax_rate: () => fc.record({ ...entry, percent: decimals, country: texts }),
  product: () =>
    fc.record({
      ...entry,
      identifier: texts,
      unitPrice: decimals,
      currency: orNull(currencies),
      taxRateId: orNull(ids),
      ledgerAccountId: orNull(ids),
    }),
  ledger_account: () => fc.record({ ...entry, number: texts, kind: fc.constantFrom(...ledgerKinds) }),
  custom_field: () => fc.record({ ...entry, subjectNoun: fc.constantFrom(...subjectNouns), label: texts }),
  rate: () =>
    fc.record({
      clientId: orNull(ids),
      projectId: orNull(ids),
      activityId: orNull(ids),
      personId: orNull(ids),
      amount: decimals,
      costAmount: orNull(decimals),
      fixed: flags,
      validFrom: orNull(days),
    }),
  invoice: (id) =>
    fc.record({
      clientId: ids,
      personId: ids,
      number: orNull(fc.constant(`number ${id}`)),
      state: fc.constantFrom(...invoiceStates),
      currency: currencies,
      issuedOn: orNull(days),
      dueOn: orNull(days),
      title: texts,
      reference: texts,
      notes: texts,
      footer: texts,
      billTo: texts,
      discountPercent: decimals,
      pricesIncludeTax: flags,
      taxes: fc.array(
        fc.record(
          { name: texts, percent: decimals, compound: flags, taxRateId: orNull(ids) },
          { noNullPrototype: true },
        ),
        { maxLength: 3 },
      ),
      subtotalMinor: minor,
      discountMinor: minor,
      taxAmounts: fc.array(minor.map(String), { maxLength: 3 }),
      totalMinor: minor,
      paidMinor: minor,
      sentAt: orNull(instants),
      viewedAt: orNull(instants),
      paidAt: orNull(instants),
      publicKey: fc.constant(`key ${id}`),
    }),
  invoice_line: () =>
    fc.record({
      invoiceId: ids,
      position: seconds,
      title: texts,
      description: texts,
      quantity: decimals,
      unitPrice: decimals,
      amountMinor: minor,
      taxes: idLists,
      projectId: orNull(ids),
      expenseId: orNull(ids),
      productId: orNull(ids),
      ledgerAccountId: orNull(ids),
      from: orNull(days),
      to: orNull(days),
    }),
  payment: () => fc.record({ invoiceId: ids, amountMinor: minor, paidOn: days, comment: texts }),
  recurring_invoice: () =>
    fc.record({
      clientId: ids,
      personId: ids,
      frequency: fc.constantFrom(...frequencies),
      startsOn: days,
      endsOn: orNull(days),
      maxInvoices: orNull(seconds),
      notes: texts,
      autoSend: flags,
      lines: fc.array(
        fc.record(
          { title: texts, description: texts, quantity: decimals, unitPrice: decimals },
          { noNullPrototype: true },
        ),
        { maxLength: 3 },
      ),
      state: fc.constantFrom(...recurringStates),
      generated: seconds,
      nextOn: orNull(days),
      lastOn: orNull(days),
    }),
  webhook: () =>
    fc.record({
      personId: ids,
      door: fc.constantFrom(...doors),
      url: texts,
      events: fc.array(texts, { maxLength: 3 }),
      filter: texts,
      token: texts,
      state: fc.constantFrom('active' as const, 'paused' as const),
      lastStatus: orNull(seconds),
      lastSequence: seconds,
    }),
}

const nouns = Object.keys(fields) as Noun[]
const unowned: ReadonlySet<Noun> = new Set<Noun>(['organization', 'person'])

forEachEngine('What is kept', (engine) => {
  let store: Store
  let lastId = 0
  before(async () => {
    store = engine.closing(await openStore(await engine.freshAddress()))
  })

  /** An entity of its own number with any fields, in a revision. */
  function anyOf<N extends Noun>(noun: N, id: number, revision: number): fc.Arbitrary<Entities[N]> {
    const owner = unowned.has(noun) ? {} : { organizationId: 7 }
    return fc
      .tuple(fields[noun](id), instants, instants, orNull(instants))
      .map(
        ([own, createdAt, updatedAt, deletedAt]) =>
          ({ ...owner, ...own, id, revision, createdAt, updatedAt, deletedAt }) as unknown as Entities[N],
      )
  }

  for (const noun of nouns) {
    test(`of a ${noun.replace('_', ' ')} is every field, after the first write and after a change`, async () => {
      const pairs = fc.noShrink(
        fc.constant(null).chain(() => {
          lastId += 1
          return fc.tuple(anyOf(noun, lastId, 1), anyOf(noun, lastId, 2))
        }),
      )
      await fc.assert(
        fc.asyncProperty(pairs, async ([first, second]) => {
          await store.write(null, (tx) => tx.insert(noun, first))
          assert.deepEqual(await store.byId(noun, 7, [first.id]), [first])
          assert.equal(await store.write(null, (tx) => tx.update(noun, second)), true)
          assert.deepEqual(await store.byId(noun, 7, [first.id]), [second])
          assert.equal(
            await store.write(null, (tx) => tx.update(noun, second)),
            false,
            'The revision before is gone.',
          )
        }),
        { numRuns: 15 },
      )
    })

    if (unowned.has(noun)) continue
    test(`of a ${noun.replace('_', ' ')} is out of reach of another organization`, async () => {
      lastId += 1
      const [mine] = fc.sample(anyOf(noun, lastId, 1), 1)
      assert.ok(mine)
      await store.write(null, (tx) => tx.insert(noun, mine))
      assert.deepEqual(await store.byId(noun, 8, [mine.id]), [])
      const theirs = { ...mine, organizationId: 8, revision: 2 }
      assert.equal(await store.write(null, (tx) => tx.update(noun, theirs)), false)
      assert.deepEqual(await store.byId(noun, 7, [mine.id]), [mine])
    })
  }

  test('refuses numbers and texts that it would have to change', async () => {
    lastId += 1
    const [tag] = fc.sample(anyOf('tag', lastId, 1), 1)
    const [project] = fc.sample(anyOf('project', lastId, 1), 1)
    assert.ok(tag && project)
    for (const name of ['a\u0000b', '\ud83d', 'x\udc00']) {
      await assert.rejects(
        store.write(null, (tx) => tx.insert('tag', { ...tag, name })),
        RangeError,
      )
    }
    for (const budgetSeconds of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      await assert.rejects(
        store.write(null, (tx) => tx.insert('project', { ...project, budgetSeconds })),
        RangeError,
      )
    }
    assert.deepEqual(await store.byId('tag', 7, [tag.id]), [])
    assert.deepEqual(await store.byId('project', 7, [project.id]), [])
  })

  test('is the log, with each entity before and after as JSON carries it', async () => {
    const [before, after] = fc.sample(anyOf('expense', 1, 1), 2)
    assert.ok(before && after)
    await store.write(null, async (tx) => {
      const [organization] = fc.sample(anyOf('organization', 900, 1), 1)
      if (organization) await tx.insert('organization', organization)
    })
    const base: NewEvent = {
      at: -1,
      personId: null,
      door: 'command',
      requestId: 'request "1"',
      noun: 'expense',
      entityId: 1,
      action: 'updated',
      before,
      after,
    }
    const events: NewEvent[] = [base, { ...base, before: null }, { ...base, after: null, personId: 5 }]
    await store.write(900, (tx) => tx.append(900, events))
    const asJson = (entity: object | null) =>
      entity && JSON.parse(JSON.stringify(entity, (_, v) => (typeof v === 'bigint' ? Number(v) : v)))
    const expected = events.map(
      (event, i): BookEvent => ({
        ...event,
        organizationId: 900,
        sequence: i + 1,
        before: asJson(event.before),
        after: asJson(event.after),
      }),
    )
    assert.deepEqual(await store.events(900, 0, 10), expected)
    assert.deepEqual(await store.events(900, 1, 1), expected.slice(1, 2))
    assert.deepEqual(await store.events(900, 3, 10), [])
    assert.deepEqual(await store.events(901, 0, 10), [])
  })

  describe('Numbers of new entities', () => {
    test('are given out once, count up from 1, and pass over those that are taken', async () => {
      const next = () => store.write(null, (tx) => tx.nextId('note'))
      const reserve = (id: number) => store.write(null, (tx) => tx.reserveId('note', id))
      await reserve(1)
      assert.equal(await next(), 2)
      await reserve(10)
      await reserve(5)
      assert.equal(await next(), 11)
      await reserve(11)
      await reserve(12)
      assert.equal(await next(), 13)
      const many = await Promise.all(Array.from({ length: 50 }, next))
      assert.equal(new Set(many).size, 50)
      assert.equal(Math.min(...many), 14)
    })
  })

  test('settings can be set, changed and taken away', async () => {
    const set = (value: string | null) => store.write(null, (tx) => tx.setSetting('a name', value))
    assert.equal(await store.people.setting('a name'), null)
    for (const value of ['one', "two ' \\ 😀", '', null]) {
      await set(value)
      assert.equal(await store.people.setting('a name'), value)
    }
  })

  test('a thousand and five hundred entities are read by their numbers at once', async () => {
    const made = fc.sample(anyOf('expense', 1, 1), { numRuns: 1, seed: 5 })[0]
    assert.ok(made)
    const wanted = Array.from({ length: 1500 }, (_, i) => 100_000 + i)
    const all = wanted.map((id) => ({ ...made, id, description: `${id}`, tagIds: [id, 1, id + 1] }))
    await store.write(null, async (tx) => {
      for (const expense of all) await tx.insert('expense', expense)
    })
    const asked = [...wanted.toReversed(), 5_000_000, 0, -1, ...wanted.slice(0, 700)]
    const found = await store.byId('expense', 7, asked)
    assert.deepEqual(
      found.toSorted((a, b) => a.id - b.id),
      all,
    )
    assert.deepEqual(await store.byId('expense', 7, []), [])
    assert.deepEqual(await store.byId('expense', 7, [Number.NaN, 1.5, 2 ** 60, Number.POSITIVE_INFINITY]), [])
  })
})
