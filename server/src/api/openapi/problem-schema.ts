// The schema of problem details, RFC 9457, as this door sends them.

import Type from 'typebox'

/** A refusal. */
export const problem = Type.Object(
  {
    type: Type.String({ description: 'Where the docs page explains it.' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ description: 'Stable, for programs.' }),
    detail: Type.String({ description: 'For people.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            in: Type.Enum(['body', 'query', 'path', 'header']),
            path: Type.String({ description: 'JSON pointer into its place.' }),
            code: Type.String(),
            message: Type.String(),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
)
