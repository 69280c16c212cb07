// Forms: a table of fields reads a body, and whatever is wrong comes back field by field, as Kimai's clients show it.

import type { TimeZone } from '../../core/day.ts'
import { DomainError, type Issue, type IssueCode, invalid } from '../../core/errors.ts'
import type { Given } from './body.ts'
import type { Call } from './call.ts'
import { type Choice, unknownChoices } from './choices.ts'
import { type Answer, failure } from './errors.ts'
import { spell, type Wire } from './wire.ts'

/** What a field makes of what was sent; without a value it counts as not sent. `wrong` stands in the answer. */
export type Reading<T> = { readonly value?: T } | { readonly wrong: Wrong }

/** One sentence, or what is wrong inside of a nested form. */
export type Wrong = string | { readonly children: Wire }

export type Field<T> = {
  /** Must be given when something is made, and never be emptied. */
  readonly required: boolean
  readonly read: (given: Given, zone: TimeZone) => Reading<T>
}

export type Fields = Readonly<Record<string, Field<unknown>>>

/** The values of fields that were sent. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]?: (F[K] extends Field<infer T> ? T : never) | undefined
}

export type Form<F extends Fields> = {
  /** In the order in which failures list them. */
  readonly fields: F
  /** Which field an input of the core is, where it has another name. */
  readonly paths?: Readonly<Record<string, keyof F & string>>
  /** What the reference fields choose from. It is looked at only when something is wrong already. */
  readonly choices?: Readonly<Record<string, Choice>>
}

/** The sentences that all forms have in common, as clients match them. */
export const sentences = {
  blank: 'This value should not be blank.',
  choice: 'The selected choice is invalid.',
  extra: 'This form should not contain extra fields.',
  invalid: 'This value is not valid.',
  order: 'The end date must not be earlier than the start date.',
} as const

const byCode: { readonly [C in IssueCode]?: string } = {
  required: sentences.blank,
  unknown_reference: sentences.choice,
  unknown_field: sentences.extra,
  order: sentences.order,
  too_long: 'This value is too long.',
  taken: 'This value is already used.',
}

/** A reference to what is not there, may not be seen, or is hidden. */
export function wrongChoice(field: string): DomainError {
  return invalid(field, 'unknown_reference', sentences.choice)
}

/** A required field that did not come. */
export function blank(field: string): DomainError {
  return invalid(field, 'required', sentences.blank)
}

/** A field that this caller's form does not have. */
export function extraField(): DomainError {
  return invalid('', 'unknown_field', sentences.extra)
}

/**
 * Reads the body by the form and does the work. Wrong fields, those that the work finds too, become the answer of 400
 * that lists every field. With `create` the required fields must be there. A body that is no object is 400 as such.
 */
export async function submit<F extends Fields>(
  call: Call,
  form: Form<F>,
  mode: 'create' | 'change',
  work: (values: Values<F>) => Promise<Answer>,
): Promise<Answer> {
  if (!(call.body instanceof Map)) return failure(400)
  const { values, wrong, extra } = readFields(call.body, form.fields, call.actor.timeZone, mode)
  const whole: string[] = extra ? [sentences.extra] : []
  if (!extra && wrong.size === 0) {
    try {
      return await work(values)
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error
      whole.push(...sortIssues(form, error.issues, wrong))
    }
  }
  for (const field of await unknownChoices(call, form.choices ?? {}, values))
    wrong.set(field, sentences.choice)
  return presentWrong(form.fields, wrong, whole)
}

/**
 * Does work that has no form but may find something wrong: only what is wrong is listed, and the code is a text, as Kimai
 * answers when a timer cannot be stopped or restarted.
 */
export async function outsideForm(
  paths: Readonly<Record<string, string>>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error
    const children = Object.fromEntries(
      error.issues.map(({ path, code, message }): [string, Wire] => [
        paths[path] ?? path,
        { errors: [byCode[code] ?? message] },
      ]),
    )
    const body = spell({ code: '400', message: 'Validation Failed', errors: { children } })
    return { status: 400, headers: {}, body }
  }
}

function readFields<F extends Fields>(
  body: ReadonlyMap<string, Given>,
  fields: F,
  zone: TimeZone,
  mode: 'create' | 'change',
): { values: Values<F>; wrong: Map<string, Wrong>; extra: boolean } {
  const values: Record<string, unknown> = {}
  const wrong = new Map<string, Wrong>()
  for (const [name, field] of Object.entries(fields)) {
    const given = body.get(name)
    const missing = given === undefined ? mode === 'create' : isEmpty(given)
    if (field.required && missing) wrong.set(name, sentences.blank)
    else if (given !== undefined) {
      const reading = field.read(given, zone)
      if ('wrong' in reading) wrong.set(name, reading.wrong)
      else if (reading.value !== undefined) values[name] = reading.value
    }
  }
  const extra = [...body.keys()].some((name) => !Object.hasOwn(fields, name))
  return { values: values as Values<F>, wrong, extra }
}

function isEmpty(given: Given): boolean {
  return given === false || (typeof given === 'string' && given.trim() === '')
}

/** Puts each issue to its field and answers the sentences that belong to none. */
function sortIssues<F extends Fields>(
  { fields, paths = {} }: Form<F>,
  issues: readonly Issue[],
  wrong: Map<string, Wrong>,
): string[] {
  const whole: string[] = []
  for (const { path, code, message } of issues) {
    const field = Object.hasOwn(paths, path) ? paths[path] : path
    const sentence = byCode[code] ?? message
    // A rule over several fields belongs to none of them.
    if (field !== undefined && Object.hasOwn(fields, field) && code !== 'order') wrong.set(field, sentence)
    else whole.push(sentence)
  }
  return whole
}

function presentWrong(fields: Fields, wrong: ReadonlyMap<string, Wrong>, whole: readonly string[]): Answer {
  const children = Object.fromEntries(
    Object.keys(fields).map((name): [string, Wire] => {
      const found = wrong.get(name)
      return [name, found === undefined ? {} : typeof found === 'string' ? { errors: [found] } : found]
    }),
  )
  const errors = { ...(whole.length === 0 ? {} : { errors: whole }), children }
  return {
    status: 400,
    headers: {},
    body: spell({ code: 400, message: 'Validation Failed', errors }),
  }
}
