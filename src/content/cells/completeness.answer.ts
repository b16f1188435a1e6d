// Integrated gradients shares out a difference: what the scores add up to beyond it is the gap.
async function gap(attribute, steps) {
  const { source, target, value, baseline } = await attribute("integrated-gradients", { steps, rule: "riemann" });
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  return sum(source) + sum(target) - (value - baseline);
}

print("gap with 4 steps:", await gap(attribute, 4));
