// Lists: every filter of every noun against a plain model of it, pages in both directions, counts and bounds.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import { forEachEngine, noon } from '../../test/harness.ts'
import { doors } from '../core/actor.ts'
import { ledgerKinds } from '../core/catalogue/nouns.ts'
import { type LocalDate, type LocalDateTime, timeZone } from '../core/day.ts'
import { decimal } from '../core/decimal.ts'
import type { Entities } from '../core/entity.ts'
import { reportStates } from '../core/expenses/nouns.ts'
import { frequencies, invoiceStates, recurringStates } from '../core/invoices/nouns.ts'
import { currency } from '../core/money.ts'
import { maxPageSize, type Range } from '../core/page.ts'
import { credentialKinds } from '../core/people/nouns.ts'
import type { Store } from '../core/ports.ts'
import type { ListedNoun, Queries } from '../core/queries.ts'
import { fold } from '../core/text.ts'
import { openStore } from './index.ts'

const organizationId = 1

// Texts that tell a wildcard from a character, and one alphabet's capitals from none.
const words = [
  ...['', 'Lunch', 'LUNCH', '100%', '100', 'a_b', 'axb', 'back\\slash', 'back\\\\slash', "it's", '"', '--'],
  ...[
    'ÄRGER',
    'ärger',
    'a\u0308rger',
    'ΟΔΟΣ',
    'οδός',
    'МОСКВА',
    'москва',
    'ﬁ',
    '漢字',
    '👩‍👩‍👧',
    '%',
    '_',
    '\\',
    '%_\\',
  ],
]

type Fields<N extends ListedNoun> = Omit<
  Entities[N],
  'id' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt'
>

const small = fc.integer({ min: 1, max: 4 })
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const flag = fc.boolean()
const word = fc.constantFrom(...words)
const state = fc.constantFrom('active' as const, 'archived' as const)
const localTimes = [
  '0001-01-01T00:00:00',
  '2026-05-20T12:00:00',
  '2026-05-20T12:00:01',
  '9999-12-31T23:59:59',
]
const local = fc.constantFrom(...localTimes).map((time) => time as LocalDateTime)
const instant = fc.constantFrom(-1000, 0, 1000, noon, noon + 1000)
const zone = fc.constant(timeZone('UTC'))
const minor = fc.constantFrom(-(10n ** 15n), -1n, 0n, 1n, 100n, 10n ** 15n)
const worked = { comment: word, color: word, code: word, billable: flag, hourlyRate: fc.constant(null) }
const placed = {
  personId: small,
  clientId: orNull(small),
  projectId: orNull(small),
  activityId: orNull(small),
}
const billing = {
  billable: flag,
  billed: flag,
  invoiceId: orNull(small),
  invoiceLineId: orNull(small),
  tagIds: fc.uniqueArray(small, { maxLength: 3 }),
}
const budget = {
  budgetMinor: fc.constant(null),
  budgetSeconds: orNull(small),
  budgetPeriod: fc.constant('total' as const),
}
const shown = { name: word, comment: word, color: word, state }
const day = fc.constantFrom('2026-01-31', '2026-05-20', '2026-12-01').map((text) => text as LocalDate)
const price = fc.constantFrom('0', '9.5', '10', '-2.25').map(decimal)
const fewIds = fc.uniqueArray(small, { maxLength: 3 })
const subject = {
  subjectNoun: fc.constantFrom('client' as const, 'expense' as const),
  subjectId: small,
}

