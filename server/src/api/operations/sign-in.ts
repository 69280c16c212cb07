// Signing in: sessions of the web app, tokens of programs, and the first start of an empty book.

import Type, { type TSchema } from 'typebox'
import { scopes } from '../../core/access.ts'
import type { Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Credential } from '../../core/people/nouns.ts'
import { sessionMs } from '../../core/people/sign-in.ts'
import { sessionCookie, sessionSecret } from '../auth.ts'
import { listOf } from '../crud.ts'
import { type Answer, type Call, done, json, type Operation } from '../operation.ts'
import { oneId } from '../parameters.ts'
import {
  currencyCode,
  id,
  instantText,
  known,
  nullable,
  parseInstant,
  presentInstant,
  presentInstantOrNull,
  readCurrency,
  readZone,
  zoneText,
} from '../wire.ts'
import { worded } from '../writing.ts'

const group = 'Signing in'
const strict = { additionalProperties: false }

const common = {
  id,
  person_id: id,
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  expires_at: nullable(instantText),
  created_at: instantText,
}

/** A token as it is listed; its secret was shown when it was made. */
export const token = Type.Object({ object: Type.Literal('token'), ...common }, strict)
const newToken = Type.Object(
  {
    object: Type.Literal('token'),
    ...common,
    secret: Type.Union([Type.String(), Type.Null()], {
      description: 'Shown once. Null when an idempotency key replays the answer: it is not kept.',
    }),
  },
  strict,
)
/** What somebody lets an application of others do in their name. */
export const consent = Type.Object({ object: Type.Literal('consent'), ...common }, strict)
/** A session of the web app. */
export const session = Type.Object({ object: Type.Literal('session'), ...common }, strict)

/** What each kind of credential is called here. */
const kinds = { token: 'token', session: 'session', application: 'consent' } as const

function present(credential: Credential) {
  return {
    object: kinds[credential.kind],
    id: credential.id,
    person_id: credential.personId,
    name: credential.name,
    scopes: credential.scopes,
    expires_at: presentInstantOrNull(credential.expiresAt),
    created_at: presentInstant(credential.createdAt),
  }
}

/** Operations of one kind of credential that both kinds have. */
function credentials(kind: Credential['kind'], schema: TSchema, type: string): Operation[] {
  const { [kind]: word } = kinds
  return [
    {
      name: `list${type}s`,
      method: 'GET',
      path: `/${word}s`,
      group,
      summary: `List ${word}s`,
      about: `Your own, or with \`person_id\` those of somebody whose ${word}s you may see.`,
      query: { person_id: oneId },
      status: 200,
      answer: listOf(schema),
      example: {},
      async run({ core, actor, query }) {
        const personId = (query.person_id as number | undefined) ?? actor.personId
        const found = await core.signIn.listCredentials(actor, personId)
        const data = found.filter((credential) => credential.kind === kind).map(present)
        return json({ object: 'list', data, has_more: false, next_cursor: null })
      },
    },
    {
      name: `end${type}`,
      method: 'DELETE',
      path: `/${word}s/{id}`,
      group,
      summary: `End a ${word}`,
      about: 'The next request with it fails.',
      status: 204,
      example: { ids: { id: 1 } },
      async run({ core, actor, ids }) {
        const found = await core.signIn.listCredentials(actor)
        if (!found.some((each) => each.id === ids.id && each.kind === kind)) throw notFound(word)
        await core.signIn.revokeCredential(actor, ids.id ?? 0)
        return done
      },
    },
  ]
}

const secretInput = Type.String({ minLength: 1, maxLength: 1000 })

