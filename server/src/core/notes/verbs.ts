// Verbs on notes, to-dos and properties: what hangs on other entities and follows their rights.

import { type Permission, require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, checkMember, listAll, reader, readToChange } from '../context.ts'
import type { Entities } from '../entity.ts'
import { invalid, notFound } from '../errors.ts'
import { maxIds } from '../page.ts'
import type { Reader } from '../ports.ts'
import { maxTextLength, name, text } from '../text.ts'
import type { Change } from '../writing.ts'
import type { Note, Property, SubjectNoun } from './nouns.ts'

export type Subject = { readonly noun: SubjectNoun; readonly id: number }

export type NoteInput = {
  readonly body: string
  readonly todo?: boolean
  /** Someone to do it; makes the note a to-do. */
  readonly assigneeId?: number | null
  readonly pinned?: boolean
}

/** Properties of one entity at most. */
export const maxProperties = 100

export type Notes = ReturnType<typeof createNotes>

/** Verbs on notes and properties. */
export function createNotes(context: Context) {
  const { write } = context

  /** A note with a function that keeps changed fields of it, and moves what it hangs on when there is a difference. */
  async function readNote(change: Change, actor: Actor, id: number, deleted = false) {
    const [note] = await change.tx.byId('note', actor.organizationId, [id])
    if (note === undefined || (note.deletedAt !== null && !deleted)) throw notFound('note')
    const touch = await subjectToChange(change, actor, { noun: note.subjectNoun, id: note.subjectId })
    async function alter(fields: Partial<Note>): Promise<Note> {
      const after = await change.alter('note', before, fields)
      if (after !== before) await touch()
      return after
    }
    const before = note
    return { before, alter, touch }
  }

  return {
    add(actor: Actor, subject: Subject, input: NoteInput): Promise<Note> {
      return write(actor, async (change) => {
        const touch = await subjectToChange(change, actor, subject)
        const assigneeId = input.assigneeId ?? null
        if (assigneeId !== null) await checkMember(change, actor.organizationId, 'assigneeId', assigneeId)
        const note = await change.add('note', {
          organizationId: actor.organizationId,
          subjectNoun: subject.noun,
          subjectId: subject.id,
          personId: actor.personId,
          body: text('body', input.body, maxTextLength, true),
          todo: input.todo === true || assigneeId !== null,
          assigneeId,
          completedAt: null,
          completedById: null,
          pinned: input.pinned ?? false,
        })
        await touch()
        return note
      })
    },

    /** Marks a to-do as done or as still to do. Set, never toggled. */
    setCompleted(actor: Actor, id: number, completed: boolean): Promise<Note> {
      return write(actor, async (change) => {
        const { before, alter } = await readNote(change, actor, id)
        if (!before.todo) throw invalid('completed', 'unknown_value', 'Only a to-do can be completed.')
        if (completed === (before.completedAt !== null)) return before
        return alter({
          completedAt: completed ? change.at : null,
          completedById: completed ? actor.personId : null,
        })
      })
    },

    /** Changes the words of a note, or whether it shows before the others. */
    update(actor: Actor, id: number, input: Pick<Partial<NoteInput>, 'body' | 'pinned'>): Promise<Note> {
      return write(actor, async (change) => {
        const { alter } = await readNote(change, actor, id)
        return alter({
          ...(input.body === undefined ? {} : { body: text('body', input.body, maxTextLength, true) }),
          ...(input.pinned === undefined ? {} : { pinned: input.pinned }),
        })
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const { before, touch } = await readNote(change, actor, id)
        await change.remove('note', before)
        await touch()
      })
    },

    restore(actor: Actor, id: number): Promise<Note> {
      return write(actor, async (change) => {
        const { before, touch } = await readNote(change, actor, id, true)
        if (before.deletedAt === null) return before
        await touch()
        return change.restore('note', before)
      })
    },

    /** Notes of subjects the actor may read, oldest first. */
    async list(actor: Actor, noun: SubjectNoun, ids: readonly number[]): Promise<Note[]> {
      const from = reader(context, actor)
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      await checkSubjects(from, actor, noun, ids)
      return listAll(from, 'note', {
        organizationId: actor.organizationId,
        subjectNoun: noun,
        subjectIds: ids,
      })
    },

    /** Sets a named value on an entity; null takes it away. */
    setProperty(
      actor: Actor,
      subject: Subject,
      space: string,
      propertyName: string,
      value: string | null,
    ): Promise<void> {
      return write(actor, async (change) => {
        const touch = await subjectToChange(change, actor, subject)
        const { organizationId } = actor
        const key = {
          subjectNoun: subject.noun,
          space: name('space', space),
          name: name('name', propertyName),
        }
        const query = { organizationId, subjectNoun: subject.noun, subjectIds: [subject.id] }
        const present = await change.tx.list('property', query)
        const before = present.find((property) => property.space === key.space && property.name === key.name)
        if (value !== null) text('value', value, maxTextLength)
        if ((before?.value ?? null) === value) return
        if (before !== undefined && value === null) await change.remove('property', before)
        else if (before !== undefined) await change.alter('property', before, { value })
        else {
          if (present.length >= maxProperties) {
            throw invalid('name', 'too_many', `At most ${maxProperties} properties.`)
          }
          await change.add('property', { organizationId, ...key, subjectId: subject.id, value })
        }
        await touch()
      })
    },

    /** Properties of subjects the actor may read. */
    async properties(
      actor: Actor,
      noun: SubjectNoun,
      ids: readonly number[],
      space?: string,
    ): Promise<Property[]> {
      const from = reader(context, actor)
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      await checkSubjects(from, actor, noun, ids)
      const query = { organizationId: actor.organizationId, subjectNoun: noun, subjectIds: ids }
      return listAll(from, 'property', space === undefined ? query : { ...query, space })
    },
  }
}

