// Letting an application in, by HTTP: the whole way of the authorization code, and what leads nowhere.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import {
  allow,
  authorizeUrl,
  begin,
  type Client,
  createBrowser,
  fieldsOf,
  flowOf,
  lenient,
  letIn,
  type Page,
  publicUrl,
  register,
  serveOAuth,
  shown,
  signIn,
  strict,
  trade,
  tradeCode,
  whoIs,
} from '../../../test/oauth-client.ts'
import type { Server } from '../door.ts'

forEachEngine('Letting an application in', (engine) => {
  let book: TestBook
  let server: Server
  let client: Client
  before(async () => {
    book = await createTestBook(engine)
    server = serveOAuth(book)
    client = await register(book, book.actorOf('owner'))
  })

  /** Somebody at the consent page. */
  async function atConsent(
    more: Readonly<Record<string, string | undefined>> = {},
    who = 'member@a.example',
  ) {
    const browser = createBrowser(server)
    const flow = flowOf(client, more)
    const address = await begin(browser, client, flow)
    const consent = await signIn(browser, address, who)
    assert.equal(consent.status, 200, consent.text)
    return { browser, flow, address, consent }
  }

  describe('The whole way', () => {
    test('leads from the address of the application to a token that acts for the person', async () => {
      const browser = createBrowser(server)
      const flow = flowOf(client, { scope: 'entries:read entries:write' })
      const back = await letIn(browser, client, flow, 'member@a.example')
      assert.deepEqual([...back.keys()].sort(), ['code', 'iss', 'state'])
      assert.equal(back.get('state'), 'a state & more')
      assert.equal(back.get('iss'), `${publicUrl}/strict`)
      const answer = await tradeCode(browser, client, flow, back.get('code') ?? '')
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.headers['content-type'], 'application/json')
      assert.equal(answer.headers['cache-control'], 'no-store')
      const tokens = answer.json()
      const keys = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope']
      assert.deepEqual(Object.keys(tokens), keys)
      assert.match(String(tokens.access_token), /^[\w-]{43}$/)
      assert.deepEqual(
        [tokens.token_type, tokens.expires_in, tokens.scope],
        ['Bearer', 3600, 'entries:read entries:write'],
      )
      const member = book.actorOf('member')
      assert.deepEqual(await whoIs(server, strict, String(tokens.access_token)), {
        personId: member.personId,
        organizationId: member.organizationId,
        role: 'member',
        scopes: ['time:read', 'catalogue:read', 'time:write'],
        granted: ['entries:read', 'entries:write'],
      })
    })

    test('is in the log, and among the credentials of the person, without any secret', async () => {
      const earlier = (await book.log()).length
      const browser = createBrowser(server)
      const flow = flowOf(client)
      const back = await letIn(browser, client, flow, 'manager@a.example')
      const events = (await book.log()).slice(earlier)
      assert.deepEqual(
        events.map(({ noun, action, personId, door }) => [noun, action, personId, door]),
        [['credential', 'created', book.actorOf('manager').personId, 'expensicat']],
      )
      const [credential] = await book.core.signIn.listCredentials(await book.again(book.actorOf('manager')))
      assert.deepEqual(
        [credential?.kind, credential?.name, credential?.scopes],
        ['application', 'Timer & Sons', ['time:read', 'catalogue:read']],
      )
      assert.ok(!JSON.stringify(events).includes(back.get('code') ?? 'none'))
    })

    test('works at a host name that leads straight to the door', async () => {
      const browser = createBrowser(server, 'strict.example')
      const flow = flowOf(client)
      const address = await begin(browser, client, flow, '')
      assert.match(address, /^\/oauth2\/authorize\/sign-in\//)
      const back = await allow(browser, address, await signIn(browser, address, 'member@a.example'))
      assert.match(back.location ?? '', /^https:\/\/app\.example\/done\?code=/)
    })

    test('works behind a proxy with a path of its own, with cookies for TLS only', async () => {
      const proxied = serveOAuth(book, undefined, 'https://book.example.com/daybook')
      const flow = flowOf(client)
      const start = await proxied.inject({ method: 'GET', url: authorizeUrl(client, flow) })
      assert.match(String(start.headers.location), /^\/daybook\/strict\/oauth2\/authorize\/sign-in\//)
      const cookies = [start.headers['set-cookie'] ?? []].flat()
      assert.deepEqual(
        cookies.map((cookie) => /^[\w.]+/.exec(cookie)?.[0]),
        ['daybook_sign_in', 'daybook_sign_in.sig', 'daybook_resume', 'daybook_resume.sig'],
      )
      for (const cookie of cookies) {
        assert.match(cookie, /; path=\/daybook\/strict\/oauth2\/authorize\//)
        assert.match(cookie, /; samesite=lax; secure; httponly$/i)
      }
    })

    test('takes JSON at the token endpoint, and a slash behind it', async () => {
      for (const path of ['/oauth2/token', '/oauth2/token/']) {
        const browser = createBrowser(server)
        const flow = flowOf(client)
        const back = await letIn(browser, client, flow, 'member@a.example')
        const payload = {
          grant_type: 'authorization_code',
          code: back.get('code'),
          redirect_uri: 'https://app.example/done',
          client_id: client.id,
          code_verifier: flow.verifier,
        }
        const url = strict.prefix + path
        const response = await server.inject({ method: 'POST', url, payload })
        assert.equal(response.statusCode, 200, response.payload)
      }
    })
  })

  describe('The pages', () => {
    test('show who asks for what, and every text as text', async () => {
      const evil = await register(book, book.actorOf('owner'), { name: '<script>alert(1)</script> {{7*7}}' })
      const browser = createBrowser(server)
      const flow = flowOf(evil, { scope: 'entries:read banking:read' })
      const address = await begin(browser, evil, flow)
      const first = await browser.get(address)
      const consent = await signIn(browser, address, 'member@a.example')
      for (const page of [first, consent]) {
        assert.equal(page.status, 200)
        assert.match(page.text, /&lt;script&gt;alert\(1\)&lt;\/script&gt; \{\{7\*7\}\}/)
        assert.ok(!/<script|<b>|onerror=/.test(page.text))
      }
      for (const words of [
        'See time entries',
        'See the bank &lt;b&gt;',
        'member of A',
        '<strong>A</strong>',
      ]) {
        assert.ok(consent.text.includes(words), words)
      }
      assert.match(consent.text, /You will go back to app\.example/)
    })

    test('show each scope once, however it was asked for', async () => {
      const { consent } = await atConsent({ scope: ' entries:write  entries:read entries:write ' })
      const shownScopes = [...consent.text.matchAll(/<li>([^<]*)<\/li>/g)].map(([, words]) => words)
      assert.deepEqual(shownScopes, ['Change time entries', 'See time entries'])
    })

    test('load nothing, run nothing, are shown in no frame, and send their forms nowhere else', async () => {
      const { browser, address } = await atConsent()
      const page = await browser.get(address)
      const policy = String(page.headers['content-security-policy'])
      assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; /)
      assert.match(
        policy,
        /form-action 'self' https:\/\/app\.example; base-uri 'none'; frame-ancestors 'none'$/,
      )
      assert.equal(page.headers['x-frame-options'], 'DENY')
      assert.equal(page.headers['cache-control'], 'no-store')
      assert.equal(page.headers['referrer-policy'], 'no-referrer')
    })

    test('keep what was typed as name, never the password, and tell nothing of who exists', async () => {
      const browser = createBrowser(server)
      const address = await begin(browser, client, flowOf(client))
      const pages: Page[] = []
      for (const login of ['member@a.example', 'nobody@a.example']) {
        const page = await signIn(browser, address, login, 'wrong "password')
        assert.equal(page.status, 403)
        assert.ok(page.text.includes(`value="${login}"`))
        assert.ok(!page.text.includes('wrong &quot;password'))
        pages.push(page)
      }
      const [known, unknown] = pages.map((page) => page.text.replace(/\w+@a\.example/, ''))
      assert.equal(known, unknown)
    })

    test('slow down guessing', async () => {
      const browser = createBrowser(server)
      const address = await begin(browser, client, flowOf(client))
      let last: Page | undefined
      for (let i = 0; i < 12; i += 1) last = await signIn(browser, address, 'guest@b.example', `guess ${i}`)
      assert.equal(last?.status, 429)
      assert.ok(Number(last?.headers['retry-after']) > 0)
    })

    test('take no API token for a password: it may allow less than what is given out here', async () => {
      const member = await book.again(book.actorOf('member'))
      const { secret } = await book.core.signIn.issueToken(member, { name: 'narrow', scopes: ['*'] })
      const browser = createBrowser(server)
      const address = await begin(browser, client, flowOf(client))
      assert.equal((await signIn(browser, address, 'member@a.example', secret)).status, 403)
    })
  })

  test('Whoever has a second factor is asked for it, after the password was right', async () => {
    const email = 'admin@a.example'
    const actor = await book.again(book.actorOf('admin'))
    const { secret } = await book.core.twoFactor.begin(actor, password)
    const codeNow = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: book.clock.now })
    await book.core.twoFactor.confirm(actor, codeNow())
    book.clock.advance(90_000)
    const browser = createBrowser(server)
    const address = await begin(browser, client, flowOf(client))
    const send = (form: Record<string, string>) =>
      browser.post(address, { login: email, action: 'sign-in', ...form })
    const wrong = await send({ password: 'not this one' })
    assert.ok(!wrong.text.includes('name="code"'))
    const asked = await send({ password })
    assert.equal(asked.status, 403)
    assert.ok(asked.text.includes('name="code"') && !asked.text.includes('name="ticket"'))
    const guessed = await send({ password, code: '000000' })
    assert.ok(guessed.text.includes('name="code"') && !guessed.text.includes('name="ticket"'))
    const consent = await send({ password, code: codeNow() })
    assert.equal(consent.status, 200)
    assert.ok(consent.text.includes('name="ticket"'))
  })

  describe('Saying no', () => {
    test('tells the application, before and after the password', async () => {
      const browser = createBrowser(server)
      const address = await begin(browser, client, flowOf(client))
      const { browser: second, address: consentAddress } = await atConsent()
      const earlier = (await book.log()).length
      for (const [who, where] of [
        [browser, address],
        [second, consentAddress],
      ] as const) {
        const sent = await who.post(where, { action: 'deny' })
        const back = new URL((await who.get(sent.location ?? '')).location ?? '')
        assert.equal(back.origin + back.pathname, 'https://app.example/done')
        assert.equal(back.searchParams.get('error'), 'access_denied')
        assert.equal(back.searchParams.get('state'), 'a state & more')
        assert.equal(back.searchParams.has('code'), false)
      }
      assert.equal((await book.log()).length, earlier)
    })
  })

  describe('A request that cannot be granted', () => {
    const notSentOn: readonly [string, Readonly<Record<string, string | undefined>>][] = [
      ['an unknown application', { client_id: '0'.repeat(32) }],
      ['no application', { client_id: undefined }],
      ['an application name that is none', { client_id: '../x' }],
      ['another address', { redirect_uri: 'https://evil.example/done' }],
      ['a longer address', { redirect_uri: 'https://app.example/done/more' }],
      ['the address with a query', { redirect_uri: 'https://app.example/done?x=1' }],
      ['the address in capitals', { redirect_uri: 'https://APP.example/done' }],
      ['the address with a user in it', { redirect_uri: 'https://app.example@evil.example/done' }],
      ['the address with another port', { redirect_uri: 'https://app.example:444/done' }],
      ['a script as address', { redirect_uri: 'javascript:alert(1)' }],
      ['no address', { redirect_uri: undefined }],
      ['the page for codes, where the door has none', shown],
    ]
    for (const [what, more] of notSentOn) {
      test(`with ${what} stays here and says so`, async () => {
        const browser = createBrowser(server)
        const page = await browser.get(authorizeUrl(client, flowOf(client, more)))
        assert.equal(page.status, 400, page.text)
        assert.equal(page.location, undefined)
        assert.match(page.text, /This does not work/)
        assert.equal(browser.jar.size, 0)
      })
    }

    const sentBack: readonly [string, string, Readonly<Record<string, string | undefined>>][] = [
      ['no challenge', 'invalid_request', { code_challenge: undefined, code_challenge_method: undefined }],
      ['a plain challenge', 'invalid_request', { code_challenge_method: 'plain' }],
      ['a challenge without method', 'invalid_request', { code_challenge_method: undefined }],
      ['another type of answer', 'unsupported_response_type', { response_type: 'password' }],
      ['no type of answer', 'invalid_request', { response_type: undefined }],
    ]
    for (const [what, error, more] of sentBack) {
      test(`with ${what} goes back to the application as ${error}`, async () => {
        const page = await createBrowser(server).get(authorizeUrl(client, flowOf(client, more)))
        const back = new URL(page.location ?? '')
        assert.equal(back.origin, 'https://app.example')
        assert.equal(back.searchParams.get('error'), error)
        assert.equal(back.searchParams.get('state'), 'a state & more')
      })
    }

    for (const scope of ['entries:read everything', 'admin"\r\nSet-Cookie: x=y', '*', 'entries:read\u0000']) {
      test(`for ${JSON.stringify(scope)} goes back as invalid_scope`, async () => {
        const browser = createBrowser(server)
        const page = await browser.get(authorizeUrl(client, flowOf(client, { scope })))
        const back = new URL(page.location ?? '')
        assert.equal(back.origin, 'https://app.example')
        assert.equal(back.searchParams.get('error'), 'invalid_scope')
        assert.match(back.searchParams.get('error_description') ?? '', /^unknown scope [\x20-\x7e]+$/)
        assert.equal(back.searchParams.get('state'), 'a state & more')
      })
    }

    test('for a scope that the application was not registered with goes back as invalid_scope', async () => {
      const narrow = await register(book, book.actorOf('owner'), { scopes: ['entries:read'] })
      const page = await createBrowser(server).get(
        authorizeUrl(narrow, flowOf(narrow, { scope: 'entries:write' })),
      )
      assert.equal(new URL(page.location ?? '').searchParams.get('error'), 'invalid_scope')
    })

    test('twice, too long or undecodable is refused', async () => {
      const url = authorizeUrl(client, flowOf(client))
      for (const bad of [`${url}&client_id=x`, `${url}&x=${'y'.repeat(8000)}`, `${url}&x=%ff`]) {
        const page = await createBrowser(server).get(bad)
        assert.equal(page.status, 400, bad.slice(0, 300))
      }
      const twice = await createBrowser(server).get(`${url}&state=other`)
      assert.equal(new URL(twice.location ?? '').searchParams.get('error'), 'invalid_request')
    })

    test('begins nothing with HEAD', async () => {
      assert.equal((await createBrowser(server).head(authorizeUrl(client, flowOf(client)))).status, 404)
    })
  })

  describe('A sign-in under way', () => {
    test('belongs to one browser: without its cookie, with a forged one or with another one it is over', async () => {
      const { browser, address, consent } = await atConsent()
      const stranger = createBrowser(server)
      const other = await begin(stranger, client, flowOf(client))
      const own = browser.jar.get('daybook_sign_in')?.value ?? ''
      const ownSignature = browser.jar.get('daybook_sign_in.sig')?.value ?? ''
      const path = '/strict'
      const jars: Record<string, string>[] = [
        {},
        { daybook_sign_in: own },
        { daybook_sign_in: own, 'daybook_sign_in.sig': 'x'.repeat(27) },
        {
          daybook_sign_in: own,
          'daybook_sign_in.sig': stranger.jar.get('daybook_sign_in.sig')?.value ?? '',
        },
      ]
      for (const cookies of jars) {
        const thief = createBrowser(server)
        for (const [name, value] of Object.entries(cookies)) thief.jar.set(name, { value, path })
        for (const page of [
          await thief.get(address),
          await thief.post(address, { action: 'allow', ...fieldsOf(consent) }),
        ]) {
          assert.equal(page.status, 400)
          assert.match(page.text, /This sign-in is over/)
        }
      }
      // The stranger's own cookie is good, but for another sign-in.
      for (const [name, kept] of stranger.jar) stranger.jar.set(name, { ...kept, path })
      assert.equal((await stranger.get(address)).status, 400)
      assert.equal((await stranger.get(other)).status, 200)
      assert.notEqual(ownSignature, '')
    })

    test('goes on only with the ticket of who gave the password, in this very sign-in', async () => {
      const { browser, address, consent } = await atConsent()
      const earlier = (await book.log()).length
      const attacker = await atConsent({}, 'guest@a.example')
      const organization = String(book.organizations.a)
      const [head = '', , signature = ''] = (fieldsOf(consent).ticket ?? '').split('.')
      const body = Buffer.from(JSON.stringify({ person: 1, revision: 1, exp: 99_999_999_999 }))
      const tickets = [
        '',
        'x.y.z',
        fieldsOf(attacker.consent).ticket ?? '',
        `${head}.${body.toString('base64url')}.${signature}`,
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body.toString('base64url')}.`,
      ]
      for (const ticket of tickets) {
        const page = await browser.post(address, { action: 'allow', ticket, organization })
        assert.equal(page.status, 403, ticket)
        assert.match(page.text, /Sign in first/)
      }
      assert.equal((await book.log()).length, earlier)
      const back = await allow(browser, address, consent)
      assert.match(back.location ?? '', /code=/)
    })

    test('ends with its answer, and after half an hour', async () => {
      const { browser, address, consent } = await atConsent()
      await allow(browser, address, consent)
      assert.equal((await browser.post(address, { action: 'allow', ...fieldsOf(consent) })).status, 400)
      const slow = await atConsent()
      book.clock.advance(31 * 60 * 1000)
      assert.equal((await slow.browser.get(slow.address)).status, 400)
      const page = await slow.browser.post(slow.address, { action: 'allow', ...fieldsOf(slow.consent) })
      assert.equal(page.status, 400)
    })

    test('is not mixed up with another one in the same browser', async () => {
      const browser = createBrowser(server)
      const flows = [flowOf(client, { state: 'first' }), flowOf(client, { state: 'second' })]
      const addresses: string[] = []
      for (const flow of flows) addresses.push(await begin(browser, client, flow))
      const [first = '', second = ''] = addresses
      const page = await signIn(browser, first, 'member@a.example')
      // The browser keeps the cookies of the later one: the earlier one is over, and is never answered as the later.
      assert.equal(page.status, 400)
      const consent = await signIn(browser, second, 'member@a.example')
      const back = await allow(browser, second, consent)
      assert.equal(new URL(back.location ?? '').searchParams.get('state'), 'second')
    })

    test('is refused when the password changes between the pages', async () => {
      const { browser, address, consent } = await atConsent({}, 'accountant@a.example')
      const accountant = await book.again(book.actorOf('accountant'))
      await book.core.signIn.changePassword(accountant, password, 'another password', { tokens: false })
      const page = await browser.post(address, { action: 'allow', ...fieldsOf(consent) })
      assert.equal(page.status, 403)
      assert.match(page.text, /Sign in again/)
    })

    test('goes on nowhere at an address that is none', async () => {
      const browser = createBrowser(server)
      for (const path of ['/x', '/..%2f..%2ftoken', '/%00', '/sign-in/x', `/${'x'.repeat(99)}`]) {
        assert.equal((await browser.get(`/strict/oauth2/authorize${path}`)).status, 400, path)
      }
    })
  })

  describe('Which organization', () => {
    test('is that of the application, for its members only', async () => {
      const browser = createBrowser(server)
      const address = await begin(browser, client, flowOf(client))
      const page = await signIn(browser, address, 'member@b.example')
      assert.equal(page.status, 403)
      assert.match(page.text, /not let in where you work/)
      const { browser: own, address: at, consent } = await atConsent()
      const elsewhere = await own.post(at, {
        action: 'allow',
        ...fieldsOf(consent),
        organization: String(book.organizations.b),
      })
      assert.equal(elsewhere.status, 403)
    })

    test('is chosen by who belongs to several, when the application is for the whole server', async () => {
      const command = { ...book.actorOf('owner'), door: 'command' } as const
      const everywhere = await register(book, command, { reach: 'server' })
      const owner = await book.again(book.actorOf('owner'))
      const newcomer = { email: 'member@b.example', name: '', password, role: 'guest' as const }
      await book.core.organizations.addMember(owner, newcomer)
      for (const [letter, role] of [
        ['a', 'guest'],
        ['b', 'member'],
      ] as const) {
        const browser = createBrowser(server)
        const flow = flowOf(everywhere)
        const address = await begin(browser, everywhere, flow)
        const consent = await signIn(browser, address, 'member@b.example')
        const radios = consent.text.match(/type="radio" name="organization" value="\d+" required> [AB]</g)
        assert.equal(radios?.length, 2)
        const none = await browser.post(address, { action: 'allow', ...fieldsOf(consent) })
        assert.equal(none.status, 403, 'Nothing is chosen for them.')
        const organization = String(book.organizations[letter])
        const back = await allow(browser, address, consent, { organization })
        const code = new URL(back.location ?? '').searchParams.get('code') ?? ''
        const { access_token } = (await tradeCode(browser, everywhere, flow, code)).json()
        const who = (await whoIs(server, strict, String(access_token))) as Record<string, unknown>
        assert.deepEqual([who.organizationId, who.role], [book.organizations[letter], role])
      }
    })
  })

  describe('A door of the looser kind', () => {
    let loose: Client
    before(async () => {
      loose = await register(book, book.actorOf('owner'), {
        door: 'moneybird',
        redirectUris: ['https://app.example/done', 'urn:ietf:wg:oauth:2.0:oob'],
      })
    })
    const plain = { code_challenge: undefined, code_challenge_method: undefined }

    test('shows the code on a page, and takes it without a challenge', async () => {
      const browser = createBrowser(server)
      const flow = flowOf(loose, { ...plain, ...shown, scope: undefined, state: undefined })
      const address = await begin(browser, loose, flow)
      const page = await allow(browser, address, await signIn(browser, address, 'member@a.example'))
      assert.equal(page.status, 200)
      const [, code = ''] = /<code>([0-9a-f]{64})<\/code>/.exec(page.text) ?? []
      const answer = await trade(browser, loose, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: shown.redirect_uri,
      })
      assert.equal(answer.status, 200, answer.text)
      const tokens = answer.json()
      assert.deepEqual(Object.keys(tokens), [
        'access_token',
        'token_type',
        'refresh_token',
        'scope',
        'created_at',
      ])
      assert.match(String(tokens.access_token), /^[0-9a-f]{64}$/)
      assert.match(String(tokens.refresh_token), /^[0-9a-f]{64}$/)
      assert.deepEqual([tokens.token_type, tokens.scope], ['bearer', 'sales_invoices'])
      assert.equal(tokens.created_at, Math.floor(book.clock.now / 1000))
    })

    test('says on the page when it was denied', async () => {
      const browser = createBrowser(server)
      const address = await begin(browser, loose, flowOf(loose, { ...plain, ...shown }))
      const sent = await browser.post(address, { action: 'deny' })
      const page = await browser.get(sent.location ?? '')
      assert.equal(page.status, 200)
      assert.match(page.text, /Not allowed/)
    })

    test('reads the parameters of the token endpoint from the query, a form, JSON, and Basic', async () => {
      const ways: ((fields: Record<string, string>) => InjectOptions)[] = [
        (fields) => ({ method: 'POST', url: `/lenient/oauth/token?${new URLSearchParams(fields)}` }),
        (fields) => ({ method: 'POST', url: '/lenient/oauth/token/', payload: fields }),
        (fields) => ({
          method: 'POST',
          url: '/lenient/oauth/token',
          headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
          payload: new URLSearchParams(fields).toString(),
        }),
        ({ client_id, client_secret, ...fields }) => ({
          method: 'POST',
          url: '/lenient/oauth/token',
          headers: {
            authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          payload: new URLSearchParams(fields).toString(),
        }),
      ]
      for (const [i, way] of ways.entries()) {
        const browser = createBrowser(server)
        const back = await letIn(browser, loose, flowOf(loose, plain), 'member@a.example')
        const response = await server.inject(
          way({
            grant_type: 'authorization_code',
            code: back.get('code') ?? '',
            redirect_uri: 'https://app.example/done',
            client_id: loose.id,
            client_secret: loose.secret ?? '',
          }),
        )
        assert.equal(response.statusCode, 200, `way ${i}: ${response.payload}`)
        assert.equal(typeof (await whoIs(server, lenient, response.json().access_token)), 'object')
      }
    })

    test('wants the secret', async () => {
      for (const secret of ['', 'wrong', (loose.secret ?? '').slice(1)]) {
        const browser = createBrowser(server)
        const back = await letIn(browser, loose, flowOf(loose, plain), 'member@a.example')
        const form = { grant_type: 'authorization_code', code: back.get('code') ?? '' }
        const answer = await trade(
          browser,
          { ...loose, secret },
          { ...form, redirect_uri: 'https://app.example/done' },
        )
        assert.equal(answer.status, 401, answer.text)
        assert.equal(answer.json().error, 'invalid_client')
      }
    })

    test('is no door for the applications of another', async () => {
      const page = await createBrowser(server).get(
        authorizeUrl(client, flowOf(client), '/lenient').replace('oauth2', 'oauth'),
      )
      assert.equal(page.status, 400)
      assert.match(page.text, /This does not work/)
    })
  })
})
