import type { Bucket, CorsRule } from "./bucket-rows.ts";
import { refusal } from "./errors.ts";

type Headers = Readonly<Record<string, string>>;

/** Whether a pattern with at most one `*` covers a value. */
function covers(pattern: string, value: string): boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === value;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

const requestedHeaders = (headers: Headers): string[] =>
  (headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string, asked: readonly string[]): CorsRule | undefined =>
  rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => covers(pattern, origin)) &&
      rule.allowedMethods.some((allowed) => allowed === method) &&
      asked.every((name) => rule.allowedHeaders.some((pattern) => covers(pattern.toLowerCase(), name))),
  );

function allowing(rule: CorsRule, origin: string): Record<string, string> {
  const any = rule.allowedOrigins.includes("*");
  return {
    "access-control-allow-origin": any ? "*" : origin,
    ...(!any && { "access-control-allow-credentials": "true" }),
    ...(rule.exposeHeaders.length > 0 && { "access-control-expose-headers": rule.exposeHeaders.join(", ") }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** Headers that let a page of the request's origin read the reply; none where no rule allows it. */
export function corsHeaders(bucket: Bucket | undefined, method: string, headers: Headers): Record<string, string> {
  const origin = headers["origin"];
  if (origin === undefined || bucket?.cors === undefined) return {};
  const rule = ruleFor(bucket.cors, origin, method, []);
  return rule === undefined ? {} : allowing(rule, origin);
}

/** The answer to a browser's preflight request, which nobody signs. @throws S3Error AccessForbidden when no rule allows what will be sent */
export function preflight(bucket: Bucket | undefined, headers: Headers): Record<string, string> {
  const [origin, method] = [headers["origin"], headers["access-control-request-method"]];
  if (origin === undefined || method === undefined)
    throw refusal("InvalidRequest", "Insufficient information. Origin request header and Access-Control-Request-Method are needed.");
  if (bucket?.cors === undefined) throw refusal("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");
  const asked = requestedHeaders(headers);
  const rule = ruleFor(bucket.cors, origin, method, asked);
  if (rule === undefined)
    throw refusal("AccessForbidden", "CORSResponse: This CORS request is not allowed: no rule of the bucket covers its origin, method and headers.");
  return {
    ...allowing(rule, origin),
    "access-control-allow-methods": rule.allowedMethods.join(", "),
    ...(asked.length > 0 && { "access-control-allow-headers": asked.join(", ") }),
    ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
  };
}
