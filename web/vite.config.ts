import { defineConfig } from 'vite';

// dist/ is checked in and put into the program; /api goes to a running `chancery serve` while one works on the page.
export default defineConfig({
	esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
	build: { target: 'es2021', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: true },
	server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
