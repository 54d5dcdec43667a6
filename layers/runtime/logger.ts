import { AsyncLocalStorage } from "node:async_hooks";

type Level = "debug" | "info" | "warn" | "error";
type Fields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** A line that belongs to a piece of work: the document as text, and the context it was written in. */
export type Listener = (context: Readonly<Record<string, string>>, line: string) => void;

const plain = (value: unknown): unknown =>
  value instanceof Error
    ? { name: value.name, message: value.message, stack: value.stack, ...(value.cause !== undefined && { cause: plain(value.cause) }) }
    : value;

const order: readonly string[] = ["debug", "info", "warn", "error", "silent"];
const contexts = new AsyncLocalStorage<Readonly<Record<string, string>>>();
let listener: Listener | undefined;

/** Runs work whose lines all carry these fields, however deep in it they are written. */
export const withLogContext = <T>(context: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> => contexts.run(context, work);

/** Hands every line of at least `info` that has a context to one listener as well, whatever `LOG_LEVEL` says: where no service collects what processes write. */
export function collectLines(taken: Listener | undefined): void {
  listener = taken;
}

/** One JSON document a line, on stdout for the record and stderr from `warn` on. `LOG_LEVEL` names the least level written, or `silent`. @default info */
function write(level: Level, message: string, fields: Fields = {}): void {
  const context = contexts.getStore();
  const isWritten = order.indexOf(level) >= order.indexOf(process.env["LOG_LEVEL"] ?? "info");
  const isCollected = listener !== undefined && context !== undefined && level !== "debug";
  if (!isWritten && !isCollected) return;
  const entries = Object.entries(fields).map(([key, value]) => [key, plain(value)]);
  const document = { level, time: new Date().toISOString(), message, ...context, ...Object.fromEntries(entries) };
  const line = JSON.stringify(document, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  if (isCollected) listener?.(context, line);
  if (isWritten) (level === "info" || level === "debug" ? process.stdout : process.stderr).write(`${line}\n`);
}

export const logger: Logger = {
  debug: (message, fields) => write("debug", message, fields),
  info: (message, fields) => write("info", message, fields),
  warn: (message, fields) => write("warn", message, fields),
  error: (message, fields) => write("error", message, fields),
};
