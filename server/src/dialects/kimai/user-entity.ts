// People as they are shown: embedded, and alone.

import type { Member } from '../../core/people/organizations.ts'
import { presentColor, type WireObject } from './entities.ts'
import type { Surroundings } from './surroundings.ts'

const locale = 'en'

/** A person inside of others and in lists. */
export function presentUser(
  { person, membership }: Member,
  { desk, facts }: Pick<Surroundings, 'desk' | 'facts'>,
): WireObject {
  const { own } = facts.extrasOf(membership.id)
  return {
    id: person.id,
    username: person.username,
    // Kimai shows the alias in place of the user name; here everybody has a name.
    alias: person.name === person.username ? null : person.name,
    title: own('title'),
    email: person.email,
    avatar: own('avatar'),
    accountNumber: own('accountNumber'),
    enabled: true,
    apiToken: facts.tokens.has(person.id),
    systemAccount: false,
    ...presentColor(own('color') ?? ''),
    initials: initialsOf(person.name),
    language: own('language') ?? locale,
    locale: own('locale') ?? locale,
    timezone: person.timeZone ?? desk.actor.organization.timeZone,
  }
}

/** Someone by number. Who has left the organization is still named by the entries they made. */
export function embedUser(personId: number, around: Surroundings): WireObject {
  const member = around.members.get(personId)
  if (member !== undefined) return presentUser(member, around)
  return {
    id: personId,
    username: `user-${personId}`,
    alias: null,
    title: null,
    email: null,
    avatar: null,
    accountNumber: null,
    enabled: false,
    apiToken: false,
    systemAccount: false,
    ...presentColor(''),
    initials: '?',
    language: locale,
    locale,
    timezone: around.desk.actor.organization.timeZone,
  }
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
