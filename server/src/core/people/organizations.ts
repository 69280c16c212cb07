// Verbs on organizations and their members.

import { require as requirePermission, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, limitTo, listAll, reader } from '../context.ts'
import type { TimeZone } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import { DomainError, forbidden, invalid, notFound } from '../errors.ts'
import { checkPattern } from '../invoices/number.ts'
import type { Currency } from '../money.ts'
import type { Reader } from '../ports.ts'
import type { Queries } from '../queries.ts'
import { fold, name, text } from '../text.ts'
import type { Author, Change } from '../writing.ts'
import type { Membership, Organization, Person, Role } from './nouns.ts'

/** Characters of a password. The upper limit keeps hashing cheap to refuse. */
export const passwordLength = { min: 8, max: 200 }

export type OrganizationInput = {
  readonly name: string
  readonly currency: Currency
  readonly timeZone: TimeZone
  readonly distanceUnit?: 'mi' | 'km'
  readonly distanceRate?: Decimal | null
  readonly hourlyRate?: Decimal | null
  readonly dateOrder?: 'month-day' | 'day-month'
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly addressLine1?: string
  readonly addressLine2?: string
  readonly postalCode?: string
  readonly city?: string
  readonly region?: string
  readonly country?: string
  readonly taxNumber?: string
  readonly invoicePattern?: string
  readonly invoiceDueDays?: number
}

export type PersonInput = {
  readonly email: string
  /** Default: the e-mail address. */
  readonly username?: string
  readonly name: string
  readonly password: string
  readonly timeZone?: TimeZone | null
}

export type MemberInput = PersonInput & {
  readonly role: Role
  readonly hourlyRate?: Decimal | null
  readonly costRate?: Decimal | null
}

export type MemberFilter = Omit<Queries['membership'], 'organizationId'>

/** A password that was checked and hashed. */
export type PasswordHash = string & { readonly __passwordHash: true }

export type Member = { readonly person: Person; readonly membership: Membership }

/** Whether the person was unknown to the server before. */
export type NewMember = Member & { readonly isNew: boolean }

export type Organizations = ReturnType<typeof createOrganizations>

