interface SegmentedProps<Value extends string | number> {
  /** Unique on the page: the name of the radio group. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The label is read out but not drawn. */
  readonly quiet?: boolean;
}

/** One of a few: native radio buttons, drawn as a row of segments. */
export function Segmented<Value extends string | number>(props: SegmentedProps<Value>) {
  return (
    <fieldset class="uh-segmented">
      <legend class={props.quiet ? "uh-unseen" : ""}>{props.label}</legend>
      <div class="uh-segments">
        {props.options.map((option) => (
          <label key={option.value} class="uh-segment">
            <input
              type="radio"
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
