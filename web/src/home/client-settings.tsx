import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CopyLine } from "../parts/copy-line.tsx";

interface ClientSetting {
  readonly name: string;
  readonly setting: string;
}

/** The one line that points each client at this platform. */
export function ClientSettings({ clients }: { readonly clients: readonly ClientSetting[] }) {
  return (
    <Container header={<Header variant="h2">Point your clients here</Header>}>
      <SpaceBetween size="s">
        {clients.map(({ name, setting }) => (
          <div key={name}>
            <Box variant="awsui-key-label">{name}</Box>
            <CopyLine text={setting} label={`Copy the setting for ${name}`} />
          </div>
        ))}
      </SpaceBetween>
    </Container>
  );
}
