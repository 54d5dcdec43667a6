/** The operators of MLflow's search language (3.17.2 wire), in their canonical spelling. */
export const operators = ["=", "!=", ">", ">=", "<", "<=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"] as const;
export type Operator = (typeof operators)[number];

/** What an identifier is compared with; `absent` for IS NULL and IS NOT NULL. */
export type Operand =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "list"; readonly texts: readonly string[] }
  | { readonly kind: "absent" };

/** `entity.key`, split at the first dot; no entity means an attribute of what is searched. */
export interface Identifier {
  readonly entity?: string;
  readonly key: string;
}

/** One comparison as written: whether its target has such an entity and key is not yet known. */
export interface Comparison extends Identifier {
  readonly operator: Operator;
  readonly value: Operand;
}

/** A comparison's identifier as its user would write it, for messages. */
export const shownIdentifier = ({ entity, key }: Identifier) => (entity === undefined ? key : `${entity}.${key}`);
