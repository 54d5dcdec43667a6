import type { ErrorCode } from "#contracts/errors.ts";

/** A request we understood and refuse. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** AWS or the network said "not now": the same call may succeed later. State machines retry on this name. */
export class DependencyError extends Error {
  override readonly name = "DependencyError";
  /** Seconds after which a repeat is sensible. */
  readonly retryAfterSeconds: number;
  constructor(message: string, options?: ErrorOptions & { retryAfterSeconds?: number }) {
    super(message, options);
    this.retryAfterSeconds = options?.retryAfterSeconds ?? 1;
  }
}

/** The deployment is wrong: a variable, knob or name that the code needs is missing or not allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export const invalid = (message: string) => new DomainError("INVALID_PARAMETER_VALUE", message);
export const alreadyExists = (message: string) => new DomainError("RESOURCE_ALREADY_EXISTS", message);
export const doesNotExist = (message: string) => new DomainError("RESOURCE_DOES_NOT_EXIST", message);
export const conflict = (message: string) => new DomainError("RESOURCE_CONFLICT", message);
