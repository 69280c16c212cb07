// Which of several rates counts.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LocalDate } from '../day.ts'
import { decimal } from '../decimal.ts'
import type { Rate } from './nouns.ts'
import { type Rated, rateFor } from './precedence.ts'

let ids = 0
function rate(amount: string, more: Partial<Rate> = {}): Rate {
  ids += 1
  return {
    id: ids,
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    deletedAt: null,
    organizationId: 1,
    clientId: null,
    projectId: null,
    activityId: null,
    personId: null,
    amount: decimal(amount),
    costAmount: null,
    fixed: false,
    validFrom: null,
    ...more,
  }
}

const entry: Rated = {
  clientId: 1,
  projectId: 2,
  activityId: 3,
  personId: 4,
  on: '2026-05-20' as LocalDate,
  own: { hourly: null, fixed: null },
  activityHourly: null,
  projectHourly: null,
  personHourly: null,
  personCost: null,
}

const everybody = rate('10')
const person = rate('20', { personId: 4 })
const client = rate('30', { clientId: 1 })
const clientPerson = rate('40', { clientId: 1, personId: 4 })
const project = rate('50', { projectId: 2 })
const projectPerson = rate('60', { projectId: 2, personId: 4 })
const activity = rate('70', { activityId: 3 })
const activityProject = rate('75', { activityId: 3, projectId: 2 })
const activityPerson = rate('80', { activityId: 3, personId: 4 })

describe('The rate of an entry', () => {
  const ladder = [
    everybody,
    person,
    client,
    clientPerson,
    project,
    projectPerson,
    activity,
    activityProject,
    activityPerson,
  ]
  for (let count = 1; count <= ladder.length; count += 1) {
    const top = ladder[count - 1]
    test(`of ${count} that fit, the more special: ${top?.amount}`, () => {
      const some = ladder.slice(0, count)
      assert.equal(rateFor(entry, some)?.amount, top?.amount)
      assert.equal(rateFor(entry, some.toReversed())?.amount, top?.amount)
    })
  }

  const table: readonly [string, Partial<Rated>, Rate[], string | undefined][] = [
    ['none without any', {}, [], undefined],
    ['none of others', {}, [rate('1', { personId: 9 }), rate('2', { projectId: 9 })], undefined],
    ['its own before all', { own: { hourly: decimal('1'), fixed: null } }, [activityPerson], '1'],
    [
      'its own fixed one before its own hourly one',
      { own: { hourly: decimal('1'), fixed: decimal('2') } },
      [],
      '2',
    ],
    [
      'the later of two',
      {},
      [
        rate('1', { validFrom: '2026-01-01' as LocalDate }),
        rate('2', { validFrom: '2026-05-20' as LocalDate }),
      ],
      '2',
    ],
    ['not one of a later day', {}, [rate('1'), rate('2', { validFrom: '2026-05-21' as LocalDate })], '1'],
    [
      'one kept on the activity before rates of the project',
      { activityHourly: decimal('5') },
      [projectPerson],
      '5',
    ],
    ['a rate of the activity before one kept on it', { activityHourly: decimal('5') }, [activity], '70'],
    [
      'one kept on the project before rates of the client',
      { projectHourly: decimal('6') },
      [clientPerson],
      '6',
    ],
    ['one kept on the person where no rate fits', { personHourly: decimal('7') }, [], '7'],
    ['a rate for everybody before one kept on the person', { personHourly: decimal('7') }, [everybody], '10'],
    ['nothing is for free: zero is a rate', { projectHourly: decimal('0') }, [client], '0'],
  ]
  for (const [what, more, rates, amount] of table) {
    test(what, () => assert.equal(rateFor({ ...entry, ...more }, rates)?.amount, amount))
  }

  test('tells whether it is for the hour or the entry, and what the work costs', () => {
    const fixed = rate('99', { activityId: 3, fixed: true, costAmount: decimal('33') })
    assert.deepEqual(rateFor(entry, [fixed]), { amount: '99', fixed: true, cost: '33' })
    const cost = { ...entry, personCost: decimal('11') }
    assert.equal(rateFor(cost, [everybody])?.cost, '11')
    assert.equal(rateFor(cost, [everybody, fixed])?.cost, '33')
  })
})
