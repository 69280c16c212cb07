// Comments on customers and projects: our notes.

import { notFound } from '../../core/errors.ts'
import type { Note } from '../../core/notes/nouns.ts'
import { maxTextLength } from '../../core/text.ts'
import { type Call, type Desk, together } from './call.ts'
import type { WireObject } from './entities.ts'
import { type Answer, empty, ok } from './errors.ts'
import { flag, required, text } from './fields.ts'
import { blank, type Form, submit } from './form.ts'
import { lookAround, type Surroundings } from './surroundings.ts'
import { embedUser } from './user-entity.ts'
import { presentInstant } from './wire.ts'

const fields = { message: required(text(maxTextLength)), pinned: flag }

const form: Form<typeof fields> = { fields, paths: { body: 'message' } }

function presentComment(note: Note, around: Surroundings): WireObject {
  return {
    id: note.id,
    message: note.body,
    createdBy: embedUser(note.personId, around),
    createdAt: presentInstant(note.createdAt, around.desk.actor.timeZone),
    pinned: note.pinned,
  }
}

/** The four handlers of a noun. */
export function commentHandlers(noun: 'client' | 'project') {
  const readOwner = ({ core, actor }: Desk, id: number) =>
    noun === 'client' ? core.clients.read(actor, id) : core.projects.read(actor, id)

  /** The comment, which must be one on this very thing. */
  async function readComment(desk: Desk, { id, other }: Call): Promise<Note> {
    await readOwner(desk, id)
    const notes = await desk.core.notes.list(desk.actor, noun, [id])
    const note = notes.find((each) => each.id === other)
    if (note === undefined) throw notFound('comment')
    return note
  }

  return {
    async list(call: Call): Promise<Answer> {
      await readOwner(call, call.id)
      const notes = await call.core.notes.list(call.actor, noun, [call.id])
      const around = await lookAround(call, { people: true })
      const newestFirst = notes.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.id - a.id)
      return ok(newestFirst.map((note) => presentComment(note, around)))
    },

    async add(call: Call): Promise<Answer> {
      await readOwner(call, call.id)
      return submit(call, form, 'create', ({ message, pinned = false }) =>
        together(call, async (desk) => {
          if (message === undefined) throw blank('message')
          const note = await desk.core.notes.add(desk.actor, { noun, id: call.id }, { body: message, pinned })
          return ok(presentComment(note, await lookAround(desk, { people: true })))
        }),
      )
    },

    pin(call: Call): Promise<Answer> {
      return together(call, async (desk) => {
        const note = await readComment(desk, call)
        const after = await desk.core.notes.update(desk.actor, note.id, { pinned: !note.pinned })
        return ok(presentComment(after, await lookAround(desk, { people: true })))
      })
    },

    remove(call: Call): Promise<Answer> {
      return together(call, async (desk) => {
        const note = await readComment(desk, call)
        await desk.core.notes.remove(desk.actor, note.id)
        return empty
      })
    },
  }
}
