// Notes and to-dos on time entries, contacts and sales invoices. They are read inside what they hang on.

import { DomainError } from '../../core/errors.ts'
import type { Note, SubjectNoun } from '../../core/notes/nouns.ts'
import type { Answer, Call, Handler } from './call.ts'
import { blank, Refused, symbolic, validation } from './errors.ts'
import { flagOf, referenceOf, textOf, wrapped } from './fields.ts'
import { idOrNone } from './ids.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** What notes hang on, as it is called there. */
const entityTypes = {
  time_entry: 'TimeEntry',
  client: 'Contact',
  invoice: 'SalesInvoice',
} as const satisfies { readonly [N in SubjectNoun]?: string }
type Noun = keyof typeof entityTypes

/** A note with the key order of the published answers. */
export function presentNote(note: Note): WireObject {
  return {
    id: presentId(note.id),
    administration_id: presentId(note.organizationId),
    entity_id: presentId(note.subjectId),
    entity_type: entityTypes[note.subjectNoun as Noun] ?? note.subjectNoun,
    user_id: presentId(note.personId),
    assignee_id: presentId(note.assigneeId),
    todo: note.todo,
    note: note.body,
    completed_at: presentInstant(note.completedAt),
    completed_by_id: presentId(note.completedById),
    todo_type: null,
    data: {},
    created_at: presentInstant(note.createdAt),
    updated_at: presentInstant(note.updatedAt),
  }
}

/** `POST …/notes`. An assignee makes it a to-do. */
export function createNote(noun: Noun): Handler {
  return async (call): Promise<Answer> => {
    const attributes = wrapped(call.body, 'note', 'Note')
    const body = textOf(attributes, 'note') ?? ''
    // Both keys, as published: the original takes a note without words for a reminder without a kind.
    if (body.trim() === '') throw new Refused(validation([blank('note'), blank('todo_type')]))
    const note = await orInvalidEntity(noun, () =>
      call.core.notes.add(
        call.actor,
        { noun, id: call.id },
        {
          body,
          todo: flagOf(attributes, 'todo') ?? false,
          assigneeId: referenceOf(attributes, 'assignee_id') ?? null,
        },
      ),
    )
    return { item: presentNote(note), created: true }
  }
}

/** `DELETE …/notes/{note}`. A note of something else is not there. */
export function deleteNote(noun: Noun): Handler {
  return async (call: Call): Promise<Answer> => {
    const noteId = idOrNone(call.params.note)
    await call.core.together(call.actor, async (actor) => {
      const notes = await call.core.notes.list(actor, noun, [call.id])
      await call.core.notes.remove(actor, notes.find(({ id }) => id === noteId)?.id ?? 0)
    })
    return 'empty'
  }
}

async function orInvalidEntity<T>(noun: Noun, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'not_found') throw error
    const text = `Entity is invalid; User has no permissions to notes for ${entityTypes[noun]}`
    throw new Refused(symbolic(400, text, { entity: 'not_found', user: 'insufficient_permissions' }))
  }
}