/** Rows of each noun, many of them alike, so that filters have something to tell apart. */
const rows: { readonly [N in ListedNoun]: (id: number) => fc.Arbitrary<Omit<Fields<N>, 'organizationId'>> } =
  {
    membership: (id) =>
      fc.record({
        personId: fc.constant(id),
        role: fc.constantFrom('member', 'admin', 'owner'),
        hourlyRate: fc.constant(null),
        costRate: fc.constant(null),
      }),
    credential: () =>
      fc.record({
        personId: small,
        kind: fc.constantFrom(...credentialKinds),
        applicationId: fc.option(small, { nil: null }),
        name: word,
        scopes: fc.constant(['*']),
        expiresAt: fc.constant(null),
      }),
    application: (id) =>
      fc.record({
        name: word,
        identifier: fc.constant(`identifier ${id}`),
        door: fc.constantFrom(...doors),
        redirectUris: fc.constant([]),
        scopes: fc.constant([]),
        confidential: flag,
        reach: fc.constantFrom('organization' as const, 'server' as const),
      }),
    client: () =>
      fc.record({
        name: word,
        number: word,
        currency: fc.constant(null),
        ...{
          contactPerson: word,
          email: word,
          phone: word,
          website: word,
          addressLine1: word,
          addressLine2: word,
        },
        ...{
          postalCode: word,
          city: word,
          region: word,
          country: word,
          taxNumber: word,
          comment: word,
          color: word,
        },
        billable: flag,
        ...budget,
        state,
      }),
    project: () =>
      fc.record({
        ...worked,
        name: word,
        clientId: orNull(small),
        ...budget,
        startsOn: orNull(day),
        endsOn: fc.constant(null),
        memberIds: fewIds,
        managerIds: fewIds,
        state,
      }),
    activity: () =>
      fc.record({
        ...worked,
        ...budget,
        name: word,
        projectId: orNull(small),
        taskListId: orNull(small),
        position: small,
        priority: small,
        startsOn: fc.constant(null),
        dueOn: orNull(day),
        completedAt: orNull(instant),
        completedById: orNull(small),
        assigneeIds: fewIds,
        state,
      }),
    category: (id) =>
      fc.record({
        name: fc.constant(`${words[id % words.length]}${id > words.length ? id : ''}`),
        unit: fc.constant(null),
        unitPrice: fc.constant(null),
        comment: word,
        color: word,
        state,
      }),
    tag: (id) =>
      fc.record({
        name: fc.constant(`${words[id % words.length]}${id > words.length ? id : ''}`),
        color: word,
        state,
      }),
    expense: () =>
      fc.record({
        ...placed,
        ...billing,
        reportId: small,
        categoryId: small,
        spentAt: local,
        timeZone: zone,
        description: fc.tuple(word, word).map(([a, b]) => `${a} ${b}`),
        quantity: fc.constant(decimal('1')),
        unit: fc.constant(null),
        unitPrice: fc.constant(decimal('1')),
        currency: fc.constant(currency('EUR')),
        amount: fc.constant(decimal('1')),
        amountMinor: minor,
        baseAmountMinor: minor,
        exchangeRate: fc.constant(null),
        exchangeSource: fc.constant(''),
        exchangeOn: fc.constant(null),
      }),
    receipt: (id) =>
      fc.record({
        expenseId: small,
        personId: small,
        contentHash: word,
        sizeBytes: small,
        mediaType: word,
        fileName: word,
        publicKey: fc.constant(`key ${id}`),
      }),
    expense_report: () =>
      fc.record({
        personId: small,
        name: word,
        state: fc.constantFrom(...reportStates),
        isDefault: fc.constant(false),
      }),
    time_entry: () =>
      fc.record({
        ...placed,
        ...billing,
        startedAt: instant,
        endedAt: orNull(instant),
        timeZone: zone,
        timed: flag,
        breakSeconds: small,
        durationSeconds: orNull(small),
        description: fc.tuple(word, word).map(([a, b]) => `${a} ${b}`),
        hourlyRate: fc.constant(null),
        fixedRate: fc.constant(null),
      }),
    note: () =>
      fc.record({
        ...subject,
        personId: small,
        body: word,
        todo: flag,
        assigneeId: fc.constant(null),
        completedAt: fc.constant(null),
        completedById: fc.constant(null),
        pinned: flag,
      }),
    property: () => fc.record({ ...subject, space: word, name: word, value: orNull(word) }),
    contact: () =>
      fc.record({
        clientId: small,
        firstName: word,
        lastName: word,
        email: word,
        phone: word,
        mobile: word,
        department: word,
        jobTitle: word,
        comment: word,
        main: flag,
      }),
    task_list: () => fc.record({ ...shown, projectId: small, position: small }),
    team: () =>
      fc.record({
        ...shown,
        memberIds: fewIds,
        leadIds: fewIds,
        clientIds: fewIds,
        projectIds: fewIds,
        activityIds: fewIds,
      }),
    tax_rate: () => fc.record({ ...shown, percent: price, country: word }),
    product: () =>
      fc.record({
        ...shown,
        identifier: word,
        unitPrice: price,
        currency: fc.constant(null),
        taxRateId: orNull(small),
        ledgerAccountId: orNull(small),
      }),
    ledger_account: () => fc.record({ ...shown, number: word, kind: fc.constantFrom(...ledgerKinds) }),
    custom_field: () => fc.record({ ...shown, subjectNoun: subject.subjectNoun, label: word }),
    rate: () =>
      fc.record({
        clientId: orNull(small),
        projectId: orNull(small),
        activityId: orNull(small),
        personId: orNull(small),
        amount: price,
        costAmount: fc.constant(null),
        fixed: flag,
        validFrom: orNull(day),
      }),
    invoice: (id) =>
      fc.record({
        clientId: small,
        personId: small,
        number: fc.constant(id % 4 === 0 ? null : `number ${id}`),
        state: fc.constantFrom(...invoiceStates),
        currency: fc.constant(currency('EUR')),
        issuedOn: orNull(day),
        dueOn: orNull(day),
        ...{ title: word, reference: word, notes: word, footer: word, billTo: word },
        discountPercent: price,
        pricesIncludeTax: flag,
        taxes: fc.constant([]),
        subtotalMinor: minor,
        discountMinor: minor,
        taxAmounts: fc.constant([]),
        totalMinor: minor,
        paidMinor: minor,
        ...{ sentAt: orNull(instant), viewedAt: orNull(instant), paidAt: orNull(instant) },
        publicKey: fc.constant(`key ${id}`),
      }),
    invoice_line: () =>
      fc.record({
        invoiceId: small,
        position: small,
        title: word,
        description: word,
        quantity: price,
        unitPrice: price,
        amountMinor: minor,
        taxes: fc.constant([]),
        projectId: orNull(small),
        expenseId: orNull(small),
        productId: fc.constant(null),
        ledgerAccountId: fc.constant(null),
        from: orNull(day),
        to: orNull(day),
      }),
    payment: () => fc.record({ invoiceId: small, amountMinor: minor, paidOn: day, comment: word }),
    recurring_invoice: () =>
      fc.record({
        clientId: small,
        personId: small,
        frequency: fc.constantFrom(...frequencies),
        startsOn: day,
        endsOn: orNull(day),
        maxInvoices: orNull(small),
        notes: word,
        autoSend: flag,
        lines: fc.constant([]),
        state: fc.constantFrom(...recurringStates),
        generated: small,
        nextOn: orNull(day),
        lastOn: orNull(day),
      }),
    webhook: () =>
      fc.record({
        personId: small,
        door: fc.constantFrom(...doors),
        url: word,
        events: fc.constant([]),
        filter: word,
        token: word,
        state: fc.constantFrom('active' as const, 'paused' as const),
        lastStatus: orNull(small),
        lastSequence: small,
      }),
  }

