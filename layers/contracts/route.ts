import * as z from "zod";
import type { ErrorCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The wire dialects we speak: each has its own form of errors and its own reading of a request body. */
export type Surface = "mlflow" | "feast" | "kserve" | "sagemaker" | "platform";

/** One operation of the HTTP API: all that gateways, handlers, documents and clients need to know of it. */
export interface Route {
  readonly method: Method;
  /** API Gateway's syntax: `{name}` is one segment, `{name+}` (only at the end) is the rest of the path. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** Path, query and JSON body fields merged into one object; on a clash the path wins, then the body. */
  readonly request: z.ZodObject;
  readonly response: z.ZodType;
  readonly errors: readonly ErrorCode[];
  /** `content`: the body is not JSON and reaches the operation unread, as `call.body`. @default "json" */
  readonly body?: "json" | "content";
  /** Answered without credentials even where authentication is on. @default false */
  readonly open?: boolean;
}
export type Routes = Readonly<Record<string, Route>>;

/** A named set of operations on one surface; the unit that a function serves. */
export interface Contract<R extends Routes = Routes> {
  readonly name: string;
  readonly surface: Surface;
  readonly summary: string;
  readonly routes: R;
}

/** What an operation may know of the request beyond its fields. */
export interface Call {
  readonly requestId: string;
  /** Who is asking, as the authorizer found; `"anonymous"` where authentication is off. */
  readonly principal: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body, readable once. Empty where `body` is "json": the fields hold it already. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** One function per route: what a service implements and what a client calls. */
export type Operations<R extends Routes> = {
  readonly [K in keyof R]: (request: z.output<R[K]["request"]>, call: Call) => Promise<z.input<R[K]["response"]>>;
};

/** A reply that is not JSON: an artifact, a redirect, plain text. */
export interface Content {
  /** @default 200 */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** Marks a route whose reply is {@link Content} rather than a JSON document. */
export const content = z
  .custom<Content>((value) => typeof value === "object" && value !== null && "headers" in value && "body" in value)
  .meta({ content: true });

/** Declares a contract, keeping the literal types of its routes. */
export const defineContract = <const R extends Routes>(contract: Contract<R>): Contract<R> => contract;
