// What the door answers in a small administration, kept as files to be read: one for each scenario, named by its sentence.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Reply } from '../../../test/door-client.ts'
import { openGoldens } from '../../../test/golden.ts'
import { createTestEngine } from '../../../test/harness.ts'
import { type Story, tellStory } from '../../../test/moneybird-story.ts'

type Scenario = readonly [sentence: string, status: number, call: (story: Story) => Promise<Reply>]

const get =
  (path: (ids: Story['ids']) => string): Scenario[2] =>
  ({ owner, ids }) =>
    owner.get(path(ids))

const entry = (more: object): Scenario[2] => {
  const times = { started_at: '2026-05-20T13:00:20+02:00', ended_at: '2026-05-20T14:00:50+02:00' }
  return ({ owner, ids }) =>
    owner.post('/time_entries.json', {
      time_entry: { user_id: ids.user, description: 'Bouwen', ...times, ...more },
    })
}

const scenarios: readonly Scenario[] = [
  ['lists the administrations', 200, ({ owner }) => owner.send('GET', '/administrations.json')],
  ['lists the time entries of this year', 200, get(() => '/time_entries.json')],
  ['lists the time entries with the running one', 200, get(() => '/time_entries?filter=include_active:true')],
  ['lists what waits for an invoice', 200, get(() => '/time_entries?filter=state:open,period:this_month')],
  ['reads an entry that is billed', 200, get(({ billed }) => `/time_entries/${billed}`)],
  ['reads an entry with a to-do', 200, get(({ free }) => `/time_entries/${free}.json`)],
  ['lists the users', 200, get(() => '/users')],
  ['lists the projects', 200, get(() => '/projects')],
  ['lists the contacts', 200, get(() => '/contacts')],
  ['lists the sales invoices', 200, get(() => '/sales_invoices')],
  ['lists the versions of the invoices', 200, get(() => '/sales_invoices/synchronization')],
  ['lists the ledger accounts', 200, get(() => '/ledger_accounts')],
  ['lists the tax rates', 200, get(() => '/tax_rates')],
  ['lists the products', 200, get(() => '/products')],
  ['lists the workflows', 200, get(() => '/workflows')],
  ['lists the document styles', 200, get(() => '/document_styles')],
  ['lists the identities', 200, get(() => '/identities')],
  ['lists the custom fields', 200, get(() => '/custom_fields')],
  ['lists the webhooks', 200, get(() => '/webhooks')],
  ['refuses too large a page', 400, get(() => '/time_entries?per_page=101')],
  ['refuses a period that is none', 400, get(() => '/time_entries?filter=period:202601')],
  ['refuses a contact in a filter that is not there', 404, get(() => '/time_entries?filter=contact_id:999')],
  ['does not know an entry', 404, get(() => '/time_entries/999')],
  ['does not know an invoice by its number', 404, get(() => '/sales_invoices/find_by_invoice_id/1337')],
  [
    'refuses an entry that ends before it starts',
    422,
    entry({ ended_at: '2026-05-20T12:00:00+02:00', description: '' }),
  ],
  ['refuses XML', 406, get(() => '/time_entries.xml')],
  ['refuses a path that is none', 404, get(() => '/receipts')],
  ['creates an entry', 201, entry({})],
  [
    'creates an entry for a contact and a project',
    201,
    ({ owner, ids, book }) => entry({ contact_id: ids.acme, project_id: ids.site })({ owner, ids, book }),
  ],
  [
    'stops the running entry',
    200,
    async ({ owner }) => {
      const list = (await owner.get('/time_entries?filter=include_active:true')).json<
        { id: string; ended_at: unknown }[]
      >()
      return owner.patch(`/time_entries/${list.find(({ ended_at }) => ended_at === null)?.id}/stop.json`)
    },
  ],
  ['resumes an entry', 200, ({ owner, ids }) => owner.patch(`/time_entries/${ids.free}/resume.json`)],
]

describe('The answers of a small administration', () => {
  const goldens = openGoldens(new URL('golden/', import.meta.url))
  const engine = createTestEngine('sqlite')
  let story: Story
  before(async () => {
    story = await tellStory(engine)
  })

  for (const [sentence, status, call] of scenarios) {
    test(sentence, async () => {
      const reply = await call(story)
      assert.equal(reply.status, status, reply.text)
      goldens.check(sentence, { kind: 'json', text: reply.text })
    })
  }

  test('no file is left over from a scenario that is gone', () => goldens.checkNothingLeft())
})
