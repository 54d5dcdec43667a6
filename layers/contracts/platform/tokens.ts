import * as z from "zod";
import { defineContract } from "../route.ts";

/** Letters, digits and `.@_-`: who a token speaks for, shown wherever an action is recorded. */
const principal = z
  .string()
  .regex(/^[\w.@-]{1,64}$/, "must be 1 to 64 letters, digits or any of . @ _ -")
  .describe("Who the token speaks for.");

export const Token = z
  .object({
    tokenId: z.string().describe("Names the token without giving it away: the first 12 hex digits of its SHA-256."),
    principal: z.string(),
    createdAt: z.int().describe("Milliseconds since the epoch."),
    expiresAt: z.int().nullable().describe("Milliseconds since the epoch; null: never."),
  })
  .meta({ id: "Token", description: "An access token, without its secret." });

export const tokenContract = defineContract({
  name: "tokens",
  surface: "platform",
  summary: "Access tokens for people and machines.",
  routes: {
    createToken: {
      method: "POST",
      path: "/capstan/v1/tokens",
      summary: "Issue an access token. Its secret is in this reply only; the platform keeps its SHA-256.",
      request: z.object({ principal, expiresInDays: z.int().min(1).max(3650).optional().describe("Without it the token does not expire.") }),
      response: z.object({ token: Token, secret: z.string() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    listTokens: {
      method: "GET",
      path: "/capstan/v1/tokens",
      summary: "List the tokens that are in force.",
      request: z.object({}),
      response: z.object({ tokens: z.array(Token) }),
      errors: [],
    },
    revokeToken: {
      method: "DELETE",
      path: "/capstan/v1/tokens/{tokenId}",
      summary: "Revoke a token. Gateways may accept it for up to 60 seconds more.",
      request: z.object({ tokenId: z.string().regex(/^[0-9a-f]{12}$/, "must be 12 hex digits") }),
      response: z.object({}),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
