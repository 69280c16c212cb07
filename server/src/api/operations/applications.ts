// Applications of others that people may let in, by OAuth at the doors that speak it.

import Type from 'typebox'
import { doors } from '../../core/actor.ts'
import type { ApplicationInput } from '../../core/people/applications.ts'
import type { Application } from '../../core/people/nouns.ts'
import { listOf } from '../crud.ts'
import { type Answer, done, json, type Operation } from '../operation.ts'
import { id, instantText, nullable, presentInstant } from '../wire.ts'
import { worded } from '../writing.ts'

const group = 'Applications'
const strict = { additionalProperties: false }
const texts = Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), { maxItems: 50 })

const fields = {
  object: Type.Literal('application'),
  id,
  name: Type.String(),
  identifier: Type.String({ description: 'The public name that it shows.' }),
  door: Type.Enum([...doors], { description: 'The one door it comes through.' }),
  redirect_uris: texts,
  scopes: texts,
  confidential: Type.Boolean({ description: 'Whether it keeps a secret.' }),
  created_at: instantText,
}

/** An application; its secret was shown when it was registered. */
export const application = Type.Object(fields, strict)
const registered = Type.Object(
  {
    ...fields,
    secret: nullable(
      Type.String({
        description:
          'Shown once. Null for one that keeps none, and when an idempotency key replays the answer.',
      }),
    ),
  },
  strict,
)

/** An application as it is answered. */
export function presentApplication(found: Application) {
  return {
    object: 'application',
    id: found.id,
    name: found.name,
    identifier: found.identifier,
    door: found.door,
    redirect_uris: found.redirectUris,
    scopes: found.scopes,
    confidential: found.confidential,
    created_at: presentInstant(found.createdAt),
  }
}

/** The answer without its secret, which is kept nowhere. */
function withoutSecret(answer: Answer): Answer {
  return { ...answer, body: JSON.stringify({ ...JSON.parse(String(answer.body)), secret: null }) }
}

/** Operations on applications. */
export const applicationOperations: readonly Operation[] = [
  {
    name: 'listApplications',
    method: 'GET',
    path: '/applications',
    group,
    summary: 'List applications',
    about: 'Programs of others that people of the organization may let in.',
    status: 200,
    answer: listOf(application),
    lasting: () => true,
    example: {},
    async run({ core, actor }) {
      const data = (await core.applications.list(actor)).map(presentApplication)
      return json({ object: 'list', data, has_more: false, next_cursor: null })
    },
  },
  {
    name: 'createApplication',
    method: 'POST',
    path: '/applications',
    group,
    summary: 'Register an application',
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        door: Type.Enum([...doors]),
        redirect_uris: texts,
        scopes: texts,
        confidential: Type.Boolean(),
      },
      strict,
    ),
    status: 201,
    answer: registered,
    example: {
      body: {
        name: 'Month closer',
        door: 'moneybird',
        redirect_uris: ['https://closer.example/done'],
        scopes: ['time_entries'],
        confidential: true,
      },
    },
    keptAs: withoutSecret,
    run: ({ core, actor, body }) =>
      worded(body, async () => {
        const { redirect_uris: redirectUris, ...given } = body as Omit<ApplicationInput, 'redirectUris'> & {
          redirect_uris: string[]
        }
        const made = await core.applications.register(actor, { ...given, redirectUris })
        return json({ ...presentApplication(made.application), secret: made.secret }, 201)
      }),
  },
  {
    name: 'renewApplicationSecret',
    method: 'POST',
    path: '/applications/{id}/secret',
    group,
    summary: 'Give an application another secret',
    about: 'The old one ends at once. Its tokens go on.',
    status: 200,
    answer: registered,
    example: { ids: { id: 1 } },
    keptAs: withoutSecret,
    async run({ core, actor, ids }) {
      const made = await core.applications.renewSecret(actor, ids.id ?? 0)
      return json({ ...presentApplication(made.application), secret: made.secret })
    },
  },
  {
    name: 'deleteApplication',
    method: 'DELETE',
    path: '/applications/{id}',
    group,
    summary: 'Take an application away',
    about: 'Every code and token of it ends at once.',
    status: 204,
    example: { ids: { id: 1 } },
    async run({ core, actor, ids }) {
      await core.applications.remove(actor, ids.id ?? 0)
      return done
    },
  },
]
