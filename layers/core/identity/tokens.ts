import { doesNotExist } from "../errors.ts";

/** A token as it is kept: never its secret. Times in milliseconds since the epoch. */
export interface StoredToken {
  /** SHA-256 of the secret, 64 hex digits. The secret has 256 random bits, so that no slow hash is needed. */
  readonly hash: string;
  readonly principal: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

/** Where tokens are kept, by hash. */
export interface TokenStore {
  put(token: StoredToken): Promise<void>;
  find(hash: string): Promise<StoredToken | undefined>;
  list(): Promise<StoredToken[]>;
  remove(hash: string): Promise<void>;
}

export interface IdentityContext {
  readonly tokens: TokenStore;
  readonly now: () => number;
  /** A fresh secret of 256 random bits, as text. */
  readonly newSecret: () => string;
  /** SHA-256, 64 hex digits. */
  readonly hash: (secret: string) => string;
}

const day = 86_400_000;
const idOf = (hash: string) => hash.slice(0, 12);
const shown = ({ hash, principal, createdAt, expiresAt }: StoredToken) => ({ tokenId: idOf(hash), principal, createdAt, expiresAt });
const isInForce = (token: StoredToken, now: number) => token.expiresAt === null || token.expiresAt > now;

export async function issueToken(ctx: IdentityContext, principal: string, expiresInDays?: number) {
  const secret = ctx.newSecret();
  const createdAt = ctx.now();
  const stored = { hash: ctx.hash(secret), principal, createdAt, expiresAt: expiresInDays === undefined ? null : createdAt + expiresInDays * day };
  await ctx.tokens.put(stored);
  return { token: shown(stored), secret };
}

export async function listTokens(ctx: IdentityContext) {
  const now = ctx.now();
  return (await ctx.tokens.list()).filter((token) => isInForce(token, now)).map(shown);
}

export async function revokeToken(ctx: IdentityContext, tokenId: string): Promise<void> {
  const token = (await ctx.tokens.list()).find(({ hash }) => idOf(hash) === tokenId);
  if (!token) throw doesNotExist(`token ${tokenId} not found`);
  await ctx.tokens.remove(token.hash);
}

/** The secret inside an Authorization header: a bearer token, or the password of basic credentials (any user name). */
export function secretOf(authorization: string): string | undefined {
  const [, scheme = "", value = ""] = /^(bearer|basic) +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value) || value.length % 4 !== 0) return undefined;
  const pair = atob(value);
  const colon = pair.indexOf(":");
  return colon < 0 ? undefined : pair.slice(colon + 1);
}

/** Who sent this Authorization header; undefined when nobody that we know, or whose token has expired. */
export async function authenticate(ctx: Pick<IdentityContext, "tokens" | "now" | "hash">, authorization: string | undefined): Promise<string | undefined> {
  const secret = authorization === undefined ? undefined : secretOf(authorization);
  if (secret === undefined || secret === "") return undefined;
  const token = await ctx.tokens.find(ctx.hash(secret));
  return token && isInForce(token, ctx.now()) ? token.principal : undefined;
}
