// The user resource: the members of the organization.

import { forbidden, notFound } from '../../core/errors.ts'
import type { Member } from '../../core/people/organizations.ts'
import { fold } from '../../core/text.ts'
import { type Call, type Desk, together } from './call.ts'
import { presentTeam, type WireObject } from './entities.ts'
import { type Answer, failure, ok } from './errors.ts'
import { keepOwn } from './extras.ts'
import {
  color,
  email,
  flag,
  homepage,
  ignored,
  language,
  listOf,
  required,
  shaped,
  text,
  zone,
} from './fields.ts'
import { wordsOf } from './filters.ts'
import { blank, type Field, type Form, sentences, submit, type Values } from './form.ts'
import { isPreference, keepPreference, parsePreferences, presentPreferences } from './preferences.ts'
import { choice, descending, flag as flagOf, one, visibility } from './query.ts'
import { parseRoles, rolesOf, seesUsers } from './rights.ts'
import { loadTeams } from './surroundings.ts'
import { presentUser } from './user-entity.ts'
import { loadUserFacts } from './user-facts.ts'

const roleList: Field<readonly string[]> = {
  required: false,
  read(given) {
    const names = listOf(given === '' || given === false ? [] : given)?.map(String)
    return names === undefined || parseRoles(names) === undefined
      ? { wrong: sentences.choice }
      : { value: names }
  },
}

// Whoever is a member signs in: saying yes to less would let in someone who is meant to stay out.
const enabled: Field<boolean> = {
  required: false,
  read: (given, place) =>
    given === false || given === '0' ? { wrong: sentences.invalid } : flag.read(given, place),
}

// A token is made here, never chosen: one that is sent would not work.
const apiToken: Field<string> = {
  required: false,
  read: (given) => (given === '' || given === false ? { value: '' } : { wrong: sentences.invalid }),
}

const changed = {
  alias: text(60),
  title: text(50),
  avatar: homepage,
  accountNumber: text(30),
  color,
  email: required(email),
  language: required(language),
  locale: language,
  timezone: required(zone),
  enabled,
  systemAccount: ignored,
  supervisor: ignored,
  roles: roleList,
}

const password = shaped(60, /^.{8,}$/s, 'The password must have 8 to 60 characters.')

const created = {
  username: required(text(60, 2)),
  ...changed,
  plainPassword: required(password),
  plainApiToken: apiToken,
}

const paths = { name: 'alias', timeZone: 'timezone', role: 'roles' } as const

type UserValues = Values<typeof changed>

/** `GET /api/users`: for those who may see them. Nobody is disabled here: who left is no member. */
export async function listUsers(call: Call): Promise<Answer> {
  const { query, actor } = call
  if (!seesUsers(actor)) return failure(403)
  const shown = visibility(query)
  const by = choice(query, 'orderBy', ['id', 'username', 'alias', 'email']) ?? 'username'
  const full = flagOf(query, 'full') ?? false
  const turn = descending(query, 'ASC') ? -1 : 1
  const words = wordsOf(one(query, 'term') ?? '')
  const members = (await call.core.organizations.listMembers(actor))
    .filter(({ person }) => {
      const place = fold(`${person.username} ${person.email} ${person.name}`)
      return (
        shown !== 'hidden' && words.every(({ exclude, text: word }) => place.includes(fold(word)) !== exclude)
      )
    })
    .map((member) => ({ member, key: keyOf(member, by) }))
    .sort((a, b) => turn * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.member.person.id - b.member.person.id))
  return ok(
    await present(
      call,
      members.map(({ member }) => member),
      full,
    ),
  )
}

/** `GET /api/users/me`. */
export async function readMe(call: Call): Promise<Answer> {
  return showOne(call, call.actor.personId)
}

/** `GET /api/users/{id}`: oneself, or anyone for those who may see them. */
export async function readUser(call: Call): Promise<Answer> {
  await checkReach(call)
  return showOne(call, call.id)
}

/** `POST /api/users`. */
export function createUser(call: Call): Promise<Answer> {
  const form: Form<typeof created> = { fields: created, paths: { ...paths, password: 'plainPassword' } }
  return submit(call, form, 'create', async (values) => {
    const { username, email: address, plainPassword, alias, timezone, roles = [] } = values
    if (username === undefined || address === undefined || plainPassword === undefined)
      throw blank('username')
    const { person, membership } = await call.core.organizations.addMember(call.actor, {
      email: address,
      username,
      name: alias || username,
      password: plainPassword,
      timeZone: timezone ?? null,
      role: parseRoles(roles) ?? 'member',
    })
    // Apart from the first change, which must not wait for a password to be hashed.
    await keepOwn(call, 'membership', membership.id, ownOf(values))
    return showOne(call, person.id)
  })
}

