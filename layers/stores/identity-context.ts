import { createHash, randomBytes } from "node:crypto";
import type { IdentityContext } from "#core/identity/tokens.ts";
import { dynamoDb } from "./clients.ts";
import { tokenStore } from "./dynamodb/tokens.ts";

/** Tokens of one table, with the real clock and real randomness. */
export const identityContext = (table: string): IdentityContext => ({
  tokens: tokenStore(dynamoDb(), table),
  now: Date.now,
  newSecret: () => `cap_${randomBytes(32).toString("base64url")}`,
  hash: (secret) => createHash("sha256").update(secret).digest("hex"),
});
