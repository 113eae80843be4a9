// Real applications with their packages from PyPI, made once into target/applications.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';

/** Everything that is fetched, exactly. */
const PINS = {
  django: ['Django==4.2.16', 'asgiref==3.8.1', 'sqlparse==0.5.1'],
  flask: [
    'Flask==3.0.3',
    'Werkzeug==3.0.4',
    'Jinja2==3.1.4',
    'MarkupSafe==2.1.5',
    'itsdangerous==2.2.0',
    'click==8.1.7',
    'blinker==1.8.2',
  ],
};

/** A project with much that is vendored, and what it lacks to start, as wheels. */
const PORTAL = [
  'Django==5.2.8',
  'mezzanine==6.1.1',
  'djangorestframework==3.16.1',
  'django-cms==5.0.4',
  'django-filter==25.2',
  'django-treebeard==4.7.1',
  'gunicorn==23.0.0',
  'pytz==2024.1',
];
const WHEELS = ['asgiref==3.10.0', 'sqlparse==0.5.3', 'whitenoise==6.11.0'];

/** What a visitor asks for and gets back, character for character. */
export const QUERY = 'q=a%20b&empty=&list=1&list=2';
export const ANSWER = 'q=a b; empty=; list=1,2';

/** @returns {string} a Django project, Django itself beside it */
export const django = () => once('shop', PINS.django, makeDjango);

/** @returns {string} a Flask application, Flask itself beside it */
export const flask = () => once('notes', PINS.flask, makeFlask);

/** @returns {{ folder: string, wheels: string[] }} some 6,500 files, and the three wheels without which they do not start */
export function portal() {
  const store = path.join(root, 'target/applications/portal-wheels');
  if (!fs.existsSync(store) || fs.readdirSync(store).length < WHEELS.length) {
    fs.rmSync(store, { recursive: true, force: true });
    const options = ['--quiet', '--no-deps', '--disable-pip-version-check', '--only-binary=:all:'];
    run('python3', ['-m', 'pip', 'download', ...options, '-d', store, ...WHEELS]);
  }
  const wheels = fs.readdirSync(store).map((name) => path.join(store, name));
  return { folder: once('portal', PORTAL, (folder) => makeDjango(folder, wheels)), wheels };
}

/**
 * @param {string} name
 * @param {string[]} pins
 * @param {(folder: string) => void} make
 */
function once(name, pins, make) {
  const folder = path.join(root, 'target/applications', name);
  const stamp = `${folder}.made`;
  const key = [...pins, make].join('\n');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const options = ['--quiet', '--no-deps', '--disable-pip-version-check'];
  run('python3', ['-m', 'pip', 'install', ...options, '--target', folder, ...pins]);
  make(folder);
  fs.writeFileSync(path.join(folder, 'requirements.txt'), `${pins.join('\n')}\n`);
  fs.mkdirSync(path.join(folder, 'uploads/empty'), { recursive: true });
  fs.writeFileSync(stamp, key);
  return folder;
}

/**
 * @param {string} folder
 * @param {string[]} [wheels]  Python imports from them as they are.
 */
function makeDjango(folder, wheels = []) {
  run('python3', ['-m', 'django', 'startproject', 'shop', folder], {
    PYTHONPATH: [folder, ...wheels].join(path.delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
  });
  const settings = path.join(folder, 'shop/settings.py');
  const text = fs.readFileSync(settings, 'utf8');
  fs.writeFileSync(settings, text.replace('ALLOWED_HOSTS = []', "ALLOWED_HOSTS = ['*']"));
  fs.writeFileSync(
    path.join(folder, 'shop/urls.py'),
    `from django.http import HttpResponse
from django.urls import path


def answer(request):
    return HttpResponse('; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.GET.lists()))


urlpatterns = [path('', answer), path('deep/path/', answer)]
`,
  );
}

/** @param {string} folder */
function makeFlask(folder) {
  fs.mkdirSync(path.join(folder, 'templates'));
  fs.writeFileSync(path.join(folder, 'templates/größe.html'), '<p>größe</p>\n');
  fs.writeFileSync(
    path.join(folder, 'app.py'),
    `from flask import Flask, request

app = Flask(__name__)


@app.route('/')
@app.route('/deep/path/')
def answer():
    return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())
`,
  );
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
const run = (command, args, env = {}) =>
  execFileSync(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
