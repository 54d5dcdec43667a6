/**
 * Issues a token straight into the tokens table of a deployed platform: the first one, before any token exists that could ask the API for it.
 * `npm run token -- --table <TokensTableName output of the Storage stack> --principal <you>`, with AWS credentials that may write that table.
 */
import { parseArgs } from "node:util";
import { issueToken } from "#core/identity/tokens.ts";
import { identityContext } from "#stores/identity-context.ts";

const { values } = parseArgs({
  options: { table: { type: "string" }, principal: { type: "string" }, region: { type: "string" }, "expires-in-days": { type: "string" } },
});
const { table, principal, region, "expires-in-days": days } = values;

if (table === undefined || principal === undefined || !/^[\w.@-]{1,64}$/.test(principal) || (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))) {
  process.stderr.write("usage: npm run token -- --table NAME --principal WHO [--region REGION] [--expires-in-days 1..9999]\n");
  process.exit(2);
}
if (region !== undefined) process.env["AWS_REGION"] = region;
const { secret } = await issueToken(identityContext(table), principal, days === undefined ? undefined : Number(days));
process.stdout.write(`${secret}\n`);