/** Verbs on organizations and members. */
export function createOrganizations(context: Context) {
  const { store, write, secrets } = context

  /** Checks a new password and hashes it, to be done before a change is opened. */
  async function hashPassword(password: string): Promise<PasswordHash> {
    return (await secrets.hashPassword(checkPassword(password))) as PasswordHash
  }

  return {
    /** Makes an organization with its owner, the one verb without an actor: for first set-up and the command line. */
    async foundOrganization(
      input: OrganizationInput,
      owner: PersonInput,
    ): Promise<{ organization: Organization; owner: NewMember }> {
      const passwordHash = await secrets.hashPassword(checkPassword(owner.password))
      const organizationId = await store.write(null, (tx) => tx.nextId('organization'))
      const author: Author = { organizationId, personId: null, door: 'command', requestId: '' }
      return write(author, async (change) => {
        const organization = await change.add('organization', {
          name: name('name', input.name),
          currency: input.currency,
          timeZone: input.timeZone,
          distanceUnit: input.distanceUnit ?? 'km',
          distanceRate: input.distanceRate ?? null,
          hourlyRate: input.hourlyRate ?? null,
          dateOrder: input.dateOrder ?? 'day-month',
          ...letterhead,
          invoicePattern: '{yyyy}-{nnnn}',
          invoiceDueDays: 14,
          ...checkLetterhead(input),
        })
        return {
          organization,
          owner: await join(change, organizationId, { ...owner, role: 'owner' }, passwordHash),
        }
      })
    },

    /** The actor's organization. */
    async readOrganization(actor: Actor): Promise<Organization> {
      requirePermission(actor, 'organization.read')
      const { organizationId } = actor
      const [found] = await reader(context, actor).byId('organization', organizationId, [organizationId])
      return found ?? actor.organization
    },

    updateOrganization(actor: Actor, input: Partial<OrganizationInput>): Promise<Organization> {
      requirePermission(actor, 'organization.write')
      return write(actor, async (change) => {
        const before = await change.read('organization', actor.organizationId)
        const { name: newName, ...rest } = input
        const { currency = before.currency } = input
        if (
          currency !== before.currency &&
          (await change.tx.count('expense', { organizationId: before.id, deleted: 'with' })) > 0
        ) {
          // Their values in the organization's currency were converted when they were recorded.
          throw new DomainError(
            'conflict',
            'still_referenced',
            'The currency is fixed once there are expenses.',
          )
        }
        return change.alter('organization', before, {
          ...rest,
          ...checkLetterhead(rest),
          ...(newName === undefined ? {} : { name: name('name', newName) }),
        })
      })
    },

    /**
     * Adds a person to the organization. Someone who is known by this e-mail address keeps name and password and
     * becomes a member here too. The member gets a default expense report. Whoever calls this inside an open change
     * brings the hash along, since hashing takes longer than a transaction may wait.
     */
    async addMember(actor: Actor, input: MemberInput, hashed?: PasswordHash): Promise<NewMember> {
      requirePermission(actor, 'people.write')
      checkRole(actor, input.role)
      const passwordHash = hashed ?? (await hashPassword(input.password))
      return write(actor, (change) => join(change, actor.organizationId, input, passwordHash))
    },

    hashPassword,

    updateMember(
      actor: Actor,
      personId: number,
      input: Partial<Pick<MemberInput, 'role' | 'hourlyRate' | 'costRate'>>,
    ): Promise<Membership> {
      requirePermission(actor, 'people.write')
      return write(actor, async (change) => {
        const before = await memberOf(change, actor.organizationId, personId)
        checkRole(actor, before.role)
        if (input.role !== undefined) checkRole(actor, input.role)
        if (before.role === 'owner' && input.role !== undefined && input.role !== 'owner') {
          await checkOtherOwner(change, before)
        }
        return visible(actor, 'membership', await change.alter('membership', before, input))
      })
    },

    /** Ends a membership; what the person recorded stays. All their credentials here end with it. */
    removeMember(actor: Actor, personId: number): Promise<void> {
      requirePermission(actor, 'people.write')
      return write(actor, async (change) => {
        const before = await memberOf(change, actor.organizationId, personId)
        checkRole(actor, before.role)
        if (before.role === 'owner') await checkOtherOwner(change, before)
        await change.remove('membership', before)
        const { organizationId } = actor
        for (const credential of await listAll(change.tx, 'credential', { organizationId, personId })) {
          await change.remove('credential', credential)
          await change.tx.dropRecordsOf({ organizationId, credentialId: credential.id })
        }
      })
    },

    /** Changes a person: oneself, or by an admin anyone who belongs to no other organization. */
    updatePerson(
      actor: Actor,
      personId: number,
      input: Partial<Omit<PersonInput, 'password'>>,
    ): Promise<Person> {
      return write(actor, async (change) => {
        requirePermission(actor, 'profile.write')
        const member = await memberOf(change, actor.organizationId, personId)
        if (personId !== actor.personId) {
          requirePermission(actor, 'people.write')
          checkRole(actor, member.role)
          await checkOnlyHere(change, actor.organizationId, personId)
        }
        const before = await change.read('person', personId)
        return change.alter('person', before, {
          ...(input.name === undefined ? {} : { name: name('name', input.name) }),
          ...(input.email === undefined ? {} : { email: checkEmail(input.email) }),
          ...(input.username === undefined ? {} : { username: checkUsername(input.username) }),
          ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
        })
      })
    },

    /** The actor's own person. */
    async readSelf(actor: Actor): Promise<Person> {
      const [person] = await reader(context, actor).byId('person', actor.organizationId, [actor.personId])
      if (person === undefined) throw notFound('person')
      return person
    },

    /** The actor's own place in the organization. */
    async readSelfMember(actor: Actor): Promise<Member> {
      const { organizationId, personId } = actor
      const from = reader(context, actor)
      const [membership] = await from.list('membership', { organizationId, personId, limit: 1 })
      const [member] = membership === undefined ? [] : await membersOf(from, actor, [membership])
      if (member === undefined) throw notFound('person')
      return member
    },

    /** The members, with what the actor may see of them. With `former`, also those who left: their membership is deleted. */
    async listMembers(actor: Actor, options: { readonly former?: boolean } = {}): Promise<Member[]> {
      const { organizationId } = actor
      const personId = limitTo(actor, 'people.read', undefined)
      const from = reader(context, actor)
      const memberships = await listAll(from, 'membership', {
        organizationId,
        ...(personId === undefined ? {} : { personId }),
        ...(options.former ? { deleted: 'with' as const } : {}),
      })
      return membersOf(from, actor, memberships)
    },

    /** One page of the members that a filter matches, with what the actor may see of them. */
    async pageOfMembers(actor: Actor, filter: MemberFilter): Promise<Member[]> {
      const personId = limitTo(actor, 'people.read', filter.personId)
      const query = { ...filter, organizationId: actor.organizationId }
      const from = reader(context, actor)
      const memberships = await from.list(
        'membership',
        personId === undefined ? query : { ...query, personId },
      )
      return membersOf(from, actor, memberships)
    },
  }
}

async function membersOf(from: Reader, actor: Actor, memberships: readonly Membership[]): Promise<Member[]> {
  const ids = memberships.map((member) => member.personId)
  const people = await from.byId('person', actor.organizationId, ids)
  const byId = new Map(people.map((person) => [person.id, person]))
  return memberships.flatMap((membership) => {
    const person = byId.get(membership.personId)
    return person === undefined ? [] : [{ person, membership: visible(actor, 'membership', membership) }]
  })
}

