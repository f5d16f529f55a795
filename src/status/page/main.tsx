import { render } from 'preact';
import './style/index.css';
import { askPermissions } from './actions.ts';
import { follow } from './items.ts';
import { Page } from './page.tsx';

const root = document.getElementById('page');
if (root !== null) {
  root.replaceChildren();
  render(<Page />, root);
}
follow();
void askPermissions();
