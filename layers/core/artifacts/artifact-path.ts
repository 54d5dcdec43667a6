import { invalid } from "#core/errors.ts";

const decodedOnce = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Decoding shortens a text, so this ends; what is nested deeper than any honest path is taken for the worst. */
function decodedFully(text: string): string {
  let decoded = text;
  for (let round = 0; round < 8; round += 1) {
    const next = decodedOnce(decoded);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return "..";
}

/** Whether a text, or what it says once decoded, could leave the folder that it is read in. */
export function isUnsafePath(text: string): boolean {
  const decoded = decodedFully(text);
  return decoded.startsWith("/") || /[\\#\0]/.test(decoded) || decoded.split("/").includes("..");
}

/** S3's limit of a key, less what we put before it. */
const maxBytes = 1000;

/**
 * A path inside the artifact store: relative, without empty or `.` segments; empty for the root.
 * Source: MLflow 3.17.2 refuses the same texts with the same words.
 */
export function artifactPath(text: string): string {
  const path = text
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".")
    .join("/");
  if (isUnsafePath(text) || isUnsafePath(path)) throw invalid(`Invalid path: ${text.slice(0, 200)}`);
  const bytes = new TextEncoder().encode(path).length;
  if (bytes > maxBytes) throw invalid(`Invalid path: must be at most ${maxBytes} bytes, got ${bytes}`);
  return path;
}

/** The path of a file. @throws DomainError also for the root */
export function artifactFilePath(text: string): string {
  const path = artifactPath(text);
  if (path === "") throw invalid("Invalid path: must name a file, got the root");
  return path;
}
