import { effect, signal } from '@preact/signals';

type Theme = 'auto' | 'light' | 'dark';

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const STORED = 'homeplane-theme';

const theme = signal<Theme>(read());

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

function read(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

export function ThemeSwitch() {
  const change = () => {
    theme.value = NEXT[theme.value];
    localStorage.setItem(STORED, theme.value);
  };
  return (
    <button
      class="theme"
      onClick={change}
      aria-label={`Colours: ${theme.value}. Change to ${NEXT[theme.value]}`}
    >
      {{ auto: '◐', light: '☀', dark: '☾' }[theme.value]}
    </button>
  );
}
