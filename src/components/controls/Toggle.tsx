interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Why it cannot be used here; the control is then off and says so. */
  readonly unavailable?: string | undefined;
}

/** On or off: a native checkbox with its words beside it. */
export function Toggle(props: ToggleProps) {
  return (
    <label class="uh-toggle" title={props.unavailable}>
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.unavailable !== undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
