// The limit of reading: Fastify alone, answering bytes that Daybook has answered. It knows nothing else.

import Fastify from 'fastify'
import { readJob } from '../processes.ts'

const { body, contentType } = await readJob<{ body: string; contentType: string }>()
const server = Fastify()
server.get('/*', (_, reply) => {
  reply.header('content-type', contentType).send(body)
})
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
const port = typeof address === 'object' ? address?.port : undefined
process.stdout.write(`${JSON.stringify({ port })}\n`)
