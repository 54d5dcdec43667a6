import type { Raw } from "./operations.ts";

const raw = (text: string): Raw => ({ raw: text });

/** Values that no field should be handed, and that every field must survive. */
export const values: readonly unknown[] = [
  null,
  "",
  " ",
  "../../../etc/passwd",
  "..\\..\\secrets.json",
  "%2e%2e%2fsecrets.json",
  "s3://thing/%ff%c0%ae",
  "a\u0000b",
  "\ud800",
  "\u202eüñï 🎯\u0000",
  "x".repeat(5000),
  "__proto__",
  "constructor",
  "NaN",
  "' OR 1=1 --",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of others' loggers is meant
  "${jndi:ldap://127.0.0.1/x}",
  "{% $states.context %}",
  "(a+)+$",
  -1,
  1.5,
  raw("1e999"),
  raw("-9223372036854775809"),
  raw("123456789012345678901234567890"),
  true,
  [],
  [null],
  ["x", ["y", ["z"]]],
  {},
  raw('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  raw(`${"[".repeat(5000)}${"]".repeat(5000)}`),
];

/** Bodies that are no request. */
export const bodies: readonly (string | Uint8Array)[] = [
  "{",
  "not json",
  "[1,2]",
  '"text"',
  "null",
  "42",
  '{"a":1}}',
  '{"a":1,"a":2}',
  "{'a':1}",
  new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]),
  "[".repeat(200_000),
  `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
  '{"__proto__":{"polluted":true}}',
  "",
];

/** What stands in place of a path's parameter, already encoded or on purpose not. */
export const pathParts: readonly string[] = [
  "..",
  ".",
  "%2e%2e",
  "%2e%2e%2f%2e%2e%2fsecrets.json",
  "%252e%252e%252f",
  "..%5c..%5csecrets.json",
  "%00",
  "a%00b",
  "%ff",
  "%c0%ae%c0%ae%c0%af",
  "%",
  "%zz",
  "%20",
  "x".repeat(3000),
  "%F0%9F%8E%AF%E2%80%AE",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "a;b=c",
  "a%2fb",
  "a%23b",
  "a%3fb",
  "999999999999999999999999",
  "-1",
  "",
];

/** Ways out of a folder, in every disguise that ever worked somewhere: dots and separators, each in its encodings, to files that exist beside. */
export function traversals(targets: readonly string[]): string[] {
  const dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "%u002e%u002e", "%e2%80%a5", "....", "..;", ".%20.", "..%00", "..%20"];
  const slashes = ["/", "%2f", "%5c", "%255c", "%252f", "%c0%af", "//", "%2f%2e%2f", "/./"];
  const climbs = dots.flatMap((dot) => slashes.flatMap((slash) => targets.map((target) => `${`${dot}${slash}`.repeat(4)}${target}`)));
  const absolute = targets.flatMap((target) => [
    `/${target}`,
    `%2f${target}`,
    `file:%2f%2f%2f${target}`,
    `C:%5c${target}`,
    `${target}%00.txt`,
    `${target}%23x`,
    `x%3f/../${target}`,
  ]);
  return [...climbs, ...absolute];
}
