import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Slider from "@cloudscape-design/components/slider";
import type { VariantReply } from "./wire.ts";
import "./endpoints.css";

interface WeightRowProps {
  readonly variant: VariantReply;
  /** 0 to 1. */
  readonly share: number;
  readonly change: (share: number) => void;
  readonly disabled: boolean;
}

const shown = (share: number) => String(Math.round(share * 1000) / 10);

/** One variant's share, as a slider and as a number: each moves the other. */
export function WeightRow({ variant, share, change, disabled }: WeightRowProps) {
  const { name, modelName, modelVersion } = variant;
  const set = (text: string) => {
    const percent = Number(text);
    if (text.trim() !== "" && Number.isFinite(percent)) change(percent / 100);
  };
  return (
    <div className="weight-row">
      <div>
        <Box fontWeight="bold">
          <span className="name">{name}</span>
        </Box>
        <Box color="text-body-secondary" fontSize="body-s">
          <span className="name">
            {modelName} {modelVersion}
          </span>
        </Box>
      </div>
      <Slider
        ariaLabel={`Share of ${name}, by slider`}
        min={0}
        max={100}
        step={1}
        value={Math.round(share * 100)}
        valueFormatter={(value) => `${value} %`}
        hideFillLine={false}
        disabled={disabled}
        onChange={({ detail }) => change(detail.value / 100)}
      />
      <FormField label={<span className="unseen">Share of {name} in percent</span>} stretch>
        <Input type="number" inputMode="decimal" step={0.1} value={shown(share)} disabled={disabled} onChange={({ detail }) => set(detail.value)} />
      </FormField>
      <span aria-hidden="true">%</span>
    </div>
  );
}
