// Notes, to-dos and properties: what hangs on other entities and follows their rights.

import Type from 'typebox'
import { type Note, type Property, type SubjectNoun, subjectNouns } from '../../core/notes/nouns.ts'
import type { NoteInput } from '../../core/notes/verbs.ts'
import { listOf } from '../crud.ts'
import { type Answer, type Call, done, json, type Operation } from '../operation.ts'
import { ids, oneOf, search } from '../parameters.ts'
import { id, instantText, nullable, presentInstant, presentInstantOrNull } from '../wire.ts'
import { worded } from '../writing.ts'

const group = 'Notes and properties'
const strict = { additionalProperties: false }
const subjectType = Type.Enum([...subjectNouns])
const subject = { subject_type: subjectType, subject_id: id }
const subjects = {
  subject_type: { ...oneOf(subjectNouns), required: true },
  subject_id: { ...ids, required: true },
} as const

/** The space of properties that the organization's own people give their meaning. */
const ownSpace = 'organization'

/** A note or to-do. */
export const note = Type.Object(
  {
    object: Type.Literal('note'),
    id,
    ...subject,
    person_id: id,
    body: Type.String(),
    todo: Type.Boolean(),
    assignee_id: nullable(id),
    completed_at: nullable(instantText),
    completed_by_id: nullable(id),
    pinned: Type.Boolean(),
    created_at: instantText,
    updated_at: instantText,
  },
  strict,
)

/** A named value on an entity. */
export const property = Type.Object(
  {
    object: Type.Literal('property'),
    ...subject,
    space: Type.String({ description: 'Who gives the name its meaning: `organization`, or a door.' }),
    name: Type.String(),
    value: nullable(Type.String()),
  },
  strict,
)

/** A note as it is answered. */
export function presentNote(found: Note) {
  return {
    object: 'note',
    id: found.id,
    subject_type: found.subjectNoun,
    subject_id: found.subjectId,
    person_id: found.personId,
    body: found.body,
    todo: found.todo,
    assignee_id: found.assigneeId,
    completed_at: presentInstantOrNull(found.completedAt),
    completed_by_id: found.completedById,
    pinned: found.pinned,
    created_at: presentInstant(found.createdAt),
    updated_at: presentInstant(found.updatedAt),
  }
}

/** A property as it is answered. */
export function presentProperty({ subjectNoun, subjectId, space, name, value }: Property) {
  return { object: 'property', subject_type: subjectNoun, subject_id: subjectId, space, name, value }
}

type Subject = { readonly subject_type: SubjectNoun; readonly subject_id: number }
type Subjects = { readonly subject_type: SubjectNoun; readonly subject_id: readonly number[] }

const body = Type.String({ minLength: 1, maxLength: 20_000 })

