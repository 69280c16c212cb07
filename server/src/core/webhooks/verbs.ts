// Verbs on webhooks: subscribing to events, each person for themselves.

import { require as requirePermission } from '../access.ts'
import type { Actor, Door } from '../actor.ts'
import { type Context, reader, readOwn, readToChange } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import { maxTextLength, text } from '../text.ts'
import type { Webhook } from './nouns.ts'

/** Subscriptions of one person at most. */
export const maxWebhooks = 100

/** Names of events in one subscription at most. */
export const maxEvents = 200

export type WebhookInput = {
  /** http or https; checked again before anything is sent there. */
  readonly url: string
  readonly events: readonly string[]
  readonly filter?: string
  /** Signs what is sent; never shown again. */
  readonly secret?: string | null
}

export type Webhooks = ReturnType<typeof createWebhooks>

const permissions = { read: 'webhook.read', write: 'webhook.write' } as const

/** Verbs on webhooks. A door sees only those that were made through it. */
export function createWebhooks(context: Context) {
  const { write, secrets } = context

  function add(actor: Actor, input: WebhookInput): Promise<Webhook> {
    requirePermission(actor, 'webhook.write')
    check(input)
    return write(actor, async (change) => {
      const { organizationId, personId, door } = actor
      if ((await change.tx.count('webhook', { organizationId, personId })) >= maxWebhooks) {
        throw invalid('url', 'too_many', `At most ${maxWebhooks} subscriptions.`)
      }
      const webhook = await change.add('webhook', {
        organizationId,
        personId,
        door,
        url: input.url,
        events: input.events,
        filter: input.filter ?? '',
        token: secrets.newToken().slice(0, 24),
        state: 'active',
        lastStatus: null,
        lastSequence: actor.sequence,
      })
      await change.tx.setWebhookSecret(organizationId, webhook.id, input.secret ?? null)
      return webhook
    })
  }

  return {
    add,

    /** A subscription with a new secret of 64 hexadecimal characters, which is answered once and never again. */
    async addSigned(
      actor: Actor,
      input: Omit<WebhookInput, 'secret'>,
    ): Promise<{ webhook: Webhook; secret: string }> {
      const secret = secrets.digest(secrets.newToken() + secrets.newToken())
      return { webhook: await add(actor, { ...input, secret }), secret }
    },

    /** Changes some fields; what the target answered last is forgotten. */
    update(
      actor: Actor,
      id: number,
      input: Partial<WebhookInput> & { readonly state?: Webhook['state'] },
    ): Promise<Webhook> {
      check(input)
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'webhook', id)
        checkDoor(before, actor)
        const { secret, ...fields } = input
        if (secret !== undefined) await change.tx.setWebhookSecret(actor.organizationId, id, secret)
        return change.alter('webhook', before, { ...fields, lastStatus: null })
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'webhook', id)
        checkDoor(before, actor)
        await change.remove('webhook', before)
      })
    },

    /** Brings a subscription back, with the secret it had. */
    restore(actor: Actor, id: number): Promise<Webhook> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'webhook', id, true)
        checkDoor(before, actor)
        return before.deletedAt === null ? before : change.restore('webhook', before)
      })
    },

    async read(actor: Actor, id: number): Promise<Webhook> {
      const webhook = await readOwn(reader(context, actor), actor, 'webhook.read', 'webhook', id)
      checkDoor(webhook, actor)
      return webhook
    },

    /** The subscriptions of this door that the actor may see, by id: one's own, and for admins everybody's. */
    list(actor: Actor): Promise<Webhook[]> {
      const far = requirePermission(actor, 'webhook.read')
      const { organizationId, personId, door } = actor
      const query = { organizationId, door, ...(far === 'own' ? { personId } : {}) }
      return reader(context, actor).list('webhook', query)
    },
  }
}

function checkDoor(webhook: Webhook, { door }: { readonly door: Door }): void {
  if (webhook.door !== door) throw notFound('webhook')
}

function check({ url, events, filter, secret }: Partial<WebhookInput>): void {
  if (url !== undefined && !isWebAddress(text('url', url, 2000, true))) {
    throw invalid('url', 'format', 'The target is an address that begins with http:// or https://.')
  }
  if (events !== undefined && events.length > maxEvents) {
    throw invalid('events', 'too_many', `At most ${maxEvents} events.`)
  }
  for (const event of events ?? []) text('events', event, 200, true)
  if (filter !== undefined) text('filter', filter, maxTextLength)
  if (secret !== undefined && secret !== null) text('secret', secret, 500)
}

// Whom it may be sent to is decided at delivery, by what the name points to then.
function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i.test(url)
}
