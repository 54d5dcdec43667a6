import { pathParts, values } from "./hostile-values.ts";
import { fieldsOf, type Operation, parameters, requestOf } from "./operations.ts";
import type { Sent } from "./send.ts";
import type { World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every place in a request that holds a value, whole objects and lists too. */
function placesIn(value: unknown, at: Path = []): Path[] {
  const below: readonly (readonly [string | number, unknown])[] = isObject(value)
    ? Object.entries(value)
    : Array.isArray(value)
      ? value.slice(0, 1).map((one, index) => [index, one] as const)
      : [];
  return [...(at.length > 0 ? [at] : []), ...below.flatMap(([key, one]) => placesIn(one, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === key ? replaced(one, rest, by) : one));
  return { ...(value as Fields), [key]: replaced((value as Fields)[key], rest, by) };
}

/** JSON cannot hold a raw text below the top, so that only whole fields are replaced by one. */
const fits = (place: Path, value: unknown) => place.length === 1 || !isObject(value) || !("raw" in value);

/** One request per value and field; of the places below the fields every fourth value, each place starting at another. */
export function fieldRequests({ route }: Operation, world: World): { readonly place: string; readonly request: Sent }[] {
  const fields = fieldsOf(route, world);
  return placesIn(fields).flatMap((place, turn) =>
    values
      .filter((value, index) => (place.length === 1 || index % 4 === turn % 4) && fits(place, value))
      .map((value) => ({ place: place.join("."), request: requestOf(route, replaced(fields, place, value) as Fields) })),
  );
}

/** One request per parameter of the path and thing to stand in its place. */
export function pathRequests({ route }: Operation, world: World): { readonly place: string; readonly request: Sent }[] {
  const fields = fieldsOf(route, world);
  return parameters(route).flatMap((name) =>
    pathParts.map((part) => {
      const request = requestOf(route, { ...fields, [name]: "PLACE" });
      return { place: `{${name}} = ${part.slice(0, 40)}`, request: { ...request, path: request.path.replace("PLACE", part) } };
    }),
  );
}