type Model = { readonly [N in ListedNoun]: readonly Entities[N][] }
type Loose = Record<string, unknown>

const among = (values: readonly unknown[], value: unknown) => values.includes(value)
const named = (names: readonly string[], name: string) => names.map(fold).includes(fold(name))

function inside<T extends number | bigint | string>({ from, to }: Range<T>, value: T): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to)
}

/** What a search looks at: a description, or else the name. */
function searched({ description, name, firstName, lastName }: Loose): string {
  return String(description ?? name ?? `${firstName} ${lastName}`.trim())
}

/** What each field of a query asks of a row. */
const meaning: { readonly [field: string]: (asked: never, row: Loose, model: Model) => boolean } = {
  ids: (ids: number[], row) => among(ids, row.id),
  createdAt: (range: Range<number>, row) => inside(range, row.createdAt as number),
  updatedAt: (range: Range<number>, row) => inside(range, row.updatedAt as number),
  personId: (id: number, row) => row.personId === id,
  kind: (kind: string, row) => row.kind === kind,
  applicationId: (id: number, row) => row.applicationId === id,
  names: (names: string[], row) => named(names, row.name as string),
  state: (state: string, row) => row.state === state,
  personIds: (ids: number[], row) => among(ids, row.personId),
  categoryIds: (ids: number[], row) => among(ids, row.categoryId),
  taskListIds: (ids: number[], row) => among(ids, row.taskListId),
  invoiceIds: (ids: number[], row) => among(ids, row.invoiceId),
  currency: (code: string, row) => row.currency === code,
  endedAt: (range: Range<number>, row) => row.endedAt !== null && inside(range, row.endedAt as number),
  issuedOn: (range: Range<string>, row) => row.issuedOn !== null && inside(range, row.issuedOn as string),
  dueOn: (range: Range<string>, row) => row.dueOn !== null && inside(range, row.dueOn as string),
  global: (global: boolean, row) => !global || row.projectId === null,
  identifier: (identifier: string, row) => row.identifier === identifier,
  number: (number: string, row) => row.number === number,
  reference: (reference: string, row) => row.reference === reference,
  door: (door: string, row) => row.door === door,
  roles: (wanted: string[], row) => among(wanted, row.role),
  states: (states: string[], row) => among(states, row.state),
  isDefault: (isDefault: boolean, row) => row.isDefault === isDefault,
  clientIds: (ids: number[], row) => among(ids, row.clientId),
  projectIds: (ids: number[], row) => among(ids, row.projectId),
  activityIds: (ids: number[], row) => among(ids, row.activityId),
  reportId: (id: number, row) => row.reportId === id,
  billed: (billed: boolean, row) => row.billed === billed,
  billable: (billable: boolean, row) => row.billable === billable,
  spentAt: (range: Range<LocalDateTime>, row) => inside<string>(range, row.spentAt as string),
  startedAt: (range: Range<number>, row) => inside(range, row.startedAt as number),
  baseAmountMinor: (range: Range<bigint>, row) => inside(range, row.baseAmountMinor as bigint),
  running: (running: boolean, row) => (row.endedAt === null) === running,
  text: (text: string, row) => fold(searched(row)).includes(fold(text)),
  categoryName: (name: string, row, model) =>
    model.category.some(
      (each) => each.id === row.categoryId && each.deletedAt === null && named([name], each.name),
    ),
  anyTagName: (names: string[], row, model) =>
    model.tag.some(
      (each) =>
        (row.tagIds as number[]).includes(each.id) && each.deletedAt === null && named(names, each.name),
    ),
  expenseIds: (ids: number[], row) => among(ids, row.expenseId),
  publicKey: (key: string, row) => row.publicKey === key,
  subjectNoun: (noun: string, row) => row.subjectNoun === noun,
  subjectIds: (ids: number[], row) => among(ids, row.subjectId),
  space: (space: string, row) => row.space === space,
  name: (name: string, row) => row.name === name,
}

