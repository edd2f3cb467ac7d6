/** A rate of k in N, with what it says about starts to come. */

/** Two-sided, 95 %. */
const z = 1.96;

/** Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference. */
export function wilsonInterval(count: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const centre = share + z ** 2 / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const whole = 1 + z ** 2 / of;
  return {
    low: count === 0 ? 0 : (centre - spread) / whole,
    high: count === of ? 1 : (centre + spread) / whole,
  };
}

/** `57 of 60 (95 % interval 86 to 98 %)` */
export function rateOf(count: number, of: number): string {
  const { low, high } = wilsonInterval(count, of);
  return `${count} of ${of} (95 % interval ${Math.floor(low * 100)} to ${Math.ceil(high * 100)} %)`;
}

/** As a line of evidence; none of what was tried once. */
export function rateEvidence(count: number, of: number): string[] {
  return of === 1 ? [] : [`right after ${rateOf(count, of)}`];
}
