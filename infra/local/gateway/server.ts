import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { HttpHandler, HttpRequest } from "#runtime/http.ts";
import { routeMatcher } from "#runtime/match-route.ts";
import { refusal, toResponse } from "#runtime/wire-errors.ts";
import { AwsError } from "../aws/aws-error.ts";
import { refuse as refuseTarget } from "../aws/server.ts";
import type { Console } from "./console.ts";
import { readRequest, writeResponse } from "./exchange.ts";
import { guard } from "./guards.ts";

export interface GatewayParts {
  readonly specs: readonly FunctionSpec[];
  /** The handler of a function, by name. */
  readonly http: (name: string) => Promise<HttpHandler>;
  readonly console: Console;
  /** Answers requests that name their operation in X-Amz-Target: SageMaker's. */
  readonly aws: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Names by which this machine may be called. */
  readonly hosts: ReadonlySet<string>;
  /** Who sent an Authorization header; undefined refuses the request. Without it everybody is `anonymous`. */
  readonly authenticate?: (authorization: string | undefined) => Promise<string | undefined>;
}

/** `v2` of `/v2/models`: where nothing answers, this tells whose clients are asking. */
const firstOf = (path: string) => path.split("/")[1] ?? "";
const sendCredentials = "send a bearer token or basic credentials that this platform issued";
const unknownCaller = new AwsError("UnrecognizedClientException", sendCredentials, 401);
const unauthenticated = { "www-authenticate": 'Bearer realm="capstan", Basic realm="capstan"' };

/** HTTP API's place on the laptop: one port for the API of every surface and for the console. */
export function gateway({ specs, http, console, aws, hosts, authenticate }: GatewayParts): Server {
  const owners = new Map(specs.flatMap((spec) => (spec.contracts ?? []).map((contract) => [contract, spec] as const)));
  const match = routeMatcher([...owners.keys()]);
  const refuse = guard(hosts);
  const surfaces = new Map([...owners.keys()].flatMap(({ surface, routes }) => Object.values(routes).map(({ path }) => [firstOf(path), surface] as const)));

  async function callerOf(message: IncomingMessage, isOpen: boolean): Promise<string | undefined> {
    if (!authenticate || isOpen) return "anonymous";
    return authenticate(message.headers.authorization);
  }

  async function dispatch(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const stranger = refuse(message);
    const path = (message.url ?? "/").split("?")[0] ?? "/";
    const found = match(message.method ?? "GET", path);
    const surface = "allowed" in found ? (surfaces.get(firstOf(path)) ?? "platform") : found.contract.surface;
    const target = path === "/" && message.method === "POST" && message.headers["x-amz-target"] !== undefined;
    if (stranger) return writeResponse(response, "-", { ...refusal(surface, "PERMISSION_DENIED", stranger.message), status: stranger.status });
    if ("allowed" in found && found.allowed.length === 0 && message.method === "GET" && (await console.serve(path, message.headers.accept ?? "", response)))
      return;
    const principal = await callerOf(message, !("allowed" in found) && found.route.open === true);
    if (target) return principal === undefined ? refuseTarget(message, response, unknownCaller) : aws(message, response);
    const request = readRequest(message, principal ?? "anonymous");
    if (principal === undefined) return writeResponse(response, request.requestId, refusal(surface, "UNAUTHENTICATED", sendCredentials, unauthenticated));
    if (!("allowed" in found)) return writeResponse(response, request.requestId, await answer(owners.get(found.contract)?.name ?? "", request));
    const [code, text] =
      found.allowed.length === 0
        ? (["ENDPOINT_NOT_FOUND", `no operation at ${request.method} ${request.path}`] as const)
        : (["METHOD_NOT_ALLOWED", `${request.method} is not allowed here, use ${found.allowed.join(" or ")}`] as const);
    return writeResponse(response, request.requestId, refusal(surface, code, text, code === "METHOD_NOT_ALLOWED" ? { allow: found.allowed.join(", ") } : {}));
  }

  async function answer(name: string, request: HttpRequest) {
    const handler = await http(name);
    return handler(request);
  }

  return createServer({ noDelay: true, keepAliveTimeout: 65_000, maxHeaderSize: 10_240, requestTimeout: 0 }, (message, response) => {
    // What is left of a refused body is dropped: many clients read no answer before they have sent everything.
    response.once("finish", () => message.resume());
    dispatch(message, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else void writeResponse(response, "-", toResponse("platform", error, "-"));
    });
  });
}
