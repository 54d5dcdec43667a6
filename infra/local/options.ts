import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError } from "#core/errors.ts";

/** What `npm start` can be told. */
export interface StartOptions {
  /** The first port to try. */
  readonly port: number;
  /** The address to listen on; anything but loopback needs `auth`. */
  readonly host: string;
  /** Absolute path of the folder that holds all data. */
  readonly data: string;
  /** Ask every caller for a token. */
  readonly auth: boolean;
}

export const usage = `Usage: npm start -- [options]

  npm start                         the whole platform on http://127.0.0.1:5000, data kept in ./.capstan
  npm start -- --port 8080 --auth   another port, and a token asked of every caller

  --port N      first port to try; a busy one gives way to the next        (default 5000)
  --data DIR    where everything is kept                                   (default ./.capstan)
  --host ADDR   address to listen on; other than loopback needs --auth     (default 127.0.0.1)
  --auth        ask every caller for a token; the first one is written to DIR/token
  --help        this text
`;

const loopback = new Set(["127.0.0.1", "localhost", "::1"]);

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new ConfigError(`--port must be an integer from 1 to 65535, got ${text}`);
  return port;
}

/** @returns undefined when help was asked for. @throws ConfigError naming the option, what it was given and what it takes */
export function readOptions(args: readonly string[]): StartOptions | undefined {
  const options = {
    port: { type: "string", default: "5000" },
    host: { type: "string", default: "127.0.0.1" },
    data: { type: "string", default: ".capstan" },
    auth: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (cause) {
    throw new ConfigError((cause as Error).message, { cause });
  }
  if (values.help) return undefined;
  if (!loopback.has(values.host) && !values.auth)
    throw new ConfigError(`--host ${values.host} is open to others and needs --auth; without it use 127.0.0.1, localhost or ::1`);
  return { port: portOf(values.port), host: values.host, data: resolve(values.data), auth: values.auth };
}
