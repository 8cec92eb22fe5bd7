/** What moves on the page of reference: cards are sifted, the table sorted, memory computed. */
import { startFilter } from './reference/filter.js';
import { startMemory } from './reference/memory.js';
import { startSheet } from './reference/sheet.js';
import { startSort } from './reference/sort.js';
import { startSnippets } from './reference/snippets.js';
import { startTheme } from './theme.js';

startTheme();
startFilter();
startSort();
startMemory();
startSheet();
startSnippets();
