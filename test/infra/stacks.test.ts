import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { functions } from "#infra/inventory.ts";
import { routeKeys } from "#infra/route-keys.ts";
import { training } from "#statemachines/training/machine.ts";
import { type Resource, resourcesOf, templatesOf } from "./synthesis.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
interface Document {
  readonly Statement: readonly Statement[];
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);

/** Every statement that grants a role something. */
const grants = (resources: readonly Resource[]): Statement[] =>
  resources
    .flatMap(({ Type, Properties }) => {
      if (Type === "AWS::IAM::Policy") return [Properties["PolicyDocument"] as Document];
      if (Type === "AWS::IAM::Role") return ((Properties["Policies"] ?? []) as { PolicyDocument: Document }[]).map(({ PolicyDocument }) => PolicyDocument);
      return [];
    })
    .flatMap(({ Statement }) => Statement);

describe("the stacks", () => {
  let templates: Awaited<ReturnType<typeof templatesOf>>;
  let resources: Resource[];
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  beforeAll(async () => {
    templates = await templatesOf();
    resources = resourcesOf(templates);
  });

  describe("in what they grant", () => {
    it("name every action: none is a wildcard", () => {
      const actions = grants(resources).flatMap(({ Action }) => list(Action));

      expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    });

    it("leave the resource open only where the action knows none", () => {
      const open = grants(resources)
        .filter(({ Effect, Resource }) => Effect === "Allow" && list(Resource).includes("*"))
        .flatMap(({ Action }) => list(Action));

      const allowed = [
        /^xray:(Put|GetSampling)/,
        /^logs:(\w+LogDelivery|ListLogDeliveries|\w+ResourcePolic\w+|DescribeLogGroups)$/,
        /^ecr:GetAuthorizationToken$/,
        /^sagemaker:List(Models|EndpointConfigs|Endpoints)$/,
      ];
      expect([...new Set(open)].filter((action) => !allowed.some((pattern) => pattern.test(action)))).toEqual([]);
    });

    it("attach no policy that AWS wrote for everybody", () => {
      expect(ofType("AWS::IAM::Role").filter(({ ManagedPolicyArns }) => ManagedPolicyArns !== undefined)).toEqual([]);
    });
  });

  it("let the API read the lines of the pipeline's own functions and of training jobs, and write none", () => {
    const [reading, ...others] = grants(resources).filter(({ Action }) => list(Action).includes("logs:FilterLogEvents"));
    const groups = list(reading?.Resource).map((resource) => /log-group:([^"]+):\*/.exec(JSON.stringify(resource))?.[1] ?? "");

    expect([list(reading?.Action ?? []), others]).toEqual([["logs:FilterLogEvents"], []]);
    expect(groups.toSorted()).toEqual(
      ["/aws/sagemaker/TrainingJobs", ...new Set(Object.values(training.tasks).map((name) => `/aws/lambda/capstan-dev-${name}`))].toSorted(),
    );
  });

  describe("in what they cost while nobody calls", () => {
    it("have nothing that is billed by the hour", () => {
      const billed = [
        /^AWS::EC2::/,
        /^AWS::ECS::/,
        /LoadBalancer/,
        /^AWS::SageMaker::/,
        /^AWS::RDS::/,
        /^AWS::ElastiCache::/,
        /^AWS::KMS::Key$/,
        /^AWS::Route53::HostedZone$/,
        /^AWS::WAFv2::WebACL$/,
        /^AWS::SecretsManager::Secret$/,
      ];

      expect(resources.map(({ Type }) => Type).filter((type) => billed.some((pattern) => pattern.test(type)))).toEqual([]);
    });

    it("keep no function warm, and reserve none of the account's concurrency", () => {
      const versions = resources.filter(({ Type, Properties }) => /^AWS::Lambda::(Alias|Version)$/.test(Type) || "ReservedConcurrentExecutions" in Properties);

      expect(versions).toEqual([]);
    });
  });

  describe("in their functions", () => {
    it("make all of the inventory, in arm64 but for DuckDB, with JSON logs and traces", () => {
      const made = ofType("AWS::Lambda::Function").map(({ FunctionName, Architectures, Runtime, LoggingConfig, TracingConfig }) => ({
        name: FunctionName,
        architecture: (Architectures as string[])[0],
        Runtime,
        format: (LoggingConfig as { LogFormat: string }).LogFormat,
        tracing: (TracingConfig as { Mode: string }).Mode,
      }));

      const declared = functions.map(({ name, duckdb }) => ({
        name: `capstan-dev-${name}`,
        architecture: duckdb === true ? "x86_64" : "arm64",
        Runtime: "nodejs24.x",
        format: "JSON",
        tracing: "Active",
      }));
      const byName = (one: { name: unknown }, other: { name: unknown }) => String(one.name).localeCompare(String(other.name));
      expect(made.toSorted(byName)).toEqual(declared.toSorted(byName));
    });

    it("let none that answers HTTP outlive API Gateway's thirty seconds", () => {
      for (const { Timeout, FunctionName } of Object.values(templates.api.findResources("AWS::Lambda::Function")).map(({ Properties }) => Properties))
        expect(Timeout, FunctionName).toBeLessThanOrEqual(29);
    });

    it("keep every log for a bounded time", () => {
      for (const { RetentionInDays, LogGroupName } of ofType("AWS::Logs::LogGroup")) expect(RetentionInDays, String(LogGroupName)).toBe(30);
    });

    it("stay within the 4 kB that Lambda gives to variables", () => {
      for (const { Environment, FunctionName } of ofType("AWS::Lambda::Function"))
        expect(JSON.stringify(Environment).length, String(FunctionName)).toBeLessThan(4096);
    });

    it("refuse artifacts that a reply of Lambda could not hold", () => {
      templates.api.hasResourceProperties("AWS::Lambda::Function", {
        FunctionName: "capstan-dev-mlflow-artifacts",
        Environment: { Variables: Match.objectLike({ MAX_PROXIED_BYTES: "4500000" }) },
      });
    });

    it("keep what failed where nobody waits for the answer", () => {
      templates.monitoring.allResourcesProperties("AWS::Lambda::Function", { DeadLetterConfig: { TargetArn: Match.anyValue() } });
    });
  });

  describe("in the API", () => {
    it("publish each route with the authorizer, but for those that the contracts call open", () => {
      const published = ofType("AWS::ApiGatewayV2::Route").map(({ RouteKey, AuthorizationType }) => `${String(RouteKey)} ${String(AuthorizationType)}`);

      const declared = routeKeys(functions).map(({ path, open }) => `ANY ${path} ${open ? "NONE" : "CUSTOM"}`);
      expect(published.toSorted()).toEqual(declared.toSorted());
    });

    it("ask the authorizer once a minute for each token, and never without one", () => {
      templates.api.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
        AuthorizerResultTtlInSeconds: 60,
        IdentitySource: ["$request.header.Authorization"],
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses: true,
      });
    });

    it("bound the rate of calls and log each", () => {
      templates.api.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
        DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
        AccessLogSettings: Match.objectLike({ DestinationArn: Match.anyValue() }),
      });
    });
  });

  describe("in their alarms", () => {
    it("link each to a heading of the runbook that exists", () => {
      const headings = new Set(
        [...readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8").matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      );

      const alarms = ofType("AWS::CloudWatch::Alarm").map(({ AlarmDescription }) => String(AlarmDescription));

      expect(alarms.length).toBeGreaterThanOrEqual(3);
      for (const description of alarms) expect(headings.has(/#(\S+)$/.exec(description)?.[1] ?? ""), description).toBe(true);
    });

    it("tell the topic when they are raised and when they are over", () => {
      templates.monitoring.allResourcesProperties("AWS::CloudWatch::Alarm", {
        AlarmActions: [Match.anyValue()],
        OKActions: [Match.anyValue()],
      });
    });
  });

  describe("in the console", () => {
    it("never stand in for the API's own refusals", () => {
      const [distribution] = Object.values(templates.web.findResources("AWS::CloudFront::Distribution"));

      expect(distribution?.["Properties"].DistributionConfig).not.toHaveProperty("CustomErrorResponses");
    });

    it("send every operation to the API, within CloudFront's 75 behaviours", () => {
      const [distribution] = Object.values(templates.web.findResources("AWS::CloudFront::Distribution"));
      const behaviors = distribution?.["Properties"].DistributionConfig.CacheBehaviors as { PathPattern: string; AllowedMethods: string[] }[];
      const patterns = behaviors.map(({ PathPattern }) => new RegExp(`^${PathPattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`));
      const operations = functions.flatMap(({ contracts = [] }) => contracts.flatMap(({ routes }) => Object.values(routes)));

      const lost = operations.filter(({ path }) => !patterns.some((pattern) => pattern.test(path.replaceAll(/\{[^}]+\}/g, "x"))));

      expect(lost.map(({ path }) => path)).toEqual([]);
      expect(behaviors.length).toBeLessThan(75);
    });
  });
});

describe("the stacks by their knobs", () => {
  it("make a GPU service that rests at count 0, without NAT, load balancer or interface endpoint", async () => {
    const { serving } = await templatesOf({ gpu: true, servingImageTag: "1" });

    serving.hasResourceProperties("AWS::ECS::Service", { DesiredCount: 0 });
    serving.resourceCountIs("AWS::EC2::NatGateway", 0);
    serving.resourceCountIs("AWS::ElasticLoadBalancingV2::LoadBalancer", 0);
    serving.resourceCountIs("AWS::EC2::Instance", 0);
    expect(Object.values(serving.findResources("AWS::EC2::VPCEndpoint")).map(({ Properties }) => Properties.VpcEndpointType)).toEqual(["Gateway", "Gateway"]);
  });

  it("take JWTs of an identity provider instead of tokens", async () => {
    const { api } = await templatesOf({ auth: { kind: "jwt", issuer: "https://idp.example.com/", audience: ["capstan"] } });

    api.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      JwtConfiguration: { Audience: ["capstan"], Issuer: "https://idp.example.com/" },
    });
    expect(new Set(Object.values(api.findResources("AWS::ApiGatewayV2::Route")).map(({ Properties }) => Properties.AuthorizationType))).toEqual(
      new Set(["JWT", "NONE"]),
    );
  });

  it("let pages of the origins named call the API, and no other", async () => {
    const { api } = await templatesOf({ corsOrigins: ["https://notebooks.example.com"] });

    api.hasResourceProperties("AWS::ApiGatewayV2::Api", { CorsConfiguration: Match.objectLike({ AllowOrigins: ["https://notebooks.example.com"] }) });
  });

  it("send a budget's warnings by mail", async () => {
    const { monitoring } = await templatesOf({ monthlyBudgetUsd: 40, alarmEmail: "ops@example.com" });

    monitoring.hasResourceProperties("AWS::Budgets::Budget", { Budget: Match.objectLike({ BudgetLimit: { Amount: 40, Unit: "USD" } }) });
    monitoring.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "ops@example.com" });
  });
});
