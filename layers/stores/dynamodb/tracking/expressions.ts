import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Condition, Item, Update } from "./item-table.ts";

/** What DynamoDB takes beside an expression. */
export interface Expressions {
  condition(condition: Condition): string;
  update(update: Update): string;
  /** The names and values that the expressions above refer to. */
  attributes(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Item & Record<string, AttributeValue> };
}

/** Writes conditions and updates in DynamoDB's expression language, every name and value through a placeholder. */
export function expressions(): Expressions {
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  let count = 0;
  const name = (attribute: string) => {
    const known = names.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#${names.size}`;
    names.set(attribute, placeholder);
    return placeholder;
  };
  const value = (given: AttributeValue) => {
    const placeholder = `:${count++}`;
    values[placeholder] = given;
    return placeholder;
  };
  const condition = (wanted: Condition): string => {
    switch (wanted.is) {
      case "absent":
        return `attribute_not_exists(${name("pk")})`;
      case "present":
        return `attribute_exists(${name("pk")})`;
      case "missing":
        return `attribute_not_exists(${name(wanted.name)})`;
      case "equal":
        return `${name(wanted.name)} = ${value(wanted.value)}`;
      case "notEqual":
        return `(attribute_exists(${name(wanted.name)}) AND ${name(wanted.name)} <> ${value(wanted.value)})`;
      case "lessThan":
        return `${name(wanted.name)} < ${value(wanted.value)}`;
      case "all":
        return `(${wanted.of.map(condition).join(" AND ")})`;
      default:
        return `(${wanted.of.map(condition).join(" OR ")})`;
    }
  };
  const clause = (verb: string, parts: readonly string[]) => (parts.length === 0 ? [] : [`${verb} ${parts.join(", ")}`]);
  return {
    condition,
    update({ set = {}, setIfMissing = {}, add = {}, take = {}, remove = [] }) {
      const pairs = (item: Item) => Object.entries(item).map(([attribute, given]) => `${name(attribute)} ${value(given)}`);
      return [
        ...clause("SET", [
          ...Object.entries(set).map(([attribute, given]) => `${name(attribute)} = ${value(given)}`),
          ...Object.entries(setIfMissing).map(([attribute, given]) => `${name(attribute)} = if_not_exists(${name(attribute)}, ${value(given)})`),
        ]),
        ...clause("REMOVE", remove.map(name)),
        ...clause("ADD", pairs(add)),
        ...clause("DELETE", pairs(take)),
      ].join(" ");
    },
    attributes: () => ({
      ...(names.size > 0 && { ExpressionAttributeNames: Object.fromEntries([...names].map(([attribute, placeholder]) => [placeholder, attribute])) }),
      ...(count > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
