import type { ArtifactAddress } from "./artifact-address.ts";

export interface ArtifactEntry {
  readonly name: string;
  /** Absent for a folder. */
  readonly bytes?: number;
}

/** A file that is being read. */
export interface OpenArtifact {
  readonly body: AsyncIterable<Uint8Array>;
  /** Of the body: the range where one was asked for, else the file. */
  readonly bytes: number;
  readonly etag: string;
  readonly contentType?: string;
  /** Where a range was asked for: what of how much, as Content-Range says it. */
  readonly contentRange?: string;
  /** Ends reading early. */
  discard(): void;
}

export interface NewArtifact {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType?: string | undefined;
  /** What the sender says the body holds; a body that ends before is not kept. */
  readonly bytes?: number | undefined;
}

export interface UploadedPart {
  readonly partNumber: number;
  readonly etag: string;
}

/** Where files of runs and models are kept. Nothing is ever half written; memory does not grow with a file's size. */
export interface ArtifactStore {
  /** @param range a Range header. @returns undefined when there is no such file */
  open(address: ArtifactAddress, range?: string): Promise<OpenArtifact | undefined>;
  /** @returns undefined when there is no such file */
  bytes(address: ArtifactAddress): Promise<number | undefined>;
  /** Whether anything lies below. */
  isFolder(address: ArtifactAddress): Promise<boolean>;
  write(address: ArtifactAddress, artifact: NewArtifact): Promise<void>;
  /** One level of a folder, by name. */
  list(address: ArtifactAddress): Promise<readonly ArtifactEntry[]>;
  /** A file, and all that lies below a folder of that name. */
  remove(address: ArtifactAddress): Promise<void>;
  beginUpload(address: ArtifactAddress): Promise<string>;
  completeUpload(address: ArtifactAddress, uploadId: string, parts: readonly UploadedPart[]): Promise<void>;
  abortUpload(address: ArtifactAddress, uploadId: string): Promise<void>;
  partUrl(address: ArtifactAddress, uploadId: string, partNumber: number, seconds: number): Promise<string>;
  readUrl(address: ArtifactAddress, seconds: number): Promise<string>;
  writeUrl(address: ArtifactAddress, seconds: number): Promise<string>;
}
