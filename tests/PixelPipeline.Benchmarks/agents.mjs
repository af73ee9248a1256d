// Writes JSON lines for `agents` of public lists, measuring sticks that are no part of the product. In a folder of its own:
//   npm install crawler-user-agents@1.60.0 user-agents@2.1.198 top-user-agents@2.1.138 ua-parser-js@2.0.10
//   node …/agents.mjs crawlers > crawlers.jsonl; node …/agents.mjs people > people.jsonl
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'x.js'));
const print = (line) => console.log(JSON.stringify(line));

if (process.argv[2] === 'crawlers') {
  const classes = { 'social-preview': 'link_preview', monitoring: 'tool', scanner: 'tool', 'http-library': 'tool', 'browser-automation': 'tool' };
  for (const { instances, tags } of require('crawler-user-agents')) {
    for (const ua of instances) print({ ua, machine: true, class: classes[tags[0]] ?? 'crawler' });
  }
} else {
  const families = {
    'Chrome WebView': 'webview', 'Samsung Internet': 'samsung', 'Opera Touch': 'opera', WebKit: 'webview', 'Android Browser': 'chrome',
  };
  const systems = { macOS: 'mac', 'Chrome OS': 'chromeos', Ubuntu: 'linux' };
  const { UAParser } = require('ua-parser-js');
  const top = require('top-user-agents');
  const common = JSON.parse(readFileSync('node_modules/user-agents/dist/user-agents.json')).map((entry) => entry.userAgent);
  for (const ua of new Set([...(top.default ?? top), ...common])) {
    const { browser, os, device } = new UAParser(ua).getResult();
    const name = (browser.name ?? '').replace(/^Mobile /, '');
    print({
      ua, machine: false, browser: families[name] ?? name.toLowerCase(),
      os: systems[os.name] ?? (os.name ?? '').toLowerCase(), device: device.type ?? 'desktop',
    });
  }
}
