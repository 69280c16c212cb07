// Verbs on recurring invoices: what is to be billed again and again.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, checkReference, reader, readOwn, readToChange } from '../context.ts'
import type { LocalDate } from '../day.ts'
import { invalid } from '../errors.ts'
import type { Queries } from '../queries.ts'
import { maxTextLength, text } from '../text.ts'
import { maxLines } from './input.ts'
import type { Frequency, RecurringInvoice, RecurringLine, RecurringState } from './nouns.ts'

export type RecurringInput = {
  readonly clientId: number
  readonly frequency: Frequency
  readonly startsOn: LocalDate
  readonly endsOn?: LocalDate | null
  readonly maxInvoices?: number | null
  readonly notes?: string
  readonly autoSend?: boolean
  readonly lines: readonly RecurringLine[]
}

export type RecurringInvoices = ReturnType<typeof createRecurringInvoices>

const permissions = { read: 'invoice.read', write: 'invoice.write' } as const

/** Verbs on recurring invoices, with the rights on invoices. */
export function createRecurringInvoices(context: Context) {
  const { write } = context

  return {
    /** Keeps a recurring invoice; the first one is to be written on its first day. */
    add(actor: Actor, input: RecurringInput): Promise<RecurringInvoice> {
      requirePermission(actor, 'invoice.write')
      return write(actor, async (change) => {
        await checkReference(change, actor.organizationId, 'client', 'clientId', input.clientId)
        check(input)
        return change.add('recurring_invoice', {
          organizationId: actor.organizationId,
          clientId: input.clientId,
          personId: actor.personId,
          frequency: input.frequency,
          startsOn: input.startsOn,
          endsOn: input.endsOn ?? null,
          maxInvoices: input.maxInvoices ?? null,
          notes: text('notes', input.notes ?? '', maxTextLength),
          autoSend: input.autoSend ?? false,
          lines: input.lines,
          state: 'active',
          generated: 0,
          nextOn: input.startsOn,
          lastOn: null,
        })
      })
    },

    setState(actor: Actor, id: number, state: RecurringState): Promise<RecurringInvoice> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'recurring_invoice', id)
        return change.alter('recurring_invoice', before, { state })
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'recurring_invoice', id, true)
        await change.remove('recurring_invoice', before)
      })
    },

    restore(actor: Actor, id: number): Promise<RecurringInvoice> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'recurring_invoice', id, true)
        return before.deletedAt === null ? before : change.restore('recurring_invoice', before)
      })
    },

    read(actor: Actor, id: number): Promise<RecurringInvoice> {
      return readOwn(reader(context, actor), actor, 'invoice.read', 'recurring_invoice', id)
    },

    list(
      actor: Actor,
      filter: Omit<Queries['recurring_invoice'], 'organizationId'>,
    ): Promise<RecurringInvoice[]> {
      requirePermission(actor, 'invoice.read')
      const query = { ...filter, organizationId: actor.organizationId }
      return reader(context, actor).list('recurring_invoice', query)
    },
  }
}

function check({ startsOn, endsOn, maxInvoices, lines }: RecurringInput): void {
  if (endsOn && endsOn < startsOn) throw invalid('endsOn', 'order', 'The end is before the start.')
  if (
    maxInvoices !== undefined &&
    maxInvoices !== null &&
    (!Number.isInteger(maxInvoices) || maxInvoices < 1)
  ) {
    throw invalid('maxInvoices', 'range', 'At least one invoice.')
  }
  if (lines.length === 0) throw invalid('lines', 'required', 'A recurring invoice needs a line.')
  if (lines.length > maxLines) throw invalid('lines', 'too_many', `At most ${maxLines} lines.`)
  for (const [i, line] of lines.entries()) {
    text(`lines.${i}.title`, line.title, 1000)
    text(`lines.${i}.description`, line.description, maxTextLength)
  }
}
