import type { ComponentType } from "react";
import type { Path } from "./document.ts";
import type { Schema } from "./schema.ts";

export interface Form {
  readonly root: Schema;
  /** Undefined takes the value out of the document. */
  readonly set: (path: Path, value: unknown) => void;
  /** What the platform said of each field, by the field's path. */
  readonly refusals: ReadonlyMap<string, string>;
  /** The control that suits a schema, for what lies within another. */
  readonly Field: ComponentType<FieldProps>;
}
export interface FieldProps {
  readonly form: Form;
  readonly schema: Schema;
  readonly path: Path;
  readonly value: unknown;
  readonly isRequired: boolean;
}