const anyIds = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 7 })
const anyNames = fc.array(word, { maxLength: 4 })
const range = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Range<T>> =>
  fc.oneof(
    values.map((from) => ({ from })),
    values.map((to) => ({ to })),
    fc.tuple(values, values).map(([from, to]) => ({ from, to })),
  )
const boundedInstant = fc.oneof(instant, fc.constantFrom(-1e300, 1e300, 0.5, 2 ** 60))
const base = { ids: anyIds, createdAt: range(boundedInstant), updatedAt: range(boundedInstant) }
const catalogue = { ...base, names: anyNames, text: word, state }
const anyPlace = {
  personId: small,
  personIds: anyIds,
  invoiceIds: anyIds,
  clientIds: anyIds,
  projectIds: anyIds,
  activityIds: anyIds,
}
const search = fc.oneof(
  word,
  fc.constantFrom('u', 'LUNCH l', 'ς', 'x'.repeat(1000), '漢'.repeat(1000), '%'.repeat(1000)),
)

/** Any value for each field of each noun's query. */
const filters: { readonly [N in ListedNoun]: { readonly [field: string]: fc.Arbitrary<unknown> } } = {
  membership: { ...base, personId: small, roles: fc.uniqueArray(fc.constantFrom('member', 'owner')) },
  credential: {
    ...base,
    personId: small,
    kind: fc.constantFrom(...credentialKinds),
    applicationId: small,
  },
  application: base,
  client: catalogue,
  contact: { ...base, clientIds: anyIds, text: word },
  project: { ...catalogue, clientIds: anyIds },
  task_list: { ...catalogue, projectIds: anyIds },
  activity: { ...catalogue, projectIds: anyIds, taskListIds: anyIds, global: flag },
  tax_rate: catalogue,
  product: { ...catalogue, identifier: word },
  ledger_account: catalogue,
  team: catalogue,
  custom_field: { ...catalogue, subjectNoun: subject.subjectNoun },
  rate: { ...base, clientIds: anyIds, projectIds: anyIds, activityIds: anyIds, personIds: anyIds },
  invoice: {
    ...base,
    clientIds: anyIds,
    states: fc.uniqueArray(fc.constantFrom(...invoiceStates)),
    number: fc.constantFrom('number 1', 'NUMBER 1', 'number 99'),
    reference: word,
    issuedOn: range(day),
    dueOn: range(day),
  },
  invoice_line: { ...base, invoiceIds: anyIds, expenseIds: anyIds },
  payment: { ...base, invoiceIds: anyIds },
  recurring_invoice: {
    ...base,
    clientIds: anyIds,
    states: fc.uniqueArray(fc.constantFrom(...recurringStates)),
  },
  webhook: { ...base, personId: small, door: fc.constantFrom(...doors) },
  category: { ...catalogue, usedByPersonId: small },
  tag: { ...catalogue, usedByPersonId: small },
  expense: {
    ...base,
    ...anyPlace,
    reportId: small,
    categoryIds: anyIds,
    currency: fc.constantFrom('EUR', 'USD'),
    categoryName: word,
    anyTagName: anyNames,
    text: search,
    spentAt: range(local),
    baseAmountMinor: range(fc.oneof(minor, fc.constantFrom(10n ** 40n, -(10n ** 40n)))),
    billed: flag,
    billable: flag,
  },
  receipt: { ...base, expenseIds: anyIds, publicKey: fc.constantFrom('key 1', 'key 2', 'KEY 1', 'key') },
  expense_report: {
    ...base,
    personId: small,
    names: anyNames,
    states: fc.uniqueArray(fc.constantFrom(...reportStates)),
    isDefault: flag,
  },
  time_entry: {
    ...base,
    ...anyPlace,
    running: flag,
    startedAt: range(boundedInstant),
    endedAt: range(boundedInstant),
    anyTagName: anyNames,
    text: search,
    billed: flag,
    billable: flag,
  },
  note: { ...base, subjectNoun: subject.subjectNoun, subjectIds: anyIds },
  property: { ...base, subjectNoun: subject.subjectNoun, subjectIds: anyIds, space: word, name: word },
}

