// What the API answers; docs/formats.md describes the fields.

export type Span = [number, number];

export interface PageInfo {
	id: string;
	path: string;
	title: string | null;
	outlet: string | null;
	agency: string | null;
	published: string | null;
	url: string | null;
}

export interface Actor {
	code: string | null;
	sector: string | null;
	entity_text: string | null;
	identifier_id?: string | null;
	identifier_text?: string | null;
	office: string | null;
	kind: string | null;
}

export interface Report {
	id: string;
	page: PageInfo;
	text: string;
	trigger: string;
	sentence: Span;
	frame: string;
	confidence: number;
	claimed_by: string | null;
}

export interface Event {
	id: string;
	type: string;
	mode: string | null;
	source: string[];
	target: string[];
	date: string | null;
	date_basis: string | null;
	place: string | null;
	place_basis: string | null;
	status: string;
	text: string;
	actor: Actor[];
	recipient: Actor[];
	context: string[];
	quad_code: number;
	confidence: number;
	claimed_by: string | null;
	reports: Report[];
}

// A row of another register: which fields it has depends on the register (views/registers.ts).
export interface Row {
	id: string;
	page?: PageInfo;
	sentence?: string | Span;
	[field: string]: unknown;
}

export interface List<T> {
	records: T[];
	next: string | null;
}

// What /overview gives.
export interface PartyCount {
	code: string;
	kind?: string; // "state", "organisation"
	name?: string; // where it is not the one that the code has elsewhere
	events: number;
	cooperation: number;
	conflict: number;
}

export interface MonthCount {
	month: string;
	cooperation: number;
	conflict: number;
}

export interface OverviewData {
	pages: number;
	articles: number;
	stories: number;
	outlets: number;
	newest: string | null;
	oldest: string | null;
	registers: Record<string, number>;
	parties: PartyCount[];
	months: MonthCount[];
}
