// Where records stand in the sentences of a page: the API's annotations, cut into runs that can be shown.
import type { Event, PageInfo, Report, Row } from '../types';

// start and end count UTF-16 units of the sentence's text, as String.slice does.
export interface Annotation {
	record: string;
	report?: string;
	kind: string;
	role: string;
	label: string | null;
	sentence: number;
	start: number;
	end: number;
	text: string;
}

export interface PageSentence {
	number: number;
	block: number;
	text: string;
}

export interface PageBlock {
	kind: string; // "title", "paragraph", "heading", "item", "rejected"
	reason: string | null;
	text: string | null;
}

export interface Page extends PageInfo {
	author: string | null;
	published_basis: string | null;
	article: boolean;
	size: number;
	license?: string | null;
	program_version?: string;
	lexicon_version?: string;
	model_version?: string;
	sentences: PageSentence[];
	blocks: PageBlock[];
	annotations: Annotation[];
	events: Event[];
	[register: string]: unknown;
}

// In the order in which a page's records are listed; a kind's look is its name in annotate.css.
export const kinds: [string, string, string][] = [
	['events', 'Events', 'event'],
	['quotes', 'Quotations', 'quotation'],
	['instruments', 'Instruments', 'instrument'],
	['pledges', 'Pledges', 'pledge'],
	['tallies', 'Tallies', 'tally'],
	['gatherings', 'Gatherings', 'gathering'],
	['roles', 'Offices', 'office'],
	['positions', 'Positions', 'position'],
	['initiatives', 'Initiatives', 'initiative'],
	['relations', 'Relations', 'relation'],
	['marks', 'Marks', 'mark'],
];

export const kindName = (kind: string): string => kinds.find(([k]) => k === kind)?.[2] ?? kind;

// Roles by which a record is known in the text; the others tell of its parts.
const main = new Set(['trigger', 'content', 'mention']);
export const isMain = (a: Annotation): boolean => main.has(a.role);

export interface Run {
	text: string;
	start: number;
	on: Annotation[]; // outer before inner
}

// The sentence as runs, each with all that stands over it.
export function runsOf(text: string, annotations: Annotation[]): Run[] {
	const cuts = [...new Set([0, text.length, ...annotations.flatMap((a) => [a.start, a.end])])].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
	const opened = [...annotations].sort((a, b) => a.start - b.start || b.end - a.end);
	const runs: Run[] = [];
	let on: Annotation[] = [];
	let next = 0;

	for (let i = 0; i + 1 < cuts.length; i++) {
		const start = cuts[i]!;
		const end = cuts[i + 1]!;
		on = on.filter((a) => a.end > start);
		while (next < opened.length && opened[next]!.start <= start) {
			if (opened[next]!.end > start) on.push(opened[next]!);
			next++;
		}
		runs.push({ text: text.slice(start, end), start, on: [...on] });
	}
	return runs;
}

// The records of a register on the page.
export const rowsOf = (page: Page, kind: string): Row[] => (Array.isArray(page[kind]) ? (page[kind] as Row[]) : []);

export const reportHere = (page: string, e: Event): Report | undefined => e.reports?.find((r) => r.page.id === page);