/** Sorts that lead from page to page by a cursor; what can be null cannot. */
const sorts: { readonly [N in ListedNoun]?: readonly string[] } = {
  expense: ['spentAt', 'updatedAt', 'createdAt', 'baseAmountMinor', 'personId'],
  time_entry: ['startedAt', 'updatedAt', 'createdAt', 'personId'],
  activity: ['position', 'priority', 'updatedAt'],
  task_list: ['position', 'projectId'],
  invoice: ['totalMinor', 'clientId', 'updatedAt'],
  payment: ['updatedAt'],
  invoice_line: ['position'],
}

/** Sorts of pages that are counted, and what they go by; null comes first. */
const countedSorts: {
  readonly [N in ListedNoun]?: Readonly<Record<string, (row: Loose, model: Model) => unknown>>
} = {
  expense: {
    clientId: (row) => row.clientId,
    invoiceLineId: (row) => row.invoiceLineId,
    unitPrice: (row) => Number(row.unitPrice),
  },
  time_entry: { endedAt: (row) => row.endedAt, durationSeconds: (row) => row.durationSeconds },
  activity: { dueOn: (row) => row.dueOn, projectId: (row) => row.projectId },
  invoice: { issuedOn: (row) => row.issuedOn, dueOn: (row) => row.dueOn },
}
const nouns = Object.keys(rows) as ListedNoun[]
const counts: { readonly [N in ListedNoun]?: number } = { expense: 90, time_entry: 90, category: 30, tag: 30 }

/** What a list is sorted by, as a number. */
function sortValue(row: Loose, sort: string): number {
  const value = row[sort]
  return typeof value === 'string' ? Date.parse(`${value}Z`) / 1000 : Number(value)
}

function expected<N extends ListedNoun>(noun: N, query: Loose, model: Model): Loose[] {
  const { sort = 'id', descending = false, deleted = 'without', limit = maxPageSize } = query
  const asked = Object.entries(query).filter(([field]) => field in meaning)
  const found = (model[noun] as unknown as Loose[]).filter((row) => {
    if (deleted !== 'with' && (row.deletedAt === null) !== (deleted === 'without')) return false
    if (query.usedByPersonId !== undefined && !isUsed(noun, row, query.usedByPersonId, model)) return false
    return asked.every(([field, value]) => meaning[field]?.(value as never, row, model))
  })
  const by = (row: Loose): [number, number] => [sortValue(row, sort as string), row.id as number]
  const ascending = found.toSorted((a, b) => by(a)[0] - by(b)[0] || by(a)[1] - by(b)[1])
  return (descending ? ascending.toReversed() : ascending).slice(0, limit as number)
}

