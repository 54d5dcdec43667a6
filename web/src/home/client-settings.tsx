import { Card } from "../parts/card.tsx";
import { CopyLine } from "../parts/copy-line.tsx";
import "./clients.css";

interface ClientSetting {
  readonly name: string;
  readonly setting: string;
}

/** The one line that points each client at this platform. */
export function ClientSettings({ clients }: { readonly clients: readonly ClientSetting[] }) {
  return (
    <Card title="Point your clients here">
      <dl className="clients">
        {clients.map(({ name, setting }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <CopyLine text={setting} label={`Copy the setting for ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
