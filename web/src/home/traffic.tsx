import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { useRead } from "../queries.ts";

const minutes = 60;
/** Each costs a question of its own. */
const most = 5;

type EndpointsReply = ReplyOf<typeof endpointContract, "listEndpoints">;
type StatisticsReply = ReplyOf<typeof endpointContract, "getEndpointStatistics">;
type Of = "requests" | "errors";

const sum = (variants: StatisticsReply["variants"], of: Of) => variants.reduce((total, variant) => total + variant[of], 0);

/** A number for each of the last minutes; a minute that is not in the reply had no traffic. */
function byMinute({ series }: StatisticsReply, of: Of, now: number): number[] {
  const known = new Map(series.map(({ minute, variants }) => [minute, sum(variants, of)]));
  const last = Math.floor(now / 60_000) * 60_000;
  return Array.from({ length: minutes }, (_, index) => known.get(last - (minutes - 1 - index) * 60_000) ?? 0);
}

function Row({ name }: { readonly name: string }) {
  const query = useRead<StatisticsReply>(address(["capstan", "v1", "endpoints", name, "statistics"], { minutes }), { every: 10_000 });
  const now = Date.now();
  return (
    <li>
      <span className="named">
        <GoTo href={address(["endpoints", name])}>{name}</GoTo>
      </span>
      <Loaded query={query}>
        {(reply) => {
          const [requests, errors] = [sum(reply.variants, "requests"), sum(reply.variants, "errors")];
          const p95 = Math.max(...reply.variants.map((variant) => variant.p95 ?? 0), 0);
          return (
            <div className="traffic">
              <Sparkline fromZero values={byMinute(reply, "requests", now)} label={`Requests of ${name} per minute, ${number(requests)} in the last hour`} />
              <div className="number">
                {requests === 0 ? "no traffic" : `${number(requests)} requests`}
                {requests > 0 && <div className="secondary">p95 {number(p95)} ms</div>}
              </div>
              <Sparkline
                kind={errors > 0 ? "error" : "calm"}
                fromZero
                values={byMinute(reply, "errors", now)}
                label={`Failures of ${name} per minute, ${number(errors)} in the last hour`}
              />
              <span className={errors > 0 ? "number failing" : "number"}>{number(errors)} failed</span>
            </div>
          );
        }}
      </Loaded>
    </li>
  );
}

/** What endpoints were asked in the last hour, and how often they failed. */
export function Traffic() {
  const query = useRead<EndpointsReply>(address(["capstan", "v1", "endpoints"], { pageSize: most + 1, orderBy: "updatedAt", descending: "true" }));
  return (
    <Card title="Endpoints" description="The last hour, minute by minute.">
      <Loaded query={query}>
        {({ endpoints }) =>
          endpoints.length === 0 ? (
            <Empty text="No endpoint yet. The demo trains a model and serves it:" command="npm run demo" />
          ) : (
            <>
              <ul className="work">
                {endpoints.slice(0, most).map(({ name }) => (
                  <Row key={name} name={name} />
                ))}
              </ul>
              {endpoints.length > most && (
                <div className="secondary">
                  The {most} changed last. <GoTo href="/endpoints">All endpoints</GoTo>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
