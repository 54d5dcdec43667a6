import type { ArtifactSource } from "./source.ts";

/** What a viewer is given. */
export interface ViewerProps {
  readonly source: ArtifactSource;
  readonly path: string;
  /** The address of its bytes. */
  readonly file: string;
  /** In bytes, when the folder was listed. */
  readonly size: number;
}
