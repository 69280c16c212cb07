// Products: list, read, find, create, update, delete.

import type { Product } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { decimal } from '../../core/decimal.ts'
import { parseCurrency } from '../../core/money.ts'
import { type Answer, type Call, flagParameter, parameter } from './call.ts'
import { blank, modelNotFound, Refused, symbolic, validation } from './errors.ts'
import { decimalOf, referenceOf, textOf, wrapped } from './fields.ts'
import { parsePage, slice } from './pages.ts'
import { presentDecimal, presentId, presentInstant, type WireObject } from './wire.ts'

/** `GET products`. */
export async function listProducts(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = parsePage(call, 10, 'newer')
  const text = parameter(call, 'query')
  const query = {
    ...(text === undefined ? {} : { text }),
    ...(flagParameter(call, 'active') ? { state: 'active' as const } : {}),
  }
  const currency = parameter(call, 'currency')
  if (currency !== undefined) {
    if (parseCurrency(currency) === undefined)
      throw new Refused(symbolic(400, 'currency does not have a valid value'))
    const all = await core.products.list(actor, query)
    const wanted = all.filter((product) => currencyOf(call, product) === currency.toUpperCase())
    return listed(call, wanted.slice(page.offset, page.offset + page.size), page, wanted.length)
  }
  const part = slice(page)
  const products = part === undefined ? [] : await core.products.page(actor, { ...query, ...part })
  return listed(call, products, page, await core.products.count(actor, query))
}

function listed(
  call: Call,
  products: readonly Product[],
  page: ReturnType<typeof parsePage>,
  total: number,
): Answer {
  return { items: products.map((product) => JSON.stringify(presentProduct(call, product))), page, total }
}

/** `GET products/{id}`. */
export async function readProduct(call: Call): Promise<Answer> {
  return { item: presentProduct(call, await call.core.products.read(call.actor, call.id)) }
}

/** `GET products/identifier/{identifier}`. */
export async function findProduct(call: Call): Promise<Answer> {
  const identifier = call.params.identifier ?? ''
  const [product] =
    identifier === '' ? [] : await call.core.products.page(call.actor, { identifier, limit: 1 })
  return product === undefined ? modelNotFound('Product') : { item: presentProduct(call, product) }
}

/** `POST products`. Without a title it is called like its description. */
export async function createProduct(call: Call): Promise<Answer> {
  const fields = parseProduct(call)
  const name = fields.name || fields.comment
  const { unitPrice } = fields
  const missing = [...(name ? [] : ['description']), ...(unitPrice === undefined ? ['price'] : [])]
  if (!name || unitPrice === undefined) throw new Refused(validation(missing.map(blank)))
  const product = await call.core.products.add(call.actor, { ...fields, name, unitPrice })
  return { item: presentProduct(call, product), created: true }
}

/** `PATCH products/{id}`: the given attributes only. */
export async function updateProduct(call: Call): Promise<Answer> {
  return {
    item: presentProduct(call, await call.core.products.update(call.actor, call.id, parseProduct(call))),
  }
}

/** `DELETE products/{id}`. */
export async function deleteProduct({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    await core.products.read(actor, id)
    await core.products.remove(actor, id)
  })
  return 'empty'
}

function parseProduct({ body }: Call): Partial<CatalogueInput<'product'>> {
  const attributes = wrapped(body, 'product')
  const [title, description, identifier, code] = ['title', 'description', 'identifier', 'currency'].map(
    (name) => textOf(attributes, name),
  )
  const price = decimalOf(attributes, 'price')
  const currency = code ? parseCurrency(code) : undefined
  if (code && currency === undefined) {
    throw new Refused(
      validation([{ attribute: 'currency', text: 'is not included in the list', code: 'inclusion' }]),
    )
  }
  const taxRateId = referenceOf(attributes, 'tax_rate_id')
  const ledgerAccountId = referenceOf(attributes, 'ledger_account_id')
  return {
    ...(title ? { name: title } : {}),
    ...(description === undefined ? {} : { comment: description }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(price === undefined ? {} : { unitPrice: price ?? decimal('0') }),
    ...(currency === undefined ? {} : { currency }),
    ...(taxRateId === undefined ? {} : { taxRateId }),
    ...(ledgerAccountId === undefined ? {} : { ledgerAccountId }),
  }
}

function currencyOf({ actor }: Call, { currency }: Product): string {
  return currency ?? actor.organization.currency
}

function presentProduct(call: Call, product: Product): WireObject {
  return {
    id: presentId(product.id),
    administration_id: presentId(product.organizationId),
    description: product.comment || product.name,
    title: product.name,
    identifier: product.identifier || null,
    price: presentDecimal(product.unitPrice),
    currency: currencyOf(call, product),
    frequency: null,
    frequency_type: null,
    tax_rate_id: presentId(product.taxRateId),
    ledger_account_id: presentId(product.ledgerAccountId),
    created_at: presentInstant(product.createdAt),
    updated_at: presentInstant(product.updatedAt),
  }
}
