import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { HttpHandler, HttpResponse } from "./http.ts";

/** What the API's authorizer found: our own one's context, or the claims of a JWT that API Gateway has verified. */
interface Authorizer {
  readonly lambda?: Readonly<Record<string, unknown>>;
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
}
type Event = APIGatewayProxyEventV2 & { readonly requestContext: { readonly authorizer?: Authorizer } };

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  if (body.length > 0) yield body;
}

async function bytesOf(body: HttpResponse["body"]): Promise<Buffer> {
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body as Uint8Array);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The Lambda door of a handler: API Gateway HTTP API events, payload format 2.0, in and out. */
export const lambdaHttp = (handler: HttpHandler) =>
  middy<Event, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const { lambda, jwt } = event.requestContext.authorizer ?? {};
    const principal = lambda?.["principal"] ?? jwt?.claims?.["sub"];
    const response = await handler({
      method: event.requestContext.http.method,
      path: event.rawPath,
      query: new URLSearchParams(event.rawQueryString),
      headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? ""])),
      body: once(Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8")),
      requestId: event.requestContext.requestId,
      principal: typeof principal === "string" ? principal : "anonymous",
    });
    const { status: statusCode, headers } = response;
    if (typeof response.body === "string") return { statusCode, headers, body: response.body };
    return { statusCode, headers, body: (await bytesOf(response.body)).toString("base64"), isBase64Encoded: true };
  });
