// What a reader sees of each register: its columns, in the order of importance, and its filters.
import { queryText } from '../api';
import type { Row } from '../types';

export type Kind = 'date' | 'parties' | 'people' | 'person' | 'text' | 'sentence' | 'act' | 'status' | 'number' | 'count' | 'confidence' | 'code' | 'check' | 'quote' | 'path' | 'source';

export interface Column {
	title: string;
	field: string;
	kind: Kind;
	basis?: string; // the field that tells on what the value rests
	href?: (row: Row) => string | null; // where the value leads to
}

export interface Register {
	title: string;
	one: string; // "a visit"
	summary: string;
	columns: Column[];
	filters: string[];
	list?: string; // the path of the API that tells more of the same records than the register's own
	typeIs?: string; // what the filter "type" is called here
}

const date: Column = { title: 'Date', field: 'date', kind: 'date', basis: 'date_basis' };
const published: Column = { title: 'Published', field: 'page.published', kind: 'date' };
const place: Column = { title: 'Place', field: 'place', kind: 'parties', basis: 'place_basis' };
const status: Column = { title: 'Status', field: 'status', kind: 'status' };
const sentence: Column = { title: 'Sentence', field: 'sentence', kind: 'sentence' };
const source: Column = { title: 'Source', field: 'page', kind: 'source' };
const told: Column = { title: 'Sentence', field: 'text', kind: 'sentence' };
const confidence: Column = { title: 'Conf.', field: 'confidence', kind: 'confidence' };
const parties = (title: string, field: string): Column => ({ title, field, kind: 'parties' });
const code = (title: string, field: string): Column => ({ title, field, kind: 'code' });
const text = (title: string, field: string, href?: Column['href']): Column => ({ title, field, kind: 'text', href });
const dated = (title: string, field: string): Column => ({ title, field, kind: 'date' });

const event = ['who', 'with', 'since', 'until', 'type', 'mode', 'status', 'place', 'context', 'about'];
const acts = ['who', 'with', 'since', 'until', 'status', 'place', 'context', 'about'];
const row = ['who', 'since', 'until', 'about', 'context'];

