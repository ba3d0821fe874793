// The closed lists that filters offer; test/browser/vocabulary.test.mjs holds them against src/doc/tags.h, docs/ontology.md,
// lexicon/contexts and src/merge/agenda.c.

// PLOVER's types in the order of the manual, each with its quad class and its modes.
export const types: Record<string, { quad: 1 | 2 | 3 | 4; modes: string[] }> = {
	AGREE: { quad: 1, modes: [] },
	CONSULT: { quad: 1, modes: ['visit', 'third-party', 'multilateral', 'phone', 'meeting', 'letter'] },
	SUPPORT: { quad: 1, modes: ['sign', 'recognise', 'congratulate', 'praise'] },
	CONCEDE: { quad: 1, modes: [] },
	COOPERATE: { quad: 2, modes: [] },
	AID: { quad: 2, modes: [] },
	RETREAT: { quad: 2, modes: ['withdraw', 'release', 'disarm', 'ceasefire', 'access', 'resign'] },
	REQUEST: { quad: 3, modes: ['assist', 'change', 'yield', 'meet'] },
	ACCUSE: { quad: 3, modes: ['disapprove', 'investigate', 'allege'] },
	REJECT: { quad: 3, modes: ['assist', 'change', 'yield', 'meet'] },
	THREATEN: { quad: 3, modes: ['restrict', 'arrest', 'relations', 'expel', 'territory', 'violence'] },
	PROTEST: { quad: 4, modes: ['demo', 'riot', 'strike', 'hunger', 'boycott', 'obstruct', 'vandalize'] },
	SANCTION: { quad: 4, modes: ['convict', 'expel', 'withdraw', 'discontinue'] },
	MOBILIZE: { quad: 4, modes: ['troops', 'weapons', 'police', 'militia'] },
	COERCE: {
		quad: 4,
		modes: ['seize', 'restrict', 'censor', 'curfew', 'martial-law', 'arrest', 'deport', 'withhold', 'misinformation', 'cyber'],
	},
	ASSAULT: {
		quad: 4,
		modes: ['abduct', 'beat', 'torture', 'sexual', 'targeted', 'destroy', 'primitive', 'firearms', 'explosives', 'suicide-attack', 'aerial', 'drone', 'heavy-weapons', 'crowd-control', 'unconventional'],
	},
};

export const quads = ['', 'verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'];

export const statuses: Record<string, string> = {
	actual: 'it happened',
	planned: 'it was announced, is expected, promised, scheduled',
	denied: 'it did not happen, was refused or called off',
	hypothetical: 'if, may, could',
	historical: 'it happened long before the page',
};

// Of instruments (lexicon/registers/instrument.txt).
export const instrument_statuses = ['planned', 'signed', 'adopted', 'in force', 'suspended', 'terminated'];

export const contexts = [
	'military', 'intelligence', 'executive', 'legislative', 'election', 'political_institutions', 'pro_democracy', 'pro_autocracy', 'economic', 'legal',
	'reparations', 'human_rights', 'rights_freedoms', 'repression', 'human_security', 'gender', 'lgbt', 'religion_ethnicity', 'inequality', 'diplomatic',
	'territory', 'peacekeeping', 'health', 'asylum', 'migration', 'disasters', 'natural_resource', 'environment', 'technology', 'terrorism', 'cbrn',
	'cyber', 'misinformation', 'crime', 'corruption', 'illegal_drugs', 'trafficking',
];

// What came of a plan or a pledge.
export const states: Record<string, string> = {
	open: 'not yet due, or without a day',
	overdue: 'its day has passed, and nothing tells that it took place',
	kept: 'it took place',
	postponed: 'a later day was named',
	cancelled: 'called off',
	broken: 'the contrary took place',
};

// "political_institutions" to "political institutions", "CONSULT" to "consult".
export const inWords = (code: string): string => code.toLowerCase().replace(/[_-]/g, ' ');
