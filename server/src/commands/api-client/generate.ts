// Writes the web app's client: types of everything the native API takes and answers, from its OpenAPI document.

type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: string
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly format?: string
  readonly description?: string
}

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>
type Described = {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** What is needed of an OpenAPI document. */
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const opening = `// What the native API takes and answers, generated from its OpenAPI document and not edited by hand.
// Written anew by: DAYBOOK_ACCEPT=1 npm test -- api-client
// biome-ignore-all format: generated
`

/** The source of the client's types and of its table of operations. */
export function clientSource({ paths, components }: Document): string {
  const types = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(schema.description, '')}export type ${name} = ${typeOf(schema, '')}\n`,
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  )
  const shapes = operations.map(({ described }) => shapeOf(described))
  const table = operations.map(
    ({ path, method, described }) => `  ${described.operationId}: ['${method.toUpperCase()}', '${path}'],\n`,
  )
  return `${opening}
${types.join('\n')}
/** Every operation: what stands in its path, what it takes and what it answers. */
export type Operations = {
${shapes.join('')}}

/** Method and path of every operation. */
export const operations: { readonly [name in keyof Operations]: readonly [method: string, path: string] } = {
${table.join('')}}
`
}

function shapeOf({ operationId, summary, parameters = [], requestBody, responses }: Described): string {
  const within = (place: string) => parameters.filter((parameter) => parameter.in === place)
  const path = within('path').map(({ name, schema }) => `${name}: ${typeOf(schema, '    ')}`)
  const query = within('query').map(
    ({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(schema, '    ')}`,
  )
  const needed = within('query').some(({ required }) => required)
  const parts = [
    ...(path.length === 0 ? [] : [`path: { ${path.join('; ')} }`]),
    ...(query.length === 0 ? [] : [`query${needed ? '' : '?'}: { ${query.join('; ')} }`]),
    ...(requestBody === undefined
      ? []
      : [`body${requestBody.required ? '' : '?'}: ${bodyOf(requestBody.content)}`]),
  ]
  const taken = parts.length === 0 ? 'Record<never, never>' : `{ ${parts.join('; ')} }`
  return `  /** ${summary}. */\n  ${operationId}: { takes: ${taken}; answers: ${answerOf(responses)} }\n`
}

function bodyOf(content: Content): string {
  const { 'application/json': body } = content
  return body === undefined ? 'Blob | FormData' : typeOf(body.schema, '    ')
}

function answerOf(responses: Described['responses']): string {
  const [status, response] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
  if (status === '204' || response?.content === undefined) return 'undefined'
  const { 'application/json': body } = response.content
  return body === undefined ? 'Blob' : typeOf(body.schema, '    ')
}

/** A schema as a type. */
export function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.enum !== undefined) return schema.enum.map((value) => `'${value}'`).join(' | ')
  if (schema.const !== undefined) return `'${schema.const}'`
  if (schema.anyOf !== undefined) return schema.anyOf.map((part) => typeOf(part, indent)).join(' | ')
  if (schema.type === 'array') return `readonly (${typeOf(schema.items ?? {}, indent)})[]`
  if (schema.type === 'object') return objectOf(schema, indent)
  const names: Readonly<Record<string, string>> = {
    string: 'string',
    integer: 'number',
    number: 'number',
    boolean: 'boolean',
    null: 'null',
  }
  return names[schema.type ?? ''] ?? 'unknown'
}

function objectOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const entries = Object.entries(properties)
  if (entries.length === 0) return 'Readonly<Record<string, unknown>>'
  const deeper = `${indent}  `
  const rows = entries.map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?'
    return `${comment(schema.description, deeper)}${deeper}readonly ${name}${mark}: ${typeOf(schema, deeper)}\n`
  })
  return `{\n${rows.join('')}${indent}}`
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '* /')} */\n`
}
