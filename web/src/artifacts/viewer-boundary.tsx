import Alert from "@cloudscape-design/components/alert";
import { Component, type ReactNode } from "react";

interface Caught {
  readonly error: Error | undefined;
}

/** Holds back what goes wrong while a file is drawn: a strange file costs its own view, not the page. React offers this to classes only. */
export class ViewerBoundary extends Component<{ readonly children: ReactNode }, Caught> {
  override readonly state: Caught = { error: undefined };

  static getDerivedStateFromError(error: Error): Caught {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Alert type="warning" header="This file cannot be shown">
        <span className="name">{this.state.error.message.slice(0, 500)}</span>
      </Alert>
    );
  }
}
