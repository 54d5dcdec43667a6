/**
 * Stands in for `@aws-sdk/credential-provider-node` in Lambda bundles: Lambda puts a role's credentials into the environment and nowhere
 * else, so that the clients for SSO, STS and instance metadata, a fifth of every bundle, would never be asked.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set, as Lambda does");
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
};
