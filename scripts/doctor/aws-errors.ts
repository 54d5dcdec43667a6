interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
}

const expired = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired"]);
const unreachable = new Set(["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

export const explained = (error: unknown): string => ((error as Failure).message || (error as Failure).code || String(error)).slice(0, 300);

export const isDenied = (error: unknown): boolean => /AccessDenied|UnauthorizedOperation|NotAuthorized/.test((error as Failure).name ?? "");

/** What an error of a call to AWS means to its caller. An SSO session that has ended is told as missing credentials, by its message. */
export function kindOf(error: unknown): "no credentials" | "expired" | "unreachable" | "refused" {
  const { name = "", code = "" } = error as Failure;
  if (expired.has(name) || /(token|session).*(expired|invalid)/i.test(explained(error))) return "expired";
  if (name === "CredentialsProviderError" || name === "TokenProviderError") return "no credentials";
  return unreachable.has(code) || name === "TimeoutError" ? "unreachable" : "refused";
}
