// The second factor: setting it up with an app, its recovery codes, and taking it away.

import Type from 'typebox'
import type { OwnPassword } from '../../core/people/own-password.ts'
import { type Call, done, json, type Operation } from '../operation.ts'
import { instantText, nullable, presentInstantOrNull } from '../wire.ts'
import { worded } from '../writing.ts'

const group = 'Signing in'
const strict = { additionalProperties: false }
const path = '/me/two-factor'
const withPassword = Type.Object({ password: Type.String({ maxLength: 200 }) }, strict)
const codes = Type.Object(
  {
    object: Type.Literal('recovery_codes'),
    codes: Type.Array(Type.String(), {
      description: 'Each opens once, for when the app is lost. Shown once.',
    }),
  },
  strict,
)

/** Checks the password before a transaction is open, since that takes long. */
function prove({ core, actor, body }: Call): Promise<OwnPassword> {
  return worded(body, () => core.twoFactor.provePassword(actor, (body as { password: string }).password))
}

/** Operations on the caller's own second factor. */
export const twoFactorOperations: readonly Operation[] = [
  {
    name: 'readTwoFactor',
    method: 'GET',
    path,
    group,
    summary: 'Whether you have a second factor',
    about: 'With one, a password alone opens nothing; programs use tokens.',
    status: 200,
    answer: Type.Object(
      {
        object: Type.Literal('two_factor'),
        confirmed_at: nullable(instantText),
        recovery_codes: Type.Integer({ minimum: 0, description: 'Recovery codes that are left.' }),
      },
      strict,
    ),
    example: {},
    async run({ core, actor }) {
      const { confirmedAt, recoveryCodes } = await core.twoFactor.status(actor)
      return json({
        object: 'two_factor',
        confirmed_at: presentInstantOrNull(confirmedAt),
        recovery_codes: recoveryCodes,
      })
    },
  },
  {
    name: 'beginTwoFactor',
    method: 'POST',
    path,
    group,
    summary: 'Begin a second factor',
    about: 'A secret for an authenticator app. Nothing changes at sign-in before it is confirmed.',
    body: withPassword,
    status: 201,
    answer: Type.Object(
      { object: Type.Literal('two_factor_begun'), secret: Type.String(), address: Type.String() },
      strict,
    ),
    alone: true,
    example: { body: { password: 'lighthouse' } },
    prepare: prove,
    run: async ({ core, actor }, proof) =>
      json({ object: 'two_factor_begun', ...(await core.twoFactor.begin(actor, proof as OwnPassword)) }, 201),
  },
  {
    name: 'confirmTwoFactor',
    method: 'POST',
    path: `${path}/confirm`,
    group,
    summary: 'Confirm a second factor',
    about: 'With what the app shows. From now on it is asked for at sign-in.',
    body: Type.Object({ code: Type.String({ maxLength: 100 }) }, strict),
    status: 200,
    answer: codes,
    alone: true,
    example: { body: { code: '123456' } },
    run: ({ core, actor, body }) =>
      worded(body, async () =>
        json({
          object: 'recovery_codes',
          codes: await core.twoFactor.confirm(actor, (body as { code: string }).code),
        }),
      ),
  },
  {
    name: 'renewRecoveryCodes',
    method: 'POST',
    path: `${path}/recovery-codes`,
    group,
    summary: 'Make new recovery codes',
    about: 'The earlier ones are worthless then.',
    body: withPassword,
    status: 200,
    answer: codes,
    alone: true,
    example: { body: { password: 'lighthouse' } },
    prepare: prove,
    run: async ({ core, actor }, proof) =>
      json({
        object: 'recovery_codes',
        codes: await core.twoFactor.renewRecoveryCodes(actor, proof as OwnPassword),
      }),
  },
  {
    name: 'disableTwoFactor',
    method: 'POST',
    path: `${path}/disable`,
    group,
    summary: 'Take the second factor away',
    body: withPassword,
    status: 204,
    example: { body: { password: 'lighthouse' } },
    prepare: prove,
    async run({ core, actor }, proof) {
      await core.twoFactor.disable(actor, proof as OwnPassword)
      return done
    },
  },
]
