// Webhooks: list, register, activate, deactivate, delete. What is registered is kept; nothing is sent there by this door.

import type { Webhook } from '../../core/webhooks/nouns.ts'
import { listOf } from './body.ts'
import type { Answer, Call } from './call.ts'
import { invalidAttribute, Refused, symbolic, validation } from './errors.ts'
import { textOf } from './fields.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** `GET webhooks`. */
export async function listWebhooks({ core, actor }: Call): Promise<Answer> {
  return { list: (await core.webhooks.list(actor)).map(presentWebhook) }
}

/**
 * `POST webhooks`, not wrapped. The secret is answered once. The address is not tried: asking a server to fetch addresses of
 * a caller's choice is what attacks are made of, and the first delivery tells as much.
 */
export async function createWebhook(call: Call): Promise<Answer> {
  const { core, actor, body } = call
  if (body.events !== undefined) {
    const text = "'events' has been removed from webhooks, use 'enabled_events'"
    throw new Refused(symbolic(400, text, { events: 'removed' }))
  }
  const url = textOf(body, 'url')
  if (!url) throw new Refused(symbolic(400, 'Url is required', { url: 'required' }))
  const { webhook, secret } = await core.webhooks.addSigned(actor, { url, events: parseEvents(call) })
  const { deactivated_at, ...fields } = presentWebhook(webhook)
  return { item: { ...fields, secret, deactivated_at }, created: true }
}

/** `PATCH webhooks/{id}/activate`. */
export async function activateWebhook(call: Call): Promise<Answer> {
  return setState(call, 'active')
}

/** `PATCH webhooks/{id}/deactivate`. */
export async function deactivateWebhook(call: Call): Promise<Answer> {
  return setState(call, 'paused')
}

/** `DELETE webhooks/{id}`. */
export async function deleteWebhook({ core, actor, id }: Call): Promise<Answer> {
  await core.webhooks.remove(actor, id)
  return 'empty'
}

async function setState({ core, actor, id }: Call, state: Webhook['state']): Promise<Answer> {
  return { item: presentWebhook(await core.webhooks.update(actor, id, { state })) }
}

/** Names of events or of groups of them: words with underscores. None is what the original began with. */
function parseEvents({ body }: Call): string[] {
  const value = body.enabled_events
  if (value === undefined || value === null || value === '') return []
  const events = listOf(value)
  if (
    events === undefined ||
    !events.every((event) => typeof event === 'string' && /^[a-z_]{1,100}$/.test(event))
  ) {
    throw new Refused(validation([invalidAttribute('enabled_events')]))
  }
  return events as string[]
}

function presentWebhook(webhook: Webhook): WireObject {
  return {
    id: presentId(webhook.id),
    administration_id: presentId(webhook.organizationId),
    url: webhook.url,
    enabled_events: webhook.events,
    // A Go client reads a text here.
    last_http_status: webhook.lastStatus === null ? null : String(webhook.lastStatus),
    last_http_body: null,
    token: webhook.token,
    deactivated_at: webhook.state === 'paused' ? presentInstant(webhook.updatedAt) : null,
  }
}
