// The pages people see while they let an application in. Plain HTML: no script, nothing loaded from anywhere.

import { hash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { outOfBand } from '../../core/people/applications.ts'

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1d2330, #e8eaf0); --paper: light-dark(#fbfaf7, #14171e);
  --soft: light-dark(#5a6170, #a3a9b8); --line: light-dark(#c9c6bc, #3c4352); --accent: light-dark(#1f5f4a, #7fd1b0);
  --tint: light-dark(#eef3ef, #1c2a28); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem / 1.6 system-ui, sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: min(12vh, 6rem) 1.25rem 2rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.02em; }
p { margin: .5rem 0; }
a { color: inherit; }
.soft { color: var(--soft); font-size: .9rem; }
form + .soft { margin-top: 1.25rem; }
form { display: grid; gap: 1rem; margin-top: 1.5rem; }
label { display: grid; gap: .25rem; font-size: .9rem; }
fieldset { margin: 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; }
fieldset label { display: flex; gap: .6rem; align-items: baseline; padding: .25rem 0; font-size: 1rem; }
legend { padding: 0 .35rem; font-size: .9rem; }
ul { margin: 0; padding: .75rem 1rem .75rem 2.1rem; background: var(--tint); border-radius: .4rem; }
input:not([type=radio]), button { min-height: 2.75rem; padding: .6rem .75rem; border: 1px solid var(--line);
  border-radius: .4rem; background: transparent; color: inherit; font: inherit; width: 100%; }
button { cursor: pointer; font-weight: 600; }
button.main { border-color: var(--accent); background: var(--accent); color: var(--paper); }
code { display: block; padding: .75rem 1rem; background: var(--tint); border-radius: .4rem; font-size: 1rem;
  user-select: all; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role=alert] { padding: .6rem .75rem; border-left: 3px solid var(--accent); background: var(--tint); }
`

const styleHash = `'sha256-${hash('sha256', style, 'base64')}'`

/** What a page is about. */
export type Subject = {
  readonly applicationName: string
  readonly service: string
  /** Where the person is sent at the end. */
  readonly redirectUri: string
}

/** The page that asks for name and password, and `withCode` for one of the second factor; `login` was typed before. */
export function signInPage(subject: Subject, login: string, refusal?: string, withCode = false): string {
  const { applicationName, service } = subject
  return page(
    `Sign in`,
    `<h1>Sign in to Daybook</h1>
<p>${text(applicationName)} asks to use your book through its ${text(service)} door. What it may do comes next.</p>
${alert(refusal)}<form method="post">
<label>E-mail or username <input name="login" value="${text(login)}" required maxlength="254" autocomplete="username" autofocus></label>
<label>Password <input name="password" type="password" required maxlength="200" autocomplete="current-password"></label>
${withCode ? codeField : ''}<button class="main" name="action" value="sign-in">Sign in</button>
<button name="action" value="deny" formnovalidate>Cancel</button>
</form>`,
  )
}

const codeField =
  '<label>Code of your authenticator app <input name="code" required maxlength="40" inputmode="numeric" ' +
  'autocomplete="one-time-code"></label>\n'

/** An organization to choose. */
export type Choice = { readonly id: number; readonly name: string }

/** The page that asks for consent. `ticket` says who has signed in. */
export function consentPage(
  subject: Subject,
  who: { readonly name: string; readonly email: string },
  wants: readonly string[],
  choices: readonly Choice[],
  ticket: string,
): string {
  const { applicationName, redirectUri } = subject
  const [first] = choices
  const where =
    choices.length === 1 && first !== undefined
      ? `<p>In the book of <strong>${text(first.name)}</strong>.</p><input type="hidden" name="organization" value="${first.id}">`
      : `<fieldset><legend>In the book of</legend>${choices.map(radio).join('')}</fieldset>`
  return page(
    `Allow ${applicationName}?`,
    `<h1>Allow ${text(applicationName)}?</h1>
<p>It asks to do this in your name, as far as you may yourself:</p>
<ul>${wants.map((each) => `<li>${text(each)}</li>`).join('')}</ul>
<form method="post">
<input type="hidden" name="ticket" value="${text(ticket)}">
${where}
<button class="main" name="action" value="allow">Allow</button>
<button name="action" value="deny" formnovalidate>Deny</button>
</form>
<p class="soft">Signed in as ${text(who.name)} (${text(who.email)}). <a href="">Not you?</a></p>
<p class="soft">${destination(redirectUri)}</p>`,
  )
}

/** The page that shows a code to somebody who will type or paste it. */
export function codePage(code: string): string {
  return page(
    'Your code',
    `<h1>Your code</h1>
<p>Copy it into the application that asked for it. It counts once, and for some minutes only.</p>
<code>${text(code)}</code>`,
  )
}

/** A page that says what went wrong. */
export function refusalPage(title: string, words: string): string {
  return page(title, `<h1>${text(title)}</h1>\n<p>${text(words)}</p>`)
}

/** Sends a page. From its forms the browser may go on to the application's own address, and nowhere else. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  html: string,
  redirectUri?: string,
): FastifyReply {
  const targets = ["'self'", ...targetOf(redirectUri)].join(' ')
  return reply
    .code(status)
    .header(
      'content-security-policy',
      `default-src 'none'; style-src ${styleHash}; img-src data:; form-action ${targets}; ` +
        "base-uri 'none'; frame-ancestors 'none'",
    )
    .header('referrer-policy', 'no-referrer')
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(html)
}

// A browser checks each redirect that follows a form against the policy. It cannot name a host of IPv6.
function targetOf(redirectUri: string | undefined): string[] {
  if (redirectUri === undefined || redirectUri === outOfBand) return []
  const { protocol, origin, hostname } = new URL(redirectUri)
  return [/^https?:$/.test(protocol) && !hostname.startsWith('[') ? origin : protocol]
}

function destination(redirectUri: string): string {
  if (redirectUri === outOfBand) return 'You will be shown a code for it.'
  const { protocol, host } = new URL(redirectUri)
  return `You will go back to ${text(host === '' ? protocol.slice(0, -1) : host)}.`
}

function radio({ id, name }: Choice): string {
  return `<label><input type="radio" name="organization" value="${id}" required> ${text(name)}</label>`
}

function alert(words: string | undefined): string {
  return words === undefined ? '' : `<p role="alert">${text(words)}</p>\n`
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(title)} · Daybook</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`
}

function text(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