function isUsed(noun: ListedNoun, row: Loose, personId: unknown, model: Model): boolean {
  return model.expense.some(
    (expense) =>
      expense.deletedAt === null &&
      expense.personId === personId &&
      (noun === 'tag' ? expense.tagIds.includes(row.id as number) : expense.categoryId === row.id),
  )
}

forEachEngine('A list', (engine) => {
  let store: Store
  let model: Model
  before(async () => {
    store = engine.closing(await openStore(await engine.freshAddress()))
    const made: Record<string, unknown[]> = {}
    for (const noun of nouns) {
      made[noun] = Array.from({ length: counts[noun] ?? 20 }, (_, i) => {
        const kept = fc.record({
          id: fc.constant(i + 1),
          revision: small,
          createdAt: instant,
          updatedAt: instant,
          deletedAt: fc.option(instant, { nil: null, freq: 3 }),
        })
        const [fields] = fc.sample(rows[noun](i + 1) as fc.Arbitrary<object>, { numRuns: 1, seed: i })
        const [common] = fc.sample(kept, { numRuns: 1, seed: i + 1000 })
        return { organizationId, ...fields, ...common }
      })
    }
    model = made as unknown as Model
    const insertAll = async <N extends ListedNoun>(noun: N) => {
      await store.write(null, async (tx) => {
        // Names and the like are unique among the living.
        for (const row of model[noun]) await tx.insert(noun, row as Entities[N])
        // The same rows elsewhere must never be among the answers.
        for (const row of model[noun].slice(0, 5)) {
          const other = `other ${row.id}`
          const open = noun === 'receipt' || noun === 'invoice'
          const unique = open ? { publicKey: other } : noun === 'application' ? { identifier: other } : {}
          await tx.insert(noun, { ...row, ...unique, organizationId: 2 } as unknown as Entities[N])
        }
      })
    }
    for (const noun of nouns) await insertAll(noun)
  })

  for (const noun of nouns) {
    for (const [field, values] of Object.entries(filters[noun])) {
      test(`of ${noun.replace('_', ' ')} rows filters by ${field}`, async () => {
        await fc.assert(
          fc.asyncProperty(values, async (value) => {
            const query = { organizationId, [field]: value } as unknown as Queries[typeof noun]
            const rows = expected(noun, query as Loose, model)
            assert.deepEqual(await store.list(noun, query), rows)
          }),
          { numRuns: 12 },
        )
      })
    }

    test(`of ${noun.replace('_', ' ')} rows filters by several fields at once, in any order and number`, async () => {
      const query = fc.record(
        {
          ...filters[noun],
          sort: fc.constantFrom('id', ...(sorts[noun] ?? [])),
          descending: flag,
          deleted: fc.constantFrom('without', 'with', 'only'),
          limit: fc.integer({ min: 1, max: 50 }),
        },
        { requiredKeys: [] },
      )
      await fc.assert(
        fc.asyncProperty(query, async (asked) => {
          const full = { ...asked, organizationId } as unknown as Queries[typeof noun]
          const rows = expected(noun, full as Loose, model)
          assert.deepEqual(await store.list(noun, full), rows)
          assert.deepEqual(
            (await store.stamps(noun, full)).map(({ id, revision }) => ({ id, revision })),
            rows.map(({ id, revision }) => ({ id, revision })),
          )
          const { limit: _, ...unlimited } = full as Loose
          assert.equal(await store.count(noun, full), expected(noun, unlimited, model).length)
        }),
        { numRuns: 25 },
      )
    })

    for (const sort of ['id', ...(sorts[noun] ?? [])]) {
      for (const descending of [false, true]) {
        test(`of ${noun.replace('_', ' ')} rows by ${sort}, ${descending ? 'down' : 'up'}, shows each row on one page`, async () => {
          const all = expected(noun, { organizationId, sort, descending, deleted: 'with' }, model)
          for (const limit of [1, 7, 1000]) {
            const walked: Loose[] = []
            let page: Loose[]
            do {
              const last = walked.at(-1)
              const after = last && { value: sortValue(last, sort), id: last.id }
              const query = {
                organizationId,
                sort,
                descending,
                deleted: 'with',
                limit,
                ...(after && { after }),
              }
              page = (await store.list(noun, query as unknown as Queries[typeof noun])) as unknown as Loose[]
              walked.push(...page)
            } while (page.length === limit && walked.length <= all.length)
            assert.deepEqual(walked, all)
          }
        })
      }
    }

    for (const [sort, by] of Object.entries(countedSorts[noun] ?? {})) {
      test(`of ${noun.replace('_', ' ')} rows by ${sort} comes in counted pages, null first`, async () => {
        const all = (model[noun] as unknown as Loose[]).toSorted((a, b) => {
          const [left, right] = [by(a, model), by(b, model)]
          if (left === right) return Number(a.id) - Number(b.id)
          if (left === null || right === null) return left === null ? -1 : 1
          return (left as number) < (right as number) ? -1 : 1
        })
        for (const descending of [false, true]) {
          const wanted = descending ? all.toReversed() : all
          const walked: unknown[] = []
          for (let offset = 0; offset < all.length; offset += 7) {
            const query = { organizationId, sort, descending, deleted: 'with', limit: 7, offset }
            walked.push(...(await store.list(noun, query as unknown as Queries[typeof noun])))
          }
          assert.deepEqual(walked, wanted)
        }
      })
    }
  }

  describe('is bounded', () => {
    test('to a thousand rows, and to one row at least', async () => {
      await store.write(null, async (tx) => {
        for (let id = 1; id <= 1005; id += 1) {
          const tag = model.tag[0]
          if (tag)
            await tx.insert('tag', { ...tag, id, organizationId: 3, name: `tag ${id}`, deletedAt: null })
        }
      })
      const length = async (limit: number | undefined) =>
        (await store.list('tag', { organizationId: 3, ...(limit === undefined ? {} : { limit }) })).length
      for (const limit of [undefined, 1000, 1001, 1e9, Number.POSITIVE_INFINITY]) {
        assert.equal(await length(limit), 1000)
      }
      for (const limit of [0, -5, 0.5, Number.NaN]) assert.equal(await length(limit), 1)
      assert.equal(await length(1.9), 1)
      assert.equal(await store.count('tag', { organizationId: 3 }), 1005)
      const rest = await store.list('tag', { organizationId: 3, after: { value: 1000, id: 1000 } })
      assert.deepEqual(
        rest.map((tag) => tag.id),
        [1001, 1002, 1003, 1004, 1005],
      )
    })

    test('to what exists: texts and numbers that no row can hold find nothing and break nothing', async () => {
      const odd = ['\u0000', 'Lunch\u0000', '%\u0000', '\ud800', 'x\udc00']
      for (const text of odd) {
        const asked: Queries['expense'][] = [
          { organizationId, text },
          { organizationId, categoryName: text },
          { organizationId, anyTagName: [text] },
        ]
        for (const query of asked) assert.deepEqual(await store.list('expense', query), [])
        assert.deepEqual(await store.list('tag', { organizationId, names: [text] }), [])
        assert.deepEqual(await store.list('receipt', { organizationId, publicKey: text }), [])
        assert.equal(await store.people.byLogin(text), undefined)
        assert.equal(await store.people.byDigest(text), undefined)
        assert.equal(await store.people.receiptByPublicKey(text), undefined)
        assert.equal(await store.people.setting(text), null)
      }
      for (const id of [Number.NaN, 1.5, 2 ** 53, 1e300, Number.NEGATIVE_INFINITY]) {
        assert.deepEqual(await store.list('expense', { organizationId, personId: id }), [])
        assert.deepEqual(await store.list('expense', { organizationId, ids: [id] }), [])
        assert.deepEqual(await store.list('expense', { organizationId: id }), [])
        assert.equal(await store.people.standing(id, null), undefined)
      }
    })

    test('with filters of many values', async () => {
      const ids = Array.from({ length: 1000 }, (_, i) => i + 1)
      const names = Array.from({ length: 1000 }, (_, i) => `no such ${i}`)
      const query = { organizationId, ids, clientIds: ids, projectIds: ids, activityIds: ids }
      const rows = expected('expense', query, model)
      assert.deepEqual(await store.list('expense', query), rows)
      assert.deepEqual(await store.list('expense', { organizationId, anyTagName: names }), [])
      assert.deepEqual(await store.list('tag', { organizationId, names }), [])
    })
  })
})
