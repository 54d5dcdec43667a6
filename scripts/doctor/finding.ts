/** What one check found. `skipped`: it could not be made here, and `fix` says how it can. */
export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warn" | "fail" | "skipped";
  readonly found: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly fix?: string;
}

const finding =
  (status: Finding["status"]) =>
  (check: string, found: string, fix?: string): Finding => ({ check, status, found, ...(fix !== undefined && { fix }) });

export const ok = finding("ok");
export const warn = finding("warn");
export const fail = finding("fail");
export const skipped = finding("skipped");
