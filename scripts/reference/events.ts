import { readdirSync } from "node:fs";
import * as z from "zod";
import { type EventType, eventSource } from "#contracts/events/platform-event.ts";

const folder = new URL("../../layers/contracts/events/", import.meta.url);

const isEventType = (value: unknown): value is EventType =>
  typeof value === "object" && value !== null && "detailType" in value && "detail" in value && value.detail instanceof z.ZodType;

/** Every kind of event that a file of layers/contracts/events exports, by name. */
async function definedEvents(): Promise<readonly EventType[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const modules = await Promise.all(files.map(async (name) => (await import(new URL(name, folder).href)) as Readonly<Record<string, unknown>>));
  const events = modules.flatMap((module) => Object.values(module).filter(isEventType));
  return events.toSorted((a, b) => a.detailType.localeCompare(b.detailType, "en"));
}

interface Field {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly $defs?: Readonly<Record<string, Field>>;
}

/** A part of its own is named where it has fields, else told in place. */
function typeOf(field: Field, parts: Readonly<Record<string, Field>>): string {
  const name = field.$ref?.replace("#/$defs/", "");
  if (name !== undefined) return parts[name] && !parts[name].properties ? typeOf(parts[name], parts) : `\`${name}\``;
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(", ");
  if (field.anyOf) return field.anyOf.map((one) => typeOf(one, parts)).join(" or ");
  if (field.items) return `array of ${typeOf(field.items, parts)}`;
  return [field.type ?? "any"].flat().join(" or ");
}

function table({ properties = {} }: Field, parts: Readonly<Record<string, Field>>): readonly string[] {
  const rows = Object.entries(properties).map(([name, field]) => `| \`${name}\` | ${typeOf(field, parts)} | ${field.description ?? ""} |`);
  return ["| field | type | meaning |", "|---|---|---|", ...rows, ""];
}

function section({ detailType, summary, detail }: EventType): readonly string[] {
  const schema = z.toJSONSchema(detail) as Field;
  const parts = schema.$defs ?? {};
  const named = Object.entries(parts).filter(([, part]) => part.properties);
  return [
    `## ${detailType}`,
    "",
    summary,
    "",
    ...table(schema, parts),
    ...named.flatMap(([name, part]) => [`\`${name}\`${part.description === undefined ? "" : `: ${part.description}`}`, "", ...table(part, parts)]),
  ];
}

/** docs/reference/events.md: what the platform tells on its event bus. */
export async function eventReference(): Promise<string> {
  const events = await definedEvents();
  return [
    "# Events",
    "",
    `What the platform puts on its EventBridge bus, with \`${eventSource}\` as the source and the heading as the detail type. Each is delivered at least once.`,
    "A rule of your own on that bus sends them on: to a queue, a topic, a function.",
    "",
    ...events.flatMap(section),
  ].join("\n");
}
