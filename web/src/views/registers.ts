// What a reader sees of each register: its columns, in the order of importance, and its filters.
import type { Row } from '../types';

export type Kind = 'date' | 'parties' | 'text' | 'sentence' | 'status' | 'number' | 'source' | 'code' | 'person';

export interface Column {
	title: string;
	field: string;
	kind: Kind;
	basis?: string; // the field that tells on what the value rests
}

export interface Register {
	title: string;
	one: string; // "a visit"
	summary: string;
	columns: Column[];
	filters: string[];
}

const date: Column = { title: 'Date', field: 'date', kind: 'date', basis: 'date_basis' };
const published: Column = { title: 'Published', field: 'page.published', kind: 'date' };
const place: Column = { title: 'Place', field: 'place', kind: 'parties', basis: 'place_basis' };
const status: Column = { title: 'Status', field: 'status', kind: 'status' };
const sentence: Column = { title: 'Sentence', field: 'sentence', kind: 'sentence' };
const source: Column = { title: 'Source', field: 'page', kind: 'source' };
const told: Column = { title: 'Sentence', field: 'text', kind: 'sentence' };
const event = ['who', 'with', 'since', 'until', 'type', 'mode', 'status', 'place', 'context', 'about'];
const row = ['who', 'with', 'since', 'until', 'about'];

