import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { lambdaHttp } from "#runtime/lambda-http.ts";

const anEvent = (authorizer?: object, more: Partial<APIGatewayProxyEventV2> = {}) =>
  ({
    version: "2.0",
    rawPath: "/things",
    rawQueryString: "a=1",
    headers: { "X-Thing": "t" },
    isBase64Encoded: false,
    requestContext: { http: { method: "POST" }, requestId: "r-1", ...(authorizer && { authorizer }) },
    ...more,
  }) as unknown as APIGatewayProxyEventV2;

/** Answers with what it was asked. */
const echo = lambdaHttp(async ({ method, path, query, headers, body, requestId, principal }) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { status: 200, headers: {}, body: JSON.stringify({ method, path, query: String(query), thing: headers["x-thing"], text, requestId, principal }) };
});
const ask = async (event: APIGatewayProxyEventV2) => JSON.parse(String((await echo(event, {} as Context)).body)) as Record<string, unknown>;

describe("the Lambda door of a handler", () => {
  it("hands on method, path, query, headers and the body's bytes", async () => {
    const asked = await ask(anEvent(undefined, { body: Buffer.from("héllo").toString("base64"), isBase64Encoded: true }));

    expect(asked).toEqual({ method: "POST", path: "/things", query: "a=1", thing: "t", text: "héllo", requestId: "r-1", principal: "anonymous" });
  });

  it.each([
    ["our own authorizer's principal", { lambda: { principal: "ada" } }, "ada"],
    ["a verified JWT's subject", { jwt: { claims: { sub: "idp|42" }, scopes: null } }, "idp|42"],
    ["nobody where the route is open", undefined, "anonymous"],
  ])("calls for %s", async (_who, authorizer, principal) => {
    expect(await ask(anEvent(authorizer))).toMatchObject({ principal });
  });

  it("answers bytes in base64, text as it is", async () => {
    const bytes = lambdaHttp(async () => ({ status: 206, headers: { a: "b" }, body: new Uint8Array([0, 255]) }));

    expect(await bytes(anEvent(), {} as Context)).toEqual({ statusCode: 206, headers: { a: "b" }, body: "AP8=", isBase64Encoded: true });
    expect(await echo(anEvent(), {} as Context)).not.toHaveProperty("isBase64Encoded");
  });
});
