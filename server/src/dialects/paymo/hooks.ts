// The resource of webhooks. Everybody sees their own.

import { invalid, notFound } from '../../core/errors.ts'
import type { Webhook } from '../../core/webhooks/nouns.ts'
import type { Call } from './call.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { type Filter, type Resource, type Row, relations } from './resource.ts'
import { parseWhere } from './where.ts'
import { datetime } from './wire.ts'

const models =
  'Client ClientContact Project Tasklist Task Invoice InvoicePayment Entry Milestone Report Expense Estimate Comment User ' +
  'Booking'
const eventShape = new RegExp(
  `^(?:\\*|(?:model|\\*)\\.(?:(?:insert|update|delete|\\*)\\.(?:${models.replaceAll(' ', '|')}|\\*)|(?:start|stop)\\.(?:Entry|\\*))|\\*\\.(?:${models.replaceAll(' ', '|')}))$`,
)

/** The resource of webhooks. */
export const hooks: Resource = {
  name: 'hooks',
  fields: ['id', 'target_url', 'event', 'where', 'last_status_code', 'created_on', 'updated_on'],
  extras: [],
  relations: relations({}),
  sorts: Object.fromEntries(['id', 'event', 'target_url', 'created_on', 'updated_on'].map((f) => [f, f])),
  lasting: true,
  page: readHooks,
  async create({ core, actor }, input) {
    const wanted = parseHook(input)
    if (wanted.url === undefined) throw missing('target_url')
    if (wanted.events === undefined) throw missing('event')
    return (await core.webhooks.add(actor, { ...wanted, url: wanted.url, events: wanted.events })).id
  },
  async update(call, id, input) {
    await readHook(call, id)
    await call.core.webhooks.update(call.actor, id, parseHook(input))
  },
  async remove(call, id) {
    await readHook(call, id)
    await call.core.webhooks.remove(call.actor, id)
  },
}

async function readHooks({ core, actor }: Call, { ids }: Filter): Promise<Row[]> {
  const all = await core.webhooks.list(actor)
  const own = all.filter(({ id, personId }) => personId === actor.personId && (ids?.includes(id) ?? true))
  return own.map((hook) => ({ id: hook.id, revision: hook.revision, object: presentHook(hook) }))
}

// An admin reaches everybody's in the book; here one sees one's own alone.
async function readHook({ core, actor }: Call, id: number): Promise<void> {
  if ((await core.webhooks.read(actor, id)).personId !== actor.personId) throw notFound('webhook')
}

function presentHook(hook: Webhook) {
  return {
    id: hook.id,
    target_url: hook.url,
    event: hook.events[0] ?? '*',
    where: hook.filter === '' ? null : hook.filter,
    last_status_code: hook.lastStatus,
    created_on: datetime(hook.createdAt),
    updated_on: datetime(hook.updatedAt),
  }
}

function parseHook(input: Input) {
  const read = fieldsOf(input)
  const event = read.text('event')
  const filter = read.text('where')
  if (event !== undefined && !eventShape.test(event)) {
    throw invalid('event', 'unknown_value', `Unknown event: ${event.slice(0, 60)}`)
  }
  // With a wildcard, the words may fit some of the objects only: they are tried at delivery.
  if (filter !== undefined && event?.includes('*') !== true) {
    const conditions = parseWhere(filter)
    if ('problem' in conditions) throw invalid('where', 'format', conditions.problem)
  }
  return given({
    url: read.text('target_url') || undefined,
    events: event === undefined ? undefined : [event],
    filter,
    secret: read.text('secret'),
  })
}