export const registers: Record<string, Register> = {
	events: {
		title: 'Events',
		one: 'an event',
		summary: 'Who did what to whom, by the types of PLOVER.',
		columns: [date, { title: 'Act', field: 'type', kind: 'act' }, parties('Who', 'source'), parties('Whom', 'target'), place, status, told, confidence, source],
		filters: event,
	},
	visits: {
		title: 'Visits',
		one: 'a visit',
		summary: 'Who went to see whom.',
		columns: [date, parties('Visitor', 'source'), parties('Host', 'target'), { title: 'Who', field: 'actor', kind: 'people' }, code('Rank', 'rank'), place, status, told, confidence, source],
		filters: acts,
	},
	meetings: {
		title: 'Meetings',
		one: 'a meeting',
		summary: 'Talks, summits, conferences.',
		columns: [date, code('Kind', 'mode'), parties('Parties', 'source'), parties('With', 'target'), place, status, told, confidence, source],
		filters: [...acts, 'mode'],
	},
	letters: {
		title: 'Letters and calls',
		one: 'a letter or call',
		summary: 'Who wrote to or called whom.',
		columns: [date, code('Kind', 'mode'), parties('From', 'source'), parties('To', 'target'), status, told, confidence, source],
		filters: ['who', 'with', 'since', 'until', 'mode', 'status', 'context', 'about'],
	},
	instruments: {
		title: 'Instruments',
		one: 'an instrument',
		summary: 'Treaties, agreements, declarations: what was signed, ratified, ended.',
		columns: [date, text('Title', 'title', (r) => '/instrument/' + r.id), code('Kind', 'kind'), parties('Parties', 'parties'), place, status, text('Provides for', 'provides'), source],
		filters: ['who', 'with', 'since', 'until', 'type', 'status', 'place', 'about', 'context'],
		typeIs: 'Kind',
	},
	quotes: {
		title: 'Quotations',
		one: 'a quotation',
		summary: 'Who said what, in the speaker’s own words or reported.',
		columns: [published, { title: 'Speaker', field: 'speaker', kind: 'person' }, parties('Country', 'country'), { title: 'Words', field: 'text', kind: 'quote', href: (r) => '/quote/' + r.id }, text('To', 'addressee'), source],
		filters: ['search', 'who', 'to', 'since', 'until', 'mode', 'context', 'about'],
	},
	positions: {
		title: 'Positions',
		one: 'a position',
		summary: 'Who supports or opposes what.',
		columns: [published, parties('Who', 'who'), code('Stance', 'stance'), text('What', 'about'), dated('Since', 'since'), sentence, source],
		filters: [...row, 'type'],
		typeIs: 'Stance',
	},
	pledges: {
		title: 'Pledges',
		one: 'a pledge',
		summary: 'What was undertaken, by when, and what came of it.',
		columns: [dated('Due', 'due'), parties('Who', 'who'), text('What', 'what'), { title: 'State', field: 'state', kind: 'status' }, sentence, source],
		filters: ['who', 'since', 'until', 'state', 'about', 'context'],
	},
	tallies: {
		title: 'Tallies',
		one: 'a tally',
		summary: 'What pages count, and what the record holds of it.',
		columns: [published, parties('Who', 'who'), { title: 'Count', field: 'count', kind: 'count' }, text('What', 'what'), dated('Period', 'period'), { title: 'The record holds', field: 'verdict', kind: 'check' }, sentence, source],
		filters: ['who', 'since', 'until', 'about'],
		list: '/tally-check',
	},
	roles: {
		title: 'Offices and chairs',
		one: 'an office',
		summary: 'Who holds which office, chair or membership, as pages say it.',
		columns: [published, { title: 'Who', field: 'who', kind: 'person' }, text('Office', 'role'), parties('Of', 'body'), dated('From', 'from'), dated('To', 'to'), sentence, source],
		filters: [...row, 'type'],
		typeIs: 'Office',
	},
	gatherings: {
		title: 'Gatherings',
		one: 'a gathering',
		summary: 'Summits, conferences, sessions: who hosts, who takes part.',
		columns: [date, text('Name', 'name'), code('Kind', 'kind'), parties('Of', 'body'), parties('Host', 'host'), parties('Participants', 'participants'), place, status, sentence, source],
		filters: ['who', 'since', 'until', 'type', 'status', 'place', 'about', 'context'],
		typeIs: 'Kind',
	},
	initiatives: {
		title: 'Initiatives',
		one: 'an initiative',
		summary: 'Initiatives, platforms and organisations: founded by whom, when.',
		columns: [dated('Founded', 'founded'), text('Name', 'name'), code('Kind', 'kind'), parties('Founders', 'founders'), status, sentence, source],
		filters: ['who', 'since', 'until', 'type', 'status', 'about', 'context'],
		typeIs: 'Kind',
	},
	relations: {
		title: 'Relations',
		one: 'a relation',
		summary: 'On what terms states are, and what changed in them.',
		columns: [dated('Since', 'since'), parties('Parties', 'parties'), text('Level', 'level'), code('Change', 'change'), status, sentence, source],
		filters: ['who', 'with', 'since', 'until', 'type', 'status', 'about', 'context'],
		typeIs: 'Level',
	},
	marks: {
		title: 'Marks',
		one: 'a mark',
		summary: 'By which words an outlet or a speaker keeps his distance: so-called, self-proclaimed, regime.',
		columns: [published, text('Who', 'who'), text('Mark', 'mark'), text('Of what', 'about'), parties('Whose', 'party'), sentence, source],
		filters: [...row, 'type'],
		typeIs: 'Mark',
	},
	pages: {
		title: 'Pages',
		one: 'a page',
		summary: 'What was read.',
		columns: [{ ...published, field: 'published', basis: 'published_basis' }, text('Title', 'title', (r) => '/page/' + r.id), text('Outlet', 'outlet'), text('Agency', 'agency'), code('Language', 'lang'), { title: 'Article', field: 'article', kind: 'status' }, { title: 'Path', field: 'path', kind: 'path' }],
		filters: ['since', 'until', 'about'],
	},
};

// Where the agenda, the views of conflicts and tallies have the same kinds of columns.
export const agenda: Register = {
	title: 'Agenda',
	one: 'a plan',
	summary: 'What was planned, invited to or pledged, by the day on which it is due, and what came of it.',
	columns: [
		dated('Due', 'due'),
		code('What', 'what'),
		parties('Who', 'who'),
		parties('With', 'with'),
		{ title: 'State', field: 'state', kind: 'status' },
		{ title: 'Announced', field: 'first.text', kind: 'sentence' },
		{ title: 'Outcome', field: 'outcome.text', kind: 'sentence', href: (r) => (typeof r.by === 'string' ? '/event/' + r.by : null) },
		source,
	],
	filters: ['who', 'with', 'due', 'state', 'place', 'about'],
};

// Where the API has the list.
export const listOf = (name: string): string => registers[name]?.list ?? '/' + name;

// "page.published" of a row.
export function valueOf(row: Row, field: string): unknown {
	return field.split('.').reduce<unknown>((v, key) => (v && typeof v === 'object' ? (v as Record<string, unknown>)[key] : undefined), row);
}

// "chancery meetings --who USA --until 1972-02-28" is the view "/register/meetings?who=USA&until=1972-02-28".
export function hrefOfCommand(command: string): string | null {
	const [program, name, ...rest] = (command.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((w) => w.replace(/^(['"])(.*)\1$/, '$2'));
	const query: Record<string, string> = {};

	if (program !== 'chancery' || !name || !registers[name]) return null;
	for (let i = 0; i < rest.length; i += 2) {
		const option = rest[i]!;
		if (!option.startsWith('--') || rest[i + 1] === undefined) return null;
		query[option.slice(2)] = rest[i + 1]!;
	}
	return '/register/' + name + queryText(query);
}
