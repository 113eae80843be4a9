// @ts-check
// How the element looks: the sheets in their order, as later rules win over earlier ones.

import base from './base.css';
import controls from './controls.css';
import add from './add.css';
import result from './result.css';
import files from './files.css';
import tabs from './tabs.css';
import modes from './modes.css';
import dependencies from './dependencies.css';

export const css = [base, controls, add, result, files, tabs, modes, dependencies].join('\n');