/** `PATCH /api/users/{id}`. */
export async function updateUser(call: Call): Promise<Answer> {
  await checkReach(call)
  const form: Form<typeof changed> = { fields: changed, paths }
  return submit(call, form, 'change', (values) =>
    together(call, async (desk) => {
      const { core, actor } = desk
      const { person, membership } = await memberOf(desk, call.id)
      const { alias, email: address, timezone, roles } = values
      await core.organizations.updatePerson(actor, call.id, {
        ...(alias === undefined ? {} : { name: alias || person.username }),
        ...(address === undefined ? {} : { email: address }),
        ...(timezone === undefined || timezone === null ? {} : { timeZone: timezone }),
      })
      const role = roles === undefined ? undefined : parseRoles(roles)
      // Some of our roles look alike there: sending back what was read must not change one.
      const same = role === undefined || rolesOf(role).join() === rolesOf(membership.role).join()
      if (!same) await core.organizations.updateMember(actor, call.id, { role })
      await keepOwn(desk, 'membership', membership.id, ownOf(values))
      return showOne(desk, call.id)
    }),
  )
}

/** `PATCH /api/users/{id}/preferences`: a list of pairs. */
export async function setPreferences(call: Call): Promise<Answer> {
  await checkReach(call)
  const pairs = parsePreferences(call.body)
  if (pairs === undefined) return failure(400)
  if (!pairs.every(([name]) => isPreference(name))) return failure(404)
  return together(call, async (desk) => {
    const { membership } = await memberOf(desk, call.id)
    for (const [name, value] of pairs) await keepPreference(desk, call.id, membership.id, name, value)
    return showOne(desk, call.id)
  })
}

/** `DELETE /api/users/api-token/{id}`: one's own tokens only. */
export async function deleteToken({ core, actor, id }: Call): Promise<Answer> {
  const tokens = await core.signIn.listCredentials(actor, actor.personId)
  if (!tokens.some((token) => token.id === id && token.kind === 'token')) throw notFound('token')
  await core.signIn.revokeCredential(actor, id)
  return { status: 200, headers: {}, body: '' }
}

function ownOf({ title, avatar, accountNumber, color: chosen, language: tongue, locale }: UserValues) {
  return { title, avatar, accountNumber, color: chosen, language: tongue, locale }
}

function keyOf({ person }: Member, by: 'id' | 'username' | 'alias' | 'email'): string {
  return by === 'id' ? '' : fold(by === 'alias' ? person.name : person[by])
}

/** Throws `not_found` for nobody of the organization; someone else is `forbidden` to those who may not see users. */
async function checkReach(call: Call): Promise<void> {
  if (call.id === call.actor.personId) return
  await memberOf(call, call.id)
  if (!seesUsers(call.actor)) throw forbidden('Users are for others to see.')
}

/** A member by person. Throws `not_found` for anybody else. */
export async function memberOf({ core, actor }: Desk, personId: number): Promise<Member> {
  const members = await core.organizations.listMembers(actor)
  const member = members.find(({ person }) => person.id === personId)
  if (member === undefined) throw notFound('person')
  return member
}

async function showOne(desk: Desk, personId: number): Promise<Answer> {
  const [shown = {}] = await present(desk, [await memberOf(desk, personId)], true)
  return ok(shown)
}

async function present(desk: Desk, members: readonly Member[], full: boolean): Promise<WireObject[]> {
  const facts = await loadUserFacts(desk, members)
  const teams = full ? await loadTeams(desk) : []
  return members.map((member) => {
    const user = presentUser(member, { desk, facts })
    if (!full) return user
    const own = teams.filter((team) => team.memberIds.includes(member.person.id))
    return {
      ...user,
      preferences: presentPreferences(user, facts, member),
      teams: own.map(presentTeam),
      roles: rolesOf(member.membership.role),
      memberships: own.map((team) => ({
        team: presentTeam(team),
        teamlead: team.leadIds.includes(member.person.id),
      })),
      supervisor: null,
    }
  })
}
