// The document that describes a door's OAuth, where clients look for it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import { publicUrl, serveOAuth } from '../../../test/oauth-client.ts'

describe('The description of a door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const read = async (url: string, host = 'book.example', at = publicUrl) => {
    const response = await serveOAuth(book, undefined, at).inject({ method: 'GET', url, headers: { host } })
    assert.equal(response.statusCode, 200, url)
    assert.equal(response.headers['content-type'], 'application/json')
    return response.json()
  }

  test('names every endpoint, and nothing that is not there', async () => {
    assert.deepEqual(await read('/strict/.well-known/oauth-authorization-server'), {
      issuer: 'http://book.example/strict',
      authorization_endpoint: 'http://book.example/strict/oauth2/authorize',
      token_endpoint: 'http://book.example/strict/oauth2/token',
      revocation_endpoint: 'http://book.example/strict/oauth2/revoke',
      scopes_supported: ['entries:read', 'entries:write', 'banking:read'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    })
    const lenient = await read('/lenient/.well-known/oauth-authorization-server')
    assert.equal('revocation_endpoint' in lenient, false)
  })

  test('is the same at the root, with the prefix behind, and at a host name of the door', async () => {
    const document = await read('/strict/.well-known/oauth-authorization-server')
    assert.deepEqual(await read('/.well-known/oauth-authorization-server/strict'), document)
    assert.deepEqual(await read('/.well-known/oauth-authorization-server', 'strict.example'), document)
  })

  test('names the address that clients use, never one that a request made up', async () => {
    const at = 'https://book.example.com/daybook'
    const document = await read('/strict/.well-known/oauth-authorization-server', 'evil.example', at)
    assert.equal(document.token_endpoint, 'https://book.example.com/daybook/strict/oauth2/token')
    assert.ok(!JSON.stringify(document).includes('evil'))
  })
})
