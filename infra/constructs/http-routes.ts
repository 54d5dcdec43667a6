import { type HttpApi, HttpMethod, HttpNoneAuthorizer, type IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { RouteKey } from "../route-keys.ts";

export interface HttpRoutesProps {
  readonly api: HttpApi;
  /** The function that answers every one of `keys`. */
  readonly handler: IFunction;
  readonly keys: readonly RouteKey[];
  /** Asked before every route that is not open. */
  readonly authorizer: IHttpRouteAuthorizer;
}

/** Publishes one function on one API: its routes, for any method, and one integration behind them. */
export class HttpRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, handler, keys, authorizer }: HttpRoutesProps) {
    super(scope, id);
    // One permission for the API: one for each route would outgrow a function's policy of 20 kB.
    const integration = new HttpLambdaIntegration("Integration", handler, { scopePermissionToRoute: false });
    for (const { path, open } of keys)
      api.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer: open ? new HttpNoneAuthorizer() : authorizer });
  }
}
