import { Page } from "../frame/page.tsx";
import { CreateEndpoint } from "./create-endpoint.tsx";
import { EndpointList } from "./endpoint-list.tsx";

/** Every endpoint, with its traffic. */
export function EndpointsPage() {
  return (
    <Page title="Endpoints" description="Names that answer predictions, and the model versions that do so." actions={<CreateEndpoint />}>
      <EndpointList />
    </Page>
  );
}
