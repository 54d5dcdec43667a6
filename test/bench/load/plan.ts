/** Load that a generator makes: each connection sends its next request when the last is answered. */
export interface LoadPlan {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** `{{n}}` becomes the request's number, unlike any other of this plan; `{{value}}` the connection's own of `values`. */
  readonly body: string;
  readonly values: readonly string[];
  readonly firstNumber: number;
  readonly connections: number;
  /** Without it each request has a connection of its own. */
  readonly keepAlive: boolean;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** Go on beyond the duration until so many are answered: a few slow answers make no median. */
  readonly leastRequests: number;
}

/** What came of it, counted from the end of the warm-up. */
export interface LoadReport {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the generator itself. */
  readonly cpuSeconds: number;
  /** The first answer that failed. */
  readonly failure?: string;
}

/** From the generator: the window begins, or is over. */
export type LoadMessage = { readonly kind: "began" } | { readonly kind: "ended"; readonly report: LoadReport };
