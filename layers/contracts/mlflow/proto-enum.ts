import * as z from "zod";

/** A protobuf enum, accepted by name or by number as protobuf JSON says, always its name inside. @param names in the order of their numbers, from 1 */
export const protoEnum = <const N extends readonly [string, ...string[]]>(names: N) =>
  z.union([z.enum(names), z.int(), z.string()]).transform((value, context): N[number] => {
    const name = names.find((known) => known === value) ?? names[Number(value) - 1];
    if (name !== undefined) return name;
    context.addIssue({ code: "custom", message: `must be one of ${names.join(", ")}`, input: value });
    return z.NEVER;
  });

/** Which of active and deleted things a search shows. */
export const viewType = protoEnum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]);
export type ViewType = z.output<typeof viewType>;
