// The route table: every path with the handler of each method. README lists the same.

import { invalid } from '../../core/errors.ts'
import { absentResources } from './absent.ts'
import type { Answer, Call } from './call.ts'
import { readCompany, updateCompany } from './company.ts'
import { Refused, unknownResource } from './errors.ts'
import { create, list, read, remove, update, type Views } from './handlers.ts'
import { parseId } from './ids.ts'
import type { Input } from './input.ts'
import type { Resource } from './resource.ts'
import { resources } from './resources.ts'
import { createSession, deleteSession, listSessions, readSession } from './sessions.ts'
import { users } from './users.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One request with its parts: the id of the path as sent, and what there is to write. */
export type Request = {
  readonly call: Call
  readonly id: string
  readonly views: Views
  readonly inputs: readonly Input[]
}

export type Handler = (request: Request) => Promise<Answer>

export type Route = {
  readonly path: string
  readonly methods: { readonly [M in Method]?: Handler }
  /** Whether answers to GET depend on nothing but the organization. */
  readonly lasting: boolean
}

/** Every path that is served. */
export const routes: readonly Route[] = [
  ...[...resources.values()].flatMap(routesOf),
  { path: '/api/me', methods: { GET: ({ call }) => read(call, users, call.actor.personId) }, lasting: false },
  {
    path: '/api/company',
    methods: {
      GET: ({ call }) => readCompany(call),
      POST: ({ call, inputs }) => updateCompany(call, only(inputs)),
      PUT: ({ call, inputs }) => updateCompany(call, only(inputs)),
    },
    lasting: false,
  },
  {
    path: '/api/sessions',
    methods: { GET: ({ call }) => listSessions(call), POST: ({ call }) => createSession(call) },
    lasting: false,
  },
  {
    path: '/api/sessions/:id',
    methods: {
      GET: ({ call, id }) => readSession(call, id),
      DELETE: ({ call, id }) => deleteSession(call, id),
    },
    lasting: false,
  },
]

/** Paths of what this book does not keep: nothing is in their lists, and nothing can be put there. */
export const absentRoutes: readonly Route[] = [...absentResources].flatMap(([name, key]): Route[] => [
  {
    path: `/api/${name}`,
    methods: { GET: async () => ({ resource: key, items: [] }), POST: missingResource },
    lasting: false,
  },
  {
    path: `/api/${name}/:id`,
    methods: { GET: missingResource, POST: missingResource, PUT: missingResource, DELETE: missingResource },
    lasting: false,
  },
])

function routesOf(resource: Resource): Route[] {
  const { name, lasting } = resource
  const post: Pick<Route['methods'], 'POST'> =
    resource.create === undefined
      ? {}
      : { POST: ({ call, inputs }) => create(call, resource, inputs.length === 0 ? [{}] : inputs) }
  const change: Handler = ({ call, id, inputs }) => update(call, resource, numberOf(id), only(inputs))
  return [
    {
      path: `/api/${name}`,
      methods: { GET: ({ call, views }) => list(call, resource, views), ...post },
      lasting,
    },
    {
      path: `/api/${name}/:id`,
      methods: {
        GET: ({ call, id }) => read(call, resource, numberOf(id)),
        // A POST to an object is an update like PUT.
        ...(resource.update === undefined ? {} : { POST: change, PUT: change }),
        ...(resource.remove === undefined
          ? {}
          : { DELETE: ({ call, id }) => remove(call, resource, numberOf(id)) }),
      },
      lasting,
    },
  ]
}

async function missingResource(): Promise<never> {
  throw new Refused(unknownResource)
}

/** An id that cannot be read is no id of anything. */
function numberOf(id: string): number {
  const found = parseId(id)
  if (found === undefined) throw new Refused(unknownResource)
  return found
}

function only(inputs: readonly Input[]): Input {
  if (inputs.length > 1) throw invalid('body', 'format', 'One object at a time can be changed.')
  return inputs[0] ?? {}
}
