// Webhooks: who wants to be told about events, and where.

import Type from 'typebox'
import type { Webhook } from '../../core/webhooks/nouns.ts'
import { maxEvents, type WebhookInput } from '../../core/webhooks/verbs.ts'
import { choice, idOf, keptFields, readOnly, shown, words } from '../fields.ts'
import { keptFilters } from '../filters.ts'
import { resource } from '../resource.ts'
import { nullable } from '../wire.ts'

const events = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: maxEvents })

/** Webhooks. */
export const webhooks = resource({
  noun: 'webhook',
  object: 'webhook',
  type: 'Webhook',
  types: 'Webhooks',
  path: 'webhooks',
  one: 'a webhook',
  many: 'Webhooks',
  about:
    'An address that is told about events such as `expense.created`; without events, about all. What it is told, its person may see. The secret signs messages and is never shown.',
  fields: {
    person_id: readOnly<Webhook>(idOf('personId')),
    url: words('url', { required: true, max: 2000 }),
    events: {
      out: events,
      in: events,
      show: (webhook) => webhook.events,
      take(value, given) {
        given.events = value
      },
    },
    secret: {
      out: Type.Null(),
      in: nullable(Type.String({ maxLength: 500 })),
      hidden: true,
      show: () => null,
      take(value, given) {
        given.secret = value
      },
    },
    state: { ...choice('state', ['active', 'paused']), about: 'A new one is active.' },
    last_status: shown(
      nullable(Type.Integer()),
      (webhook: Webhook) => webhook.lastStatus,
      'What the target answered last; null before the first delivery.',
    ),
    ...keptFields,
  },
  filters: keptFilters,
  sorts: { id: 'id' },
  order: 'id',
  relations: {},
  verbs: {
    async add(core, actor, { state, ...given }) {
      const added = await core.webhooks.add(actor, { events: [], ...given } as unknown as WebhookInput)
      return state === 'paused' ? core.webhooks.update(actor, added.id, { state }) : added
    },
    update: (core, actor, id, given) =>
      core.webhooks.update(actor, id, given as Partial<WebhookInput> & Pick<Partial<Webhook>, 'state'>),
    remove: (core, actor, id) => core.webhooks.remove(actor, id),
    restore: (core, actor, id) => core.webhooks.restore(actor, id),
  },
  examples: {
    create: { url: 'https://hooks.example/daybook', events: ['expense.created'], secret: 'a shared secret' },
    update: { state: 'paused' },
  },
})