/** Operations of signing in. */
export const signInOperations: readonly Operation[] = [
  {
    name: 'startSession',
    method: 'POST',
    path: '/session',
    group,
    summary: 'Sign in',
    about:
      'Begins a session for a browser: its cookie is kept from scripts, and it writes only with the header `X-Requested-With` or from our own pages. Programs use tokens.',
    body: Type.Object(
      {
        login: secretInput,
        password: secretInput,
        code: Type.Optional(
          Type.String({
            maxLength: 100,
            description:
              'Of the second factor, where there is one: six digits of the app, or a recovery code.',
          }),
        ),
      },
      strict,
    ),
    status: 201,
    answer: session,
    alone: true,
    example: { body: { login: 'marit', password: 'lighthouse' } },
    open: startSession,
    run: unreachable,
  },
  {
    name: 'endSession',
    method: 'DELETE',
    path: '/session',
    group,
    summary: 'Sign out',
    about: 'Ends the session whose cookie is sent.',
    status: 204,
    alone: true,
    example: {},
    async run({ core, actor, headers, tools }) {
      const secret = sessionSecret(headers, tools.publicUrl)
      if (secret !== undefined) await core.signIn.endSession(actor, secret)
      return { ...done, headers: { 'set-cookie': sessionCookie(tools.publicUrl, '', 0) } }
    },
  },
  ...credentials('session', session, 'Session').map((operation) =>
    operation.name === 'endSession' ? { ...operation, name: 'endSessionById' } : operation,
  ),
  {
    name: 'createToken',
    method: 'POST',
    path: '/tokens',
    group,
    summary: 'Make a token',
    about: `For a program, as Bearer or as password. Scopes: * and ${scopes.join(', ')}.`,
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        scopes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 50 }),
        expires_at: Type.Optional(nullable(instantText)),
      },
      strict,
    ),
    status: 201,
    answer: newToken,
    example: { body: { name: 'Month report', scopes: ['time:read', 'expenses:read'] } },
    keptAs: (answer) => ({
      ...answer,
      body: JSON.stringify({ ...JSON.parse(String(answer.body)), secret: null }),
    }),
    run: createToken,
  },
  ...credentials('token', token, 'Token'),
  ...credentials('application', consent, 'Consent'),
  {
    name: 'readSetUp',
    method: 'GET',
    path: '/set-up',
    group,
    summary: 'Is set-up needed',
    about: 'True on an empty book, whose one-time link was printed when the server started.',
    status: 200,
    answer: Type.Object({ object: Type.Literal('set_up'), needed: Type.Boolean() }, strict),
    example: {},
    open: async ({ core }) => json({ object: 'set_up', needed: await core.setUp.isNeeded() }),
    run: unreachable,
  },
  {
    name: 'setUp',
    method: 'POST',
    path: '/set-up',
    group,
    summary: 'Set the book up',
    about: 'Makes the first organization and its owner. The key is that of the one-time link.',
    body: Type.Object(
      {
        key: secretInput,
        organization: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 200 }),
            currency: currencyCode,
            time_zone: zoneText,
          },
          strict,
        ),
        owner: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 200 }),
            email: Type.String({ maxLength: 254 }),
            password: Type.String({ minLength: 8, maxLength: 200 }),
          },
          strict,
        ),
      },
      strict,
    ),
    status: 201,
    answer: Type.Object({ object: Type.Literal('set_up'), needed: Type.Boolean() }, strict),
    example: {
      body: {
        key: '00000000000000000000000000000000',
        organization: { name: 'Lighthouse', currency: 'EUR', time_zone: 'Europe/Amsterdam' },
        owner: { name: 'Ada Reed', email: 'ada@reed.example', password: 'a long password' },
      },
    },
    open: setUp,
    run: unreachable,
  },
]

type Open = Parameters<NonNullable<Operation['open']>>[0]

async function startSession({ core, body, request, tools }: Open): Promise<Answer> {
  const { login, password, code } = body as { login: string; password: string; code?: string }
  const arrival = { door: 'native', requestId: request.id, address: request.ip } as const
  const actor = await core.signIn.byPassword(login, password, arrival, code)
  const label = (request.headers['user-agent'] ?? 'Browser').slice(0, 100).trim() || 'Browser'
  const { credential, secret } = await core.signIn.startSession(actor, label)
  const cookie = sessionCookie(tools.publicUrl, secret, sessionMs / 1000)
  return json(present(credential), 201, { 'set-cookie': cookie })
}

async function createToken({ core, actor, body }: Call): Promise<Answer> {
  return worded(body, async () => {
    const { expires_at: text, ...given } = body as {
      name: string
      scopes: string[]
      expires_at?: string | null
    }
    const expiresAt =
      text === undefined || text === null
        ? null
        : known(parseInstant(text), 'expiresAt', 'This is no instant of RFC 3339.')
    const { credential, secret } = await core.signIn.issueToken(actor, { ...given, expiresAt })
    return json({ ...present(credential), secret }, 201)
  })
}

async function setUp({ core, body }: Open): Promise<Answer> {
  const { key, organization, owner } = body as {
    key: string
    organization: { name: string; currency: string; time_zone: string }
    owner: { name: string; email: string; password: string }
  }
  return worded(body, async () => {
    const currency = readCurrency('organization.currency', organization.currency)
    const timeZone = readZone('organization.timeZone', organization.time_zone)
    await core.setUp.accept(key, { name: organization.name, currency, timeZone }, owner)
    return json({ object: 'set_up', needed: false }, 201)
  })
}

/** Stands where an operation without credentials has its handler in `open`. */
function unreachable(_: { readonly actor: Actor }): Promise<Answer> {
  throw new Error('This operation has no actor.')
}