const catalogue = { read: 'catalogue.read', write: 'catalogue.write' } as const
const expense = { read: 'expense.read', write: 'expense.write' } as const

const invoice = { read: 'invoice.read', write: 'invoice.write' } as const

const permissionsOf: { readonly [N in SubjectNoun]: { read: Permission; write: Permission } } = {
  client: catalogue,
  contact: catalogue,
  project: catalogue,
  task_list: catalogue,
  activity: catalogue,
  category: catalogue,
  tag: catalogue,
  team: catalogue,
  product: catalogue,
  membership: { read: 'people.read', write: 'profile.write' },
  invoice,
  invoice_line: invoice,
  payment: invoice,
  expense,
  expense_report: expense,
  time_entry: { read: 'time.read', write: 'time.write' },
}

/**
 * Checks that the actor may change the subject. Answers how to move its revision, to be called when something that hangs on
 * it has changed: whoever shows it shows that too.
 */
async function subjectToChange(
  change: Change,
  actor: Actor,
  { noun, id }: Subject,
): Promise<() => Promise<unknown>> {
  const subject = await readToChange(change, actor, permissionsOf[noun], noun, id)
  return () => change.touch(noun, subject)
}

/** Those of these subjects that the actor may read, tombstones included: they may still be read about. */
export async function readableSubjects<N extends SubjectNoun>(
  from: Reader,
  actor: Actor,
  noun: N,
  ids: readonly number[],
): Promise<Entities[N][]> {
  const far = requirePermission(actor, permissionsOf[noun].read)
  const found = await from.byId(noun, actor.organizationId, ids)
  return found.filter(
    (subject) => far === 'all' || !('personId' in subject) || subject.personId === actor.personId,
  )
}

/** Throws `not_found` unless the actor may read each of them. */
async function checkSubjects(
  from: Reader,
  actor: Actor,
  noun: SubjectNoun,
  ids: readonly number[],
): Promise<void> {
  const readable = await readableSubjects(from, actor, noun, ids)
  if (readable.length < new Set(ids).size) throw notFound(noun.replace('_', ' '))
}
