// The session resource. A session's id is its secret, of which only a digest is kept: so it shows itself, and no other.

import { notFound } from '../../core/errors.ts'
import type { Credential } from '../../core/people/nouns.ts'
import type { Answer, Call } from './call.ts'
import { datetime, type WireObject } from './wire.ts'

/** `GET sessions`: the one that asks. Others of the same person could not be used from what is kept of them. */
export async function listSessions(call: Call): Promise<Answer> {
  const { core, actor, session } = call
  const found = session === undefined ? [] : [await core.signIn.readSession(actor, session)]
  return answer(call, found, session ?? '')
}

/** `GET sessions/{id}`. */
export async function readSession(call: Call, id: string): Promise<Answer> {
  return answer(call, [await call.core.signIn.readSession(call.actor, id)], id)
}

/** `POST sessions`. */
export async function createSession(call: Call): Promise<Answer> {
  const { core, actor, address } = call
  const { credential, secret } = await core.signIn.startSession(actor, `Paymo ${address}`)
  return { ...answer(call, [credential], secret), location: secret }
}

/** `DELETE sessions/{id}`. */
export async function deleteSession({ core, actor }: Call, id: string): Promise<Answer> {
  const credential = await core.signIn.readSession(actor, id)
  await core.signIn.revokeCredential(actor, credential.id)
  return { whole: {} }
}

function answer({ format, address }: Call, found: readonly Credential[], id: string) {
  const items = found.map((session) => format.item('sessions', presentSession(session, id, address)))
  return { resource: 'sessions', items }
}

function presentSession(session: Credential, id: string, address: string): WireObject {
  if (session.deletedAt !== null) throw notFound('session')
  return {
    id,
    ip: /^Paymo (.+)$/.exec(session.name)?.[1] ?? address,
    expires_on: session.expiresAt === null ? null : datetime(session.expiresAt),
    created_on: datetime(session.createdAt),
    updated_on: datetime(session.updatedAt),
    user_id: session.personId,
  }
}
