/** Where the caller reached us: CloudFront and API Gateway speak HTTPS and name the host; the laptop speaks plain HTTP on loopback. */
export function originOf(headers: Readonly<Record<string, string>>): string {
  const scheme = headers["x-forwarded-proto"] ?? "http";
  return `${scheme}://${headers["host"] ?? "127.0.0.1:5000"}`;
}
