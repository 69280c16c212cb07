// The change feed: what happened, in order, resumable, as a list, as a list that waits, or as server-sent events.

import { Readable } from 'node:stream'
import Type from 'typebox'
import { presentEvents } from '../feed.ts'
import { type Answer, type Call, json, type Operation } from '../operation.ts'
import { count } from '../parameters.ts'
import { Refusal } from '../problem.ts'
import { lookEveryMs } from '../waiting.ts'
import { id, instantText, nullable } from '../wire.ts'

/** Events of one answer. */
const maxEvents = 500

/** Seconds that a request may wait for something to happen. */
const maxWait = 60

/** How many looks without an event until a stream shows that it still lives. */
const looksPerBeat = 15_000 / lookEveryMs

const sequence = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** One event. */
export const change = Type.Object(
  {
    object: Type.Literal('change'),
    sequence,
    type: Type.String({ description: 'Such as `expense.created`.' }),
    noun: Type.String(),
    id,
    action: Type.Enum(['created', 'updated', 'deleted', 'restored', 'started', 'stopped']),
    at: instantText,
    person_id: nullable(id),
    door: Type.String(),
    request_id: Type.String(),
    data: nullable(
      Type.Object({}, { description: 'The entity as it then was; null where you may not read it.' }),
    ),
    previous: nullable(Type.Object({}, { description: 'Earlier values of what changed.' })),
  },
  { additionalProperties: false },
)

/** Operations of the change feed. */
export const changeOperations: readonly Operation[] = [
  {
    name: 'listChanges',
    method: 'GET',
    path: '/changes',
    group: 'Changes',
    summary: 'Follow what happens',
    about:
      'Everything that happened in the organization since a number, deletions included, without gaps in what you may see. Go on with `next_since`. With `wait` the answer comes when something happens, or after so many seconds. With `Accept: text/event-stream` it is a stream of server-sent events whose ids are the numbers; `Last-Event-ID` resumes it. A number that the book does not know is a 409: the book was restored from a backup, read everything anew.',
    query: { since: count(0, Number.MAX_SAFE_INTEGER), limit: count(1, maxEvents), wait: count(0, maxWait) },
    status: 200,
    answer: Type.Object(
      {
        object: Type.Literal('changes'),
        data: Type.Array(change),
        has_more: Type.Boolean(),
        next_since: sequence,
      },
      { additionalProperties: false },
    ),
    example: { query: 'since=0&limit=2' },
    run: (call) => (wantsStream(call) ? streamChanges(call) : listChanges(call)),
  },
]

function wantsStream({ headers, method }: Call): boolean {
  return method === 'GET' && /(^|,)\s*text\/event-stream\b/i.test(headers.accept ?? '')
}

async function listChanges(call: Call): Promise<Answer> {
  const { core, query, method } = call
  const { limit = 100, wait = 0 } = query as { limit?: number; wait?: number }
  let actor = call.actor
  let since = startOf(call)
  let page = await core.changes.since(actor, since, limit)
  if (page.events.length === 0 && wait > 0 && method === 'GET') {
    const place = call.waiting.enter(core, actor, call.onClose, wait * 1000)
    try {
      // What happened before the place was taken told nobody, so it looks once more at the start.
      while (page.events.length === 0 && !place.isOver()) {
        since = page.last
        page = await core.changes.since(actor, since, limit)
        if (page.events.length > 0 || page.more) continue
        await place.next()
        actor = await call.again()
      }
    } finally {
      place.leave()
    }
  }
  const data = await presentEvents(core, actor, page.events)
  return json({ object: 'changes', data, has_more: page.more, next_since: page.last })
}

async function streamChanges(call: Call): Promise<Answer> {
  const since = startOf(call)
  // Refused before the stream begins, as a problem.
  await call.core.changes.since(call.actor, since, 1)
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }
  return { status: 200, headers, stream: Readable.from(events(call, since)) }
}

async function* events(call: Call, start: number): AsyncGenerator<string> {
  const { core } = call
  const place = call.waiting.enter(core, call.actor, call.onClose)
  let { actor } = call
  let since = start
  let looks = 0
  try {
    yield 'retry: 2000\n\n'
    while (!place.isOver()) {
      const page = await core.changes.since(actor, since, maxEvents)
      since = page.last
      for (const event of await presentEvents(core, actor, page.events)) {
        const { sequence: number, type } = event as { sequence: number; type: string }
        yield `id: ${number}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`
        looks = 0
      }
      if (page.more) continue
      looks += 1
      if (looks % looksPerBeat === 0) yield ': still here\n\n'
      await place.next()
      // Whoever has lost the right to read the log reads no further.
      if (!place.isOver()) actor = await call.again()
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    call.log(error)
  } finally {
    place.leave()
  }
}

function startOf({ query, headers, actor }: Call): number {
  const resumed = headers['last-event-id']
  const since =
    typeof resumed === 'string' && /^\d{1,15}$/.test(resumed)
      ? Number(resumed)
      : ((query.since as number) ?? 0)
  if (since > actor.sequence) {
    throw new Refusal(409, 'sequence_unknown', 'The book does not know this number; read everything anew.')
  }
  return since
}
