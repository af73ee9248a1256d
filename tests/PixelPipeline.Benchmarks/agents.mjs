// Writes JSON lines for `agents` of public lists, measuring sticks that are no part of the product. In a folder of its own:
//   npm install crawler-user-agents@1.60.0 user-agents@2.1.198 top-user-agents@2.1.138 ua-parser-js@2.0.10 js-yaml@4.1.0
//   node …/agents.mjs crawlers > crawlers.jsonl; node …/agents.mjs people > people.jsonl
//   node …/agents.mjs fixtures FOLDER > fixtures.jsonl   # FOLDER: Tests/fixtures of a checkout of matomo-org/device-detector
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'x.js'));
const print = (line) => console.log(JSON.stringify(line));

if (process.argv[2] === 'crawlers') {
  const classes = { 'social-preview': 'link_preview', monitoring: 'tool', scanner: 'tool', 'http-library': 'tool', 'browser-automation': 'tool' };
  for (const { instances, tags } of require('crawler-user-agents')) {
    for (const ua of instances) print({ ua, machine: true, class: classes[tags[0]] ?? 'crawler' });
  }
} else if (process.argv[2] === 'fixtures') {
  const { load } = require('js-yaml');
  const devices = { smartphone: 'mobile', phablet: 'mobile', 'feature phone': 'mobile', tablet: 'tablet', desktop: 'desktop', tv: 'tv', console: 'console' };
  const systems = {
    iOS: 'ios', Android: 'android', Windows: 'windows', Mac: 'mac', 'GNU/Linux': 'linux', 'Chrome OS': 'chromeos', BlackBerry: 'blackberry', Symbian: 'symbian', 'Windows Mobile': 'winphone',
  };
  for (const file of readdirSync(process.argv[3]).filter((f) => f.endsWith('.yml') && !f.startsWith('clienthints'))) {
    for (const { user_agent: ua, bot, client, device, os_family: os } of load(readFileSync(join(process.argv[3], file), 'utf8'))) {
      if (bot) print({ ua, machine: true });
      else if (client?.type === 'browser') print({ ua, machine: false, os: systems[os], device: devices[device?.type] });
    }
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
