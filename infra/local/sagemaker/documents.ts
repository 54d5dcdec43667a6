import type { LocalTable } from "../local-table.ts";
import type { Kind } from "./names.ts";

export interface Named {
  readonly name: string;
}

/** Models, configurations and endpoints as clients made them. */
export interface Documents<T extends Named> {
  find(name: string): Promise<T | undefined>;
  /** @returns false where the name is taken */
  insert(document: T): Promise<boolean>;
  update(document: T): Promise<void>;
  /** @returns false where there is none */
  remove(name: string): Promise<boolean>;
  /** In order of the name. */
  list(): Promise<T[]>;
}

/** Documents of one kind in the table `local`: pk `SAGEMAKER#<kind>`, sk the name. */
export function documents<T extends Named>(table: LocalTable, kind: Kind): Documents<T> {
  const pk = `SAGEMAKER#${kind}`;
  const put = (body: T) => ({ pk, sk: body.name, body });
  return {
    find: async (name) => (await table.get(pk, name)) as T | undefined,
    insert: (document) => table.write([{ put: put(document), when: "absent" }]),
    update: async (document) => void (await table.write([{ put: put(document) }])),
    remove: (name) => table.write([{ remove: { pk, sk: name }, when: "present" }]),
    list: async () => (await table.query(pk)).map(({ body }) => body as T),
  };
}