/** Refuses passwords that are too short or too long; answers the password. */
export function checkPassword(password: string): string {
  const { min, max } = passwordLength
  if (password.length < min || password.length > max) {
    throw invalid('password', 'range', `The password must have ${min} to ${max} characters.`)
  }
  return text('password', password, max)
}

async function join(
  change: Change,
  organizationId: number,
  input: MemberInput,
  passwordHash: string,
): Promise<NewMember> {
  const email = checkEmail(input.email)
  const found = await change.tx.people.byLogin(email)
  // Somebody else's username may look like this address: that is not the person meant.
  const known = found?.person.email === email ? found : undefined
  const person = known?.person ?? (await addPerson(change, email, input, passwordHash))
  const [member] = await change.tx.list('membership', { organizationId, personId: person.id, limit: 1 })
  if (member !== undefined) throw invalid('email', 'taken', 'This person is a member already.')
  const membership = await change.add('membership', {
    organizationId,
    personId: person.id,
    role: input.role,
    hourlyRate: input.hourlyRate ?? null,
    costRate: input.costRate ?? null,
  })
  // Someone who comes back finds the old default report again.
  const query = { organizationId, personId: person.id, isDefault: true, limit: 1 }
  if ((await change.tx.count('expense_report', query)) === 0) {
    await change.add('expense_report', {
      organizationId,
      personId: person.id,
      name: 'Default',
      state: 'open',
      isDefault: true,
    })
  }
  return { person, membership, isNew: known === undefined }
}

async function addPerson(change: Change, email: string, input: PersonInput, passwordHash: string) {
  const person = await change.add('person', {
    email,
    username: checkUsername(input.username ?? email),
    name: name('name', input.name),
    timeZone: input.timeZone ?? null,
  })
  await change.tx.setPassword(person.id, passwordHash, change.at)
  return person
}

async function memberOf(change: Change, organizationId: number, personId: number): Promise<Membership> {
  const [member] = await change.tx.list('membership', { organizationId, personId, limit: 1 })
  if (member === undefined) throw notFound('person')
  return member
}

async function checkOtherOwner(change: Change, membership: Membership): Promise<void> {
  const members = await listAll(change.tx, 'membership', { organizationId: membership.organizationId })
  if (!members.some((other) => other.role === 'owner' && other.id !== membership.id)) {
    throw new DomainError('conflict', 'last_owner', 'An organization needs an owner.')
  }
}

async function checkOnlyHere(change: Change, organizationId: number, personId: number): Promise<void> {
  const first = await change.tx.people.standing(personId, null)
  const elsewhere = await change.tx.people.membershipCount(personId)
  if (first?.organization.id !== organizationId || elsewhere > 1) {
    throw forbidden('This person belongs to other organizations too and changes the profile alone.')
  }
}

// Owners are made by owners alone, so that an admin cannot take an organization over.
function checkRole(actor: Actor, role: Role): void {
  if (role === 'owner' && actor.role !== 'owner') throw forbidden('Only an owner may do this to an owner.')
}

const emailShape = /^[^\s@<>"',;:\\]{1,64}@[^\s@<>"',;:\\]{1,190}$/

function checkEmail(value: string): string {
  // Folded as a login is, so that it is found however it is typed.
  const email = text('email', fold(value.trim()), 254, true)
  if (!emailShape.test(email)) throw invalid('email', 'format', 'This is no e-mail address.')
  return email
}

// Letters of one alphabet only: look-alike names in others could pass for someone else.
const usernameShape = /^[a-z0-9][a-z0-9._+@-]*$/

function checkUsername(value: string): string {
  const username = text('username', value.trim().toLowerCase(), 254, true)
  if (!usernameShape.test(username)) {
    throw invalid('username', 'format', 'A username has letters a to z, digits and . _ + @ - only.')
  }
  return username
}

const letterhead = {
  email: '',
  phone: '',
  website: '',
  addressLine1: '',
  addressLine2: '',
  postalCode: '',
  city: '',
  region: '',
  country: '',
  taxNumber: '',
}

/** The given fields that stand on invoices or rule them. */
function checkLetterhead(input: Partial<OrganizationInput>): Partial<OrganizationInput> {
  const fields: Record<string, string | number> = {}
  for (const field of Object.keys(letterhead) as (keyof typeof letterhead)[]) {
    const value = input[field]
    if (value !== undefined) fields[field] = text(field, value, 200)
  }
  if (input.invoicePattern !== undefined) fields.invoicePattern = checkPattern(input.invoicePattern)
  const { invoiceDueDays } = input
  if (invoiceDueDays !== undefined) {
    if (!Number.isInteger(invoiceDueDays) || invoiceDueDays < 0 || invoiceDueDays > 3650) {
      throw invalid('invoiceDueDays', 'range', 'An invoice is due within 0 to 3650 days.')
    }
    fields.invoiceDueDays = invoiceDueDays
  }
  return fields
}
