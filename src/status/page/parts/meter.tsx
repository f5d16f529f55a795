import { percent } from '../format.ts';

interface MeterProps {
  readonly label: string;
  /** Of one; more than one is shown as full. */
  readonly share: number;
  readonly text: string;
  /** From where on it is more than planned. */
  readonly target?: number;
}

/** How much of something is taken, and how much of it may be. */
export function Meter({ label, share, text, target }: MeterProps) {
  const full = Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
  const level = share > 1 ? 'over' : target !== undefined && share > target ? 'high' : 'fine';
  return (
    <div class="meter">
      <span class="meter-label">{label}</span>
      <span
        class={`meter-bar ${level}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <meter> has no target and is not drawn alike everywhere
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(full * 100)}
        aria-valuetext={`${percent(share)}: ${text}`}
      >
        <svg width="100%" height="100%" preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true">
          <rect class="meter-fill" width={full * 100} height="1" />
          {target !== undefined && <rect class="meter-target" x={target * 100} width="0.6" height="1" />}
        </svg>
      </span>
      <span class="meter-text">{text}</span>
    </div>
  );
}
