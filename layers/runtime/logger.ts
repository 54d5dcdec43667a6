type Level = "debug" | "info" | "warn" | "error";
type Fields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const plain = (value: unknown): unknown =>
  value instanceof Error
    ? { name: value.name, message: value.message, stack: value.stack, ...(value.cause !== undefined && { cause: plain(value.cause) }) }
    : value;

const order: readonly string[] = ["debug", "info", "warn", "error", "silent"];

/** One JSON document a line, on stdout for the record and stderr from `warn` on. `LOG_LEVEL` names the least level written, or `silent`. @default info */
function write(level: Level, message: string, fields: Fields = {}): void {
  const least = order.indexOf(process.env["LOG_LEVEL"] ?? "info");
  if (order.indexOf(level) < least) return;
  const entries = Object.entries(fields).map(([key, value]) => [key, plain(value)]);
  const line = JSON.stringify({ level, time: new Date().toISOString(), message, ...Object.fromEntries(entries) }, (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  (level === "info" || level === "debug" ? process.stdout : process.stderr).write(`${line}\n`);
}

export const logger: Logger = {
  debug: (message, fields) => write("debug", message, fields),
  info: (message, fields) => write("info", message, fields),
  warn: (message, fields) => write("warn", message, fields),
  error: (message, fields) => write("error", message, fields),
};
