import { tokenContract } from "#contracts/platform/tokens.ts";
import { type IdentityContext, issueToken, listTokens, revokeToken } from "#core/identity/tokens.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { identityContext } from "#stores/identity-context.ts";

/** The platform's /tokens operations. */
export const createHandler = (ctx: IdentityContext): HttpHandler =>
  serveRoutes(
    serve(tokenContract, {
      createToken: ({ principal, expiresInDays }) => issueToken(ctx, principal, expiresInDays),
      listTokens: async () => ({ tokens: await listTokens(ctx) }),
      revokeToken: async ({ tokenId }) => {
        await revokeToken(ctx, tokenId);
        return {};
      },
    }),
  );

export const create = (env: FunctionEnv): HttpHandler => createHandler(identityContext(env.table("tokens")));
