import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { explained, isDenied, kindOf } from "./aws-errors.ts";
import { type Finding, fail, ok, skipped, warn } from "./finding.ts";
import { checkQuotas } from "./quotas.ts";

export interface AccountOptions {
  /** Without it the one of the environment or the profile. */
  readonly region: string | undefined;
  readonly gpu: boolean;
  /** The time of a server of AWS, from an answer that needs no credentials. */
  readonly serverTime: (region: string) => Promise<Date>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** AWS refuses signatures that are older or newer than this. */
const mostSkewMs = 300_000;
const notableSkewMs = 30_000;
/** Below this the toolkit stack lacks the asset bucket that the stacks ask for (`MIN_BOOTSTRAP_STACK_VERSION` of aws-cdk-lib's DefaultStackSynthesizer). */
const leastBootstrapVersion = 6;
const toolkitStack = "CDKToolkit";

const howToSignIn = "set AWS_PROFILE (`aws configure sso`), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a laptop needs none of it";

async function regionOf(client: STSClient): Promise<string | undefined> {
  try {
    return await client.config.region();
  } catch {
    return undefined;
  }
}

async function identity(client: STSClient): Promise<Finding> {
  try {
    const { Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return Arn.endsWith(":root")
      ? warn("identity", `${Arn}: the account's root user`, "use a role or an IAM Identity Center user: root cannot be limited")
      : ok("identity", Arn);
  } catch (error) {
    if (kindOf(error) === "no credentials") return skipped("account", "no credentials for AWS: the checks of an account are left out", howToSignIn);
    if (kindOf(error) === "expired") return fail("identity", "the credentials have expired", "aws sso login, or set new ones");
    if (kindOf(error) === "unreachable")
      return fail("identity", `AWS cannot be reached: ${explained(error)}`, "check network, proxy (HTTPS_PROXY) and the region's name");
    return fail("identity", `AWS refuses the credentials: ${explained(error)}`, howToSignIn);
  }
}

async function clock({ serverTime, now }: AccountOptions, region: string): Promise<Finding> {
  try {
    const skewMs = now() - (await serverTime(region)).getTime();
    const found = `${Math.abs(skewMs / 1000).toFixed(0)} s ${skewMs > 0 ? "ahead of" : "behind"} AWS`;
    const fix = "synchronise the clock: timedatectl set-ntp true, or the system's date settings";
    if (Math.abs(skewMs) > mostSkewMs) return fail("clock", `${found}: requests are refused beyond 300 s`, fix);
    return Math.abs(skewMs) > notableSkewMs ? warn("clock", found, fix) : ok("clock", found);
  } catch (error) {
    return warn("clock", `AWS's time is not known: ${explained(error)}`, "run it again");
  }
}

async function bootstrap(region: string, account: string): Promise<Finding> {
  const fix = `npx cdk bootstrap aws://${account}/${region}`;
  try {
    const { Stacks: [stack] = [] } = await new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName: toolkitStack }));
    const version = Number(stack?.Outputs?.find(({ OutputKey }) => OutputKey === "BootstrapVersion")?.OutputValue ?? 0);
    return version < leastBootstrapVersion
      ? fail("bootstrap", `version ${version}, needed is ${leastBootstrapVersion} or later`, fix)
      : ok("bootstrap", `version ${version} in ${region}`);
  } catch (error) {
    if (explained(error).includes("does not exist")) return fail("bootstrap", `${region} is not bootstrapped for CDK`, fix);
    if (isDenied(error)) return warn("bootstrap", "not known: cloudformation:DescribeStacks is not allowed", "allow it, or ask who bootstrapped the account");
    return fail("bootstrap", explained(error), fix);
  }
}

/** What a deployment needs of the account: identity, region, clock, CDK's own stack, quotas. Without credentials that is said, and nothing is asked. */
export async function checkAccount(options: AccountOptions): Promise<Finding[]> {
  const sts = new STSClient({ ...(options.region !== undefined && { region: options.region }), maxAttempts: 2 });
  const region = await regionOf(sts);
  const who = await identity(region === undefined ? new STSClient({ region: "us-east-1", maxAttempts: 2 }) : sts);
  if (who.status === "skipped" || who.status === "fail") return [who];
  if (region === undefined) return [who, fail("region", "no region is set", "set AWS_REGION, or `region` in cdk.json's context key capstan")];
  const [, , , , account = ""] = who.found.split(":");
  const quotas = new ServiceQuotasClient({ region, maxAttempts: 5 });
  return [who, ok("region", region), ...(await Promise.all([clock(options, region), bootstrap(region, account)])), ...(await checkQuotas(quotas, options.gpu))];
}
