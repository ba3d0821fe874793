// One line a test, what failed in full, and the tally that tools/test.sh reads as the last line.
export default async function* report(source) {
	let passed = 0, failed = 0;

	for await (const { type, data } of source) {
		if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
		// A note of a test's own: what it measured.
		if (type === 'test:diagnostic' && !/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(data.message)) yield `      ${data.message}\n`;
		if (type !== 'test:pass' && type !== 'test:fail') continue;
		const error = data.details?.error;
		// A file, or a test of tests: its parts were counted.
		if (data.details?.type === 'suite' || error?.failureType === 'subtestsFailed' || (type === 'test:pass' && data.name.endsWith('.test.mjs'))) continue;
		const ms = Math.round(data.details?.duration_ms ?? 0);
		if (type === 'test:pass' && data.skip !== undefined) {
			yield `skip  ${data.name}: ${data.skip}\n`;
		} else if (type === 'test:pass') {
			passed++;
			yield `ok    ${data.name} (${ms} ms)\n`;
		} else {
			failed++;
			const cause = error?.cause ?? error;
			yield `FAIL  ${data.name} (${ms} ms)\n${String(cause?.stack ?? cause).replace(/^/gm, '      ')}\n`;
		}
	}
	yield `${passed} passed, ${failed} failed\n`;
}
