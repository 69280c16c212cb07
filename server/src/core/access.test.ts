// Who may do what: every role against every permission, scopes of tokens, and the fields a role does not see.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal, withScopes } from '../../test/harness.ts'
import { may, type Permission, type Reach, reach, require, scopes, visible } from './access.ts'
import type { Actor } from './actor.ts'
import { timeZone } from './day.ts'
import { decimal } from './decimal.ts'
import type { Entities } from './entity.ts'
import { currency } from './money.ts'
import { type Role, roles } from './people/nouns.ts'

const kept = { id: 1, revision: 1, createdAt: 0, updatedAt: 0, deletedAt: null }

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
  invoicePattern: '{yyyy}-{nnnn}',
  invoiceDueDays: 14,
}

function actor(role: Role): Actor {
  return {
    personId: 7,
    organizationId: 1,
    role,
    scopes: null,
    door: 'native',
    requestId: 'r',
    organization: {
      ...kept,
      name: 'A',
      currency: currency('EUR'),
      timeZone: timeZone('UTC'),
      distanceUnit: 'km',
      distanceRate: null,
      hourlyRate: null,
      dateOrder: 'day-month',
      ...letterhead,
    },
    timeZone: timeZone('UTC'),
    referencesRevision: 1,
    categoriesRevision: 1,
    sequence: 1,
  }
}

// A: everybody's, o: one's own, -: not at all; in the order of the roles.
const order: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'accountant', 'guest']
const expected: { readonly [P in Permission]: string } = {
  'organization.read': 'A A A A A A',
  'organization.write': 'A A - - - -',
  'people.read': 'A A A A A o',
  'people.write': 'A A - - - -',
  'profile.write': 'A A o o o o',
  'credential.read': 'A A o o o o',
  'credential.write': 'A A o o o o',
  'application.read': 'A A - - - -',
  'application.write': 'A A - - - -',
  'catalogue.read': 'A A A A A A',
  'catalogue.write': 'A A A - - -',
  'expense.read': 'A A A o A o',
  'expense.write': 'A A A o o -',
  'report.approve': 'A A A - - -',
  'time.read': 'A A A o A o',
  'time.write': 'A A A o o -',
  'rates.read': 'A A A - A -',
  'costs.read': 'A A - - A -',
  'budgets.read': 'A A A - A -',
  'rates.write': 'A A A - - -',
  'invoice.read': 'A A A - A -',
  'invoice.write': 'A A A - - -',
  'webhook.read': 'A A o o o -',
  'webhook.write': 'A A o o o -',
  'events.read': 'A A - - A -',
}
const letters: { readonly [letter: string]: Reach | undefined } = { A: 'all', o: 'own', '-': undefined }
const permissions = Object.keys(expected) as Permission[]

describe('The table of rights', () => {
  test('names every role', () => assert.deepEqual(order, roles))

  for (const permission of permissions) {
    const row = expected[permission].split(' ')
    for (const [i, role] of order.entries()) {
      const far = letters[row[i] ?? '']
      test(`${role}, ${permission}: ${far ?? 'not at all'}`, () => {
        assert.equal(reach(actor(role), permission), far)
        assert.equal(may(actor(role), permission, 7), far !== undefined)
        assert.equal(may(actor(role), permission, 8), far === 'all')
        if (far === undefined) {
          assert.throws(
            () => require(actor(role), permission),
            refusal('forbidden', { reason: 'role_forbids' }),
          )
        } else assert.equal(require(actor(role), permission), far)
      })
    }
  }
})

