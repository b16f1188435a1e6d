interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of many: a native select with its label before it. */
export function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const choose = (text: string) => {
    const option = props.options.find(({ value }) => String(value) === text);
    if (option) props.onChange(option.value);
  };
  return (
    <label class="uh-choice">
      <span>{props.label}</span>
      <select value={String(props.value)} onChange={(event) => choose(event.currentTarget.value)}>
        {props.options.map((option) => (
          <option key={option.value} value={String(option.value)} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
