// What this door tells of its OAuth: paths beside the API, its permissions as scopes, tokens without end.

import type { OAuthDescription } from '../../http/oauth/index.ts'
import { type Permission, permissions, scopeTable } from './scopes.ts'

/** What people read before they allow a permission. */
const words: { readonly [P in Permission]: string } = {
  estimates: 'See and change contacts, for estimates',
  sales_invoices: 'See and change sales invoices and contacts',
  documents: 'See and change expenses and contacts',
  bank: 'See and change contacts, for the bank',
  settings: 'See users, projects, products and other settings, and change them',
  time_entries: 'See and change time entries',
}

/**
 * Moneybird's OAuth 2. Tokens do not expire there, and `expires_in` is left out; the command-line tool refreshes its token
 * every two hours all the same, so a refresh token counts again and again. Codes may be shown on a page.
 */
export const oauth: OAuthDescription = {
  door: 'moneybird',
  prefix: '/moneybird',
  service: 'Moneybird',
  paths: { authorize: '/oauth/authorize', token: '/oauth/token' },
  scopes: Object.fromEntries(
    permissions.map((permission) => [
      permission,
      { words: words[permission], core: scopeTable[permission].grants },
    ]),
  ),
  defaultScopes: ['sales_invoices'],
  lifetimeSeconds: { code: 600, access: null, refresh: null },
  pkce: 'optional',
  rotates: false,
  tokenForm: 'hex',
  outOfBand: true,
  tokenInQuery: true,
  presentTokens: ({ accessToken, refreshToken, scope, createdAt }) => ({
    access_token: accessToken,
    token_type: 'bearer',
    refresh_token: refreshToken,
    scope,
    created_at: createdAt,
  }),
}