describe('The scopes of a token', () => {
  // What the scope alone allows an owner; `*` and no scopes allow all of it.
  const allowed: { readonly [scope: string]: readonly Permission[] } = {
    'organization:read': ['organization.read', 'application.read'],
    'events:read': ['events.read'],
    'invoices:read': ['invoice.read'],
    'invoices:write': ['invoice.write'],
    'webhooks:read': ['webhook.read'],
    'webhooks:write': ['webhook.write'],
    'organization:write': ['organization.write', 'application.write'],
    'people:read': ['people.read', 'credential.read'],
    'people:write': ['people.write', 'profile.write', 'credential.write'],
    'catalogue:read': ['catalogue.read', 'rates.read', 'costs.read', 'budgets.read'],
    'catalogue:write': ['catalogue.write', 'rates.write'],
    'expenses:read': ['expense.read'],
    'expenses:write': ['expense.write', 'report.approve'],
    'time:read': ['time.read'],
    'time:write': ['time.write'],
  }

  test('are these and no others', () => assert.deepEqual([...scopes].sort(), Object.keys(allowed).sort()))

  for (const [scope, within] of Object.entries(allowed)) {
    test(`${scope} allows an owner ${within.join(', ')} and nothing else`, () => {
      const narrow = withScopes(actor('owner'), scope)
      assert.deepEqual(
        permissions.filter((permission) => reach(narrow, permission) !== undefined),
        within,
      )
      for (const permission of permissions.filter((each) => !within.includes(each))) {
        assert.throws(() => require(narrow, permission), refusal('forbidden', { reason: 'scope_missing' }))
      }
    })
  }

  test('never allow more than the role', () => {
    for (const role of roles) {
      for (const permission of permissions) {
        const all = withScopes(actor(role), '*', ...scopes)
        assert.equal(reach(all, permission), reach(actor(role), permission))
      }
    }
    assert.equal(reach(withScopes(actor('guest'), 'expenses:write'), 'expense.write'), undefined)
    assert.equal(reach(withScopes(actor('owner')), 'organization.read'), undefined)
  })

  test('that nobody knows allow nothing', () => {
    const odd = withScopes(actor('owner'), 'expenses', 'expenses:*', 'EXPENSES:READ', 'constructor', '')
    for (const permission of permissions) assert.equal(reach(odd, permission), undefined)
  })
})

describe('A door that knows one person only', () => {
  test('shows even an owner only what is the owner’s own', () => {
    const own: Permission[] = ['expense.read', 'expense.write', 'time.read', 'time.write', 'credential.read']
    for (const role of roles) {
      for (const permission of own) {
        const far = reach(actor(role), permission)
        const there = reach({ ...actor(role), personal: true }, permission)
        assert.equal(there, far === undefined ? undefined : 'own')
        assert.equal(may({ ...actor(role), personal: true }, permission, 8), false)
      }
      assert.equal(reach({ ...actor(role), personal: true }, 'catalogue.read'), 'all')
    }
  })
})

describe('Fields that a role does not see', () => {
  const membership: Entities['membership'] = {
    ...kept,
    organizationId: 1,
    personId: 8,
    role: 'member',
    hourlyRate: decimal('90'),
    costRate: decimal('40'),
  }
  const project: Entities['project'] = {
    ...kept,
    organizationId: 1,
    clientId: null,
    name: 'P',
    code: '',
    comment: '',
    color: '',
    billable: true,
    hourlyRate: decimal('90'),
    budgetMinor: 100_00n,
    budgetSeconds: 3600,
    budgetPeriod: 'total',
    startsOn: null,
    endsOn: null,
    memberIds: [],
    managerIds: [],
    state: 'active',
  }
  const shown: readonly [Role, string][] = [
    // role, then hourly rate and cost rate of a person, hourly rate, budget in money and in time of a project
    ['owner', '90 40 90 10000 3600'],
    ['admin', '90 40 90 10000 3600'],
    ['manager', '90 null 90 10000 3600'],
    ['member', 'null null null null null'],
    ['accountant', '90 40 90 10000 3600'],
    ['guest', 'null null null null null'],
  ]
  for (const [role, values] of shown) {
    test(`${role} reads ${values}`, () => {
      const person = visible(actor(role), 'membership', membership)
      const job = visible(actor(role), 'project', project)
      assert.equal(
        [person.hourlyRate, person.costRate, job.hourlyRate, job.budgetMinor, job.budgetSeconds]
          .map(String)
          .join(' '),
        values,
      )
    })
  }

  test('are null for an owner’s token without the scope, and nothing else changes', () => {
    const narrow = withScopes(actor('owner'), 'organization:read')
    assert.deepEqual(visible(narrow, 'membership', membership), {
      ...membership,
      hourlyRate: null,
      costRate: null,
    })
    assert.equal(project.hourlyRate, '90')
  })
})
