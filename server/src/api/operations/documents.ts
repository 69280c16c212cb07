// Documents: invoices and expenses as PDF; and the history of single entities.

import type { DocumentFile } from '../../core/documents/nouns.ts'
import { maxDocumentExpenses } from '../../core/documents/verbs.ts'
import type { BookEvent } from '../../core/events.ts'
import { type SubjectNoun, subjectNouns } from '../../core/notes/nouns.ts'
import { listOf } from '../crud.ts'
import { presentEvents } from '../feed.ts'
import { type Answer, json, type Operation } from '../operation.ts'
import { ids, oneOf } from '../parameters.ts'
import { expenses } from '../resources/expenses.ts'
import { invoices } from '../resources/invoices.ts'
import { change } from './changes.ts'
import { fileHeaders } from './receipts.ts'

/** Operations on documents and histories. */
export const documentOperations: readonly Operation[] = [
  {
    name: 'openInvoicePdf',
    method: 'GET',
    path: '/invoices/{id}/pdf',
    group: invoices.many,
    summary: 'Download an invoice',
    about: 'As PDF. A draft says that it is one.',
    status: 200,
    answerType: 'application/pdf',
    example: { ids: { id: 1 } },
    run: async ({ core, actor, ids: found }) => file(await core.documents.invoice(actor, found.id ?? 0)),
  },
  {
    name: 'openExpensesPdf',
    method: 'GET',
    path: '/expenses/pdf',
    group: expenses.many,
    summary: 'Download expenses',
    about: `As one PDF, in the order of their ids given, at most ${maxDocumentExpenses}. Those you may not read are left out.`,
    query: { id: { ...ids, required: true } },
    status: 200,
    answerType: 'application/pdf',
    example: { query: 'id=4124,4131' },
    run: async ({ core, actor, query }) =>
      file(await core.documents.expenses(actor, query.id as readonly number[])),
  },
  {
    name: 'listHistory',
    method: 'GET',
    path: '/history',
    group: 'Changes',
    summary: 'Read the history of entities',
    about:
      'What happened to each, the newest hundred events, for everyone who may read the entity. Those you may not read are left out.',
    query: {
      subject_type: { ...oneOf(subjectNouns), required: true },
      subject_id: { ...ids, required: true },
    },
    status: 200,
    answer: listOf(change),
    lasting: () => true,
    example: { query: 'subject_type=project&subject_id=1' },
    async run({ core, actor, query }) {
      const { subject_type: noun, subject_id: wanted } = query as {
        subject_type: SubjectNoun
        subject_id: readonly number[]
      }
      const found = await core.history(actor, noun, wanted)
      const events: BookEvent[] = [...found.values()].flat().sort((a, b) => a.sequence - b.sequence)
      const data = await presentEvents(core, actor, events)
      return json({ object: 'list', data, has_more: false, next_cursor: null })
    },
  },
]

function file({ bytes, fileName, mediaType }: DocumentFile): Answer {
  // What a document shows changes with more than itself, so it is not tagged.
  const { etag: _, ...headers } = fileHeaders(mediaType, fileName, '')
  return { status: 200, headers, body: bytes }
}
