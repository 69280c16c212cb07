// Checking values against TypeBox schemas, and wording what is wrong with them.

import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { type Flaw, type Place, unprocessable } from './problem.ts'

/** Flaws told of one value: enough to mend a form, and it bounds the answer to a bulk write of nothing but mistakes. */
const maxFlaws = 50

Settings.Set({ maxErrors: 4 * maxFlaws })

const compiled = new WeakMap<TSchema, Validator>()

/** Schemas that the OpenAPI document shows in another way than they are checked, for better words about mistakes. */
export const documentedAs = new WeakMap<TSchema, object>()

/** Throws a 422 with every flaw unless the value is as the schema says. `below` is put before the paths. */
export function check(schema: TSchema, value: unknown, below = ''): void {
  const flaws = flawsOf(schema, value, below)
  if (flaws.length > 0) throw unprocessable(flaws)
}

/** What is wrong with a value; nothing when it is as the schema says. Schemas are compiled at their first use. */
export function flawsOf(schema: TSchema, value: unknown, below = '', place: Place = 'body'): Flaw[] {
  let validator = compiled.get(schema)
  if (validator === undefined) {
    validator = Compile(schema)
    compiled.set(schema, validator)
  }
  if (validator.Check(value)) return []
  const found = validator.Errors(value).flatMap(spread)
  const told = new Set<string>()
  const flaws: Flaw[] = []
  for (const { path, code, message, minor } of found.sort((a, b) => Number(a.minor) - Number(b.minor))) {
    // Of several branches of one value the first that says more than "not null" is told, or that none fits.
    if (told.has(path) || (minor && [...told].some((known) => known.startsWith(`${path}/`)))) continue
    told.add(path)
    flaws.push({ in: place, path: below + path, code, message })
    if (flaws.length === maxFlaws) break
  }
  return flaws
}

type Finding = {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly minor: boolean
}

type Complaint = ReturnType<Validator['Errors']>[number]

/** One complaint of the validator as findings of ours. */
function spread(complaint: Complaint): Finding[] {
  const { keyword, instancePath: path } = complaint
  const params = complaint.params as Readonly<Record<string, unknown>>
  if (keyword === 'boolean') return []
  if (keyword === 'required') {
    return names(params.requiredProperties).map((name) =>
      finding(`${path}/${escaped(name)}`, 'required', `"${name}" is missing.`),
    )
  }
  if (keyword === 'additionalProperties') {
    return names(params.additionalProperties).map((name) => {
      const shown = name.slice(0, 60).toWellFormed()
      return finding(`${path}/${escaped(shown)}`, 'unknown_field', `"${shown}" is no field that can be set.`)
    })
  }
  const minor = keyword === 'anyOf' || (keyword === 'type' && params.type === 'null')
  const [code, message] = words(keyword, params)
  return [{ path, code, message, minor }]
}

function finding(path: string, code: string, message: string): Finding {
  return { path, code, message, minor: false }
}

function words(keyword: string, params: Readonly<Record<string, unknown>>): [code: string, message: string] {
  const { limit } = params
  switch (keyword) {
    case 'type':
      return ['type', `This must be ${article(String(params.type))}.`]
    case 'maxLength':
      return ['too_long', `This has at most ${limit} characters.`]
    case 'minLength':
      return ['required', 'This must not be empty.']
    case 'maxItems':
      return ['too_many', `At most ${limit} of these.`]
    case 'minItems':
      return ['required', `At least ${limit} of these.`]
    case 'minimum':
      return ['range', `This is at least ${limit}.`]
    case 'maximum':
      return ['range', `This is at most ${limit}.`]
    case 'pattern':
    case 'format':
      return ['format', 'This is not written as it must be.']
    default:
      return ['unknown_value', 'This value is not one of those that are known.']
  }
}

function article(type: string): string {
  const what: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    null: 'null',
    number: 'a number',
  }
  return what[type] ?? type
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

// As RFC 6901 has it.
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
