interface NumberFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly step?: string
  readonly min?: number
  readonly required?: boolean
  readonly placeholder?: string
}

/** A number with its name before it. */
export const NumberField = (props: NumberFieldProps): preact.JSX.Element => {
  const { label, value, onValue, step = '1', min = 1, required = false, placeholder } = props
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        min={min}
        step={step}
        required={required}
        placeholder={placeholder}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </label>
  )
}
