// Whole answers: found by the same person with the same rights while nothing has happened, and only then.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from '../core/actor.ts'
import { createAnswers } from './answers.ts'

// Answers look at these fields of an actor alone.
function actor(fields: Partial<Actor> = {}): Actor {
  const known = {
    organizationId: 1,
    personId: 1,
    role: 'member',
    scopes: null,
    door: 'xpenser',
    sequence: 7,
    referencesRevision: 3,
  }
  return { ...known, ...fields } as Actor
}

const answer = { text: '[1]', contentType: 'application/json' }

test('An answer is found again as long as the organization stands still.', () => {
  const answers = createAnswers(1e6)
  assert.equal(answers.find(actor(), '/x'), undefined)
  answers.keep(actor(), '/x', answer)
  assert.equal(answers.find(actor(), '/x')?.text, '[1]')
  assert.equal(answers.find(actor({ sequence: 8 }), '/x'), undefined)
})

test('An answer is not found once somebody it may name was renamed in another organization.', () => {
  const answers = createAnswers(1e6)
  answers.keep(actor(), '/x', answer)
  assert.equal(answers.find(actor({ referencesRevision: 4 }), '/x'), undefined)
})

const others: [string, Partial<Actor>][] = [
  ['another person', { personId: 2 }],
  ['another organization', { organizationId: 2 }],
  ['another role', { role: 'guest' }],
  ['fewer rights', { scopes: new Set(['time:read']) }],
  ['another door', { door: 'kimai' }],
]

for (const [who, fields] of others) {
  test(`What one got is not found by ${who}.`, () => {
    const answers = createAnswers(1e6)
    answers.keep(actor(), '/x', answer)
    assert.equal(answers.find(actor(fields), '/x'), undefined)
  })
}

test('Another request is another answer.', () => {
  const answers = createAnswers(1e6)
  answers.keep(actor(), '/x?a=1', answer)
  assert.equal(answers.find(actor(), '/x?a=2'), undefined)
})

test('The oldest answers make room for new ones.', () => {
  const answers = createAnswers(2000)
  for (let i = 0; i < 10; i += 1) answers.keep(actor(), `/${i}`, { ...answer, text: 'x'.repeat(200) })
  const found = Array.from({ length: 10 }, (_, i) => answers.find(actor(), `/${i}`) !== undefined)
  assert.deepEqual(found, [...Array(6).fill(false), ...Array(4).fill(true)])
})

test('What is very long is not kept.', () => {
  const answers = createAnswers(1e7)
  answers.keep(actor(), '/x', { ...answer, text: 'x'.repeat(300_000) })
  assert.equal(answers.find(actor(), '/x'), undefined)
})

test('Long questions take room too.', () => {
  const answers = createAnswers(20_000)
  const question = (i: number) => `/${i}?${'x'.repeat(5000)}`
  for (let i = 0; i < 10; i += 1) answers.keep(actor(), question(i), { ...answer, text: '' })
  const found = Array.from({ length: 10 }, (_, i) => answers.find(actor(), question(i)) !== undefined)
  assert.equal(found.filter(Boolean).length, 3)
})