export const registers: Record<string, Register> = {
	events: {
		title: 'Events',
		one: 'an event',
		summary: 'Who did what to whom, by the types of PLOVER.',
		columns: [date, { title: 'Type', field: 'type', kind: 'code' }, { title: 'Mode', field: 'mode', kind: 'code' }, { title: 'Source', field: 'source', kind: 'parties' }, { title: 'Target', field: 'target', kind: 'parties' }, place, status, told, source],
		filters: event,
	},
	visits: {
		title: 'Visits',
		one: 'a visit',
		summary: 'Who went to see whom.',
		columns: [date, { title: 'Visitor', field: 'source', kind: 'parties' }, { title: 'Host', field: 'target', kind: 'parties' }, { title: 'Who', field: 'actor', kind: 'person' }, place, status, told, source],
		filters: event,
	},
	meetings: {
		title: 'Meetings',
		one: 'a meeting',
		summary: 'Talks, summits, conferences.',
		columns: [date, { title: 'Kind', field: 'mode', kind: 'code' }, { title: 'Parties', field: 'source', kind: 'parties' }, { title: 'With', field: 'target', kind: 'parties' }, place, status, told, source],
		filters: event,
	},
	letters: {
		title: 'Letters and calls',
		one: 'a letter or call',
		summary: 'Who wrote to or called whom.',
		columns: [date, { title: 'Kind', field: 'mode', kind: 'code' }, { title: 'From', field: 'source', kind: 'parties' }, { title: 'To', field: 'target', kind: 'parties' }, status, told, source],
		filters: event,
	},
	instruments: {
		title: 'Instruments',
		one: 'an instrument',
		summary: 'Treaties, agreements, declarations: what was signed, ratified, ended.',
		columns: [date, { title: 'Title', field: 'title', kind: 'text' }, { title: 'Kind', field: 'kind', kind: 'code' }, { title: 'Parties', field: 'parties', kind: 'parties' }, place, status, source],
		filters: [...row, 'type', 'status', 'place'],
	},
	quotes: {
		title: 'Quotations',
		one: 'a quotation',
		summary: 'Who said what, in his words or reported.',
		columns: [published, { title: 'Speaker', field: 'speaker', kind: 'person' }, { title: 'Country', field: 'country', kind: 'parties' }, { title: 'Words', field: 'text', kind: 'text' }, source],
		filters: ['who', 'to', 'since', 'until', 'context', 'search', 'about'],
	},
	roles: {
		title: 'Offices and chairs',
		one: 'an office',
		summary: 'Who holds which office, as pages say it.',
		columns: [published, { title: 'Who', field: 'who', kind: 'person' }, { title: 'Office', field: 'role', kind: 'text' }, { title: 'Of', field: 'body', kind: 'parties' }, { title: 'From', field: 'from', kind: 'date' }, { title: 'To', field: 'to', kind: 'date' }, source],
		filters: row,
	},
	positions: {
		title: 'Positions',
		one: 'a position',
		summary: 'Who supports or opposes what.',
		columns: [published, { title: 'Who', field: 'who', kind: 'parties' }, { title: 'Stance', field: 'stance', kind: 'code' }, { title: 'About', field: 'about', kind: 'text' }, sentence, source],
		filters: [...row, 'type'],
	},
	tallies: {
		title: 'Tallies',
		one: 'a tally',
		summary: 'What was counted, and what the record holds of it.',
		columns: [published, { title: 'Who', field: 'who', kind: 'parties' }, { title: 'Count', field: 'count', kind: 'number' }, { title: 'What', field: 'what', kind: 'text' }, { title: 'Period', field: 'period', kind: 'date' }, sentence, source],
		filters: row,
	},
	pledges: {
		title: 'Pledges',
		one: 'a pledge',
		summary: 'What was promised, and what came of it.',
		columns: [{ title: 'Due', field: 'due', kind: 'date' }, { title: 'Who', field: 'who', kind: 'parties' }, { title: 'What', field: 'what', kind: 'text' }, { title: 'State', field: 'state', kind: 'status' }, sentence, source],
		filters: row,
	},
	gatherings: {
		title: 'Gatherings',
		one: 'a gathering',
		summary: 'Summits, conferences, sessions: who hosts, who takes part.',
		columns: [date, { title: 'Name', field: 'name', kind: 'text' }, { title: 'Kind', field: 'kind', kind: 'code' }, { title: 'Host', field: 'host', kind: 'parties' }, { title: 'Participants', field: 'participants', kind: 'parties' }, place, status, source],
		filters: [...row, 'type', 'status', 'place'],
	},
	initiatives: {
		title: 'Initiatives',
		one: 'an initiative',
		summary: 'What was founded, by whom.',
		columns: [{ title: 'Founded', field: 'founded', kind: 'date' }, { title: 'Name', field: 'name', kind: 'text' }, { title: 'Kind', field: 'kind', kind: 'code' }, { title: 'Founders', field: 'founders', kind: 'parties' }, status, source],
		filters: row,
	},
	relations: {
		title: 'Relations',
		one: 'a relation',
		summary: 'At what level two stand, and since when.',
		columns: [{ title: 'Since', field: 'since', kind: 'date' }, { title: 'Parties', field: 'parties', kind: 'parties' }, { title: 'Level', field: 'level', kind: 'text' }, { title: 'Change', field: 'change', kind: 'code' }, status, source],
		filters: row,
	},
	marks: {
		title: 'Marks',
		one: 'a mark',
		summary: 'Words of esteem or blame that pages put to somebody.',
		columns: [published, { title: 'Who', field: 'who', kind: 'person' }, { title: 'Mark', field: 'mark', kind: 'code' }, { title: 'About', field: 'about', kind: 'text' }, sentence, source],
		filters: row,
	},
	pages: {
		title: 'Pages',
		one: 'a page',
		summary: 'What was read.',
		columns: [{ title: 'Published', field: 'published', kind: 'date', basis: 'published_basis' }, { title: 'Title', field: 'title', kind: 'text' }, { title: 'Outlet', field: 'outlet', kind: 'text' }, { title: 'Agency', field: 'agency', kind: 'text' }, { title: 'Language', field: 'lang', kind: 'code' }],
		filters: ['since', 'until', 'about'],
	},
};

// "page.published" of a row.
export function valueOf(row: Row, field: string): unknown {
	return field.split('.').reduce<unknown>((v, key) => (v && typeof v === 'object' ? (v as Record<string, unknown>)[key] : undefined), row);
}