/** Operations on notes, to-dos and properties. */
export const noteOperations: readonly Operation[] = [
  {
    name: 'listNotes',
    method: 'GET',
    path: '/notes',
    group,
    summary: 'List the notes of entities',
    about: 'Oldest first. All of the entities must be ones you may read.',
    query: subjects,
    status: 200,
    answer: listOf(note),
    lasting: () => true,
    example: { query: 'subject_type=project&subject_id=1' },
    async run({ core, actor, query }) {
      const { subject_type: noun, subject_id: wanted } = query as Subjects
      return list((await core.notes.list(actor, noun, wanted)).map(presentNote))
    },
  },
  {
    name: 'createNote',
    method: 'POST',
    path: '/notes',
    group,
    summary: 'Write a note or to-do',
    about: 'One with somebody to do it is a to-do.',
    body: Type.Object(
      {
        ...subject,
        body,
        todo: Type.Optional(Type.Boolean()),
        assignee_id: Type.Optional(nullable(id)),
        pinned: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    status: 201,
    answer: note,
    example: { body: { subject_type: 'project', subject_id: 1, body: 'Ask for the logo', todo: true } },
    run: (call) => worded(call.body, () => createNote(call)),
  },
  {
    name: 'updateNote',
    method: 'PATCH',
    path: '/notes/{id}',
    group,
    summary: 'Change a note',
    body: Type.Object({ body: Type.Optional(body), pinned: Type.Optional(Type.Boolean()) }, strict),
    status: 200,
    answer: note,
    example: { ids: { id: 1 }, body: { pinned: true } },
    run: (call) =>
      worded(call.body, async () => {
        const { core, actor, ids: found, body: sent } = call
        return json(presentNote(await core.notes.update(actor, found.id ?? 0, sent as Partial<NoteInput>)))
      }),
  },
  completion('completeNote', 'complete', 'Complete a to-do', true),
  completion('reopenNote', 'reopen', 'Reopen a to-do', false),
  {
    name: 'deleteNote',
    method: 'DELETE',
    path: '/notes/{id}',
    group,
    summary: 'Delete a note',
    status: 204,
    example: { ids: { id: 1 } },
    async run({ core, actor, ids: found }) {
      await core.notes.remove(actor, found.id ?? 0)
      return done
    },
  },
  {
    name: 'restoreNote',
    method: 'POST',
    path: '/notes/{id}/restore',
    group,
    summary: 'Restore a note',
    about: 'What is not deleted is answered as it is.',
    status: 200,
    answer: note,
    example: { ids: { id: 1 } },
    run: async ({ core, actor, ids: found }) =>
      json(presentNote(await core.notes.restore(actor, found.id ?? 0))),
  },
  {
    name: 'listProperties',
    method: 'GET',
    path: '/properties',
    group,
    summary: 'List the properties of entities',
    query: { ...subjects, space: { ...search, about: 'Only those of this space.' } },
    status: 200,
    answer: listOf(property),
    lasting: () => true,
    example: { query: 'subject_type=project&subject_id=1' },
    async run({ core, actor, query }) {
      const { subject_type: noun, subject_id: wanted } = query as Subjects
      const found = await core.notes.properties(actor, noun, wanted, query.space as string | undefined)
      return list(found.map(presentProperty))
    },
  },
  {
    name: 'setProperty',
    method: 'PUT',
    path: '/properties',
    group,
    summary: 'Set a property',
    about: `Of the space \`${ownSpace}\`. Null takes it away.`,
    body: Type.Object(
      {
        ...subject,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        value: nullable(Type.String({ maxLength: 20_000 })),
      },
      strict,
    ),
    status: 200,
    answer: property,
    example: { body: { subject_type: 'project', subject_id: 1, name: 'cost_centre', value: 'K-12' } },
    run: (call) => worded(call.body, () => setProperty(call)),
  },
]

function completion(name: string, path: string, summary: string, completed: boolean): Operation {
  return {
    name,
    method: 'POST',
    path: `/notes/{id}/${path}`,
    group,
    summary,
    status: 200,
    answer: note,
    example: { ids: { id: 1 } },
    run: async ({ core, actor, ids: found }) =>
      json(presentNote(await core.notes.setCompleted(actor, found.id ?? 0, completed))),
  }
}

async function createNote({ core, actor, body: sent }: Call): Promise<Answer> {
  const {
    subject_type: noun,
    subject_id: subjectId,
    assignee_id: assigneeId,
    ...rest
  } = sent as Subject & NoteInput & { assignee_id?: number | null }
  const input = assigneeId === undefined ? rest : { ...rest, assigneeId }
  return json(presentNote(await core.notes.add(actor, { noun, id: subjectId }, input)), 201)
}

async function setProperty({ core, actor, body: sent }: Call): Promise<Answer> {
  const {
    subject_type: noun,
    subject_id: subjectId,
    name,
    value,
  } = sent as Subject & {
    name: string
    value: string | null
  }
  await core.notes.setProperty(actor, { noun, id: subjectId }, ownSpace, name, value)
  return json({
    object: 'property',
    subject_type: noun,
    subject_id: subjectId,
    space: ownSpace,
    name: name.trim(),
    value,
  })
}

function list(data: readonly object[]): Answer {
  return json({ object: 'list', data, has_more: false, next_cursor: null })
}
