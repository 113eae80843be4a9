import json

from flask import Flask, render_template, request

app = Flask(__name__)
app.config.from_file('settings.json', load=lambda file: {'TITLE': json.load(file)['title']}, text=False)


@app.route('/')
def index():
    return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())


@app.route('/deep/path/')
def deep():
    return 'path=%s' % request.path


@app.route('/page/')
def page():
    return render_template('page.html', title=app.config['TITLE'])


@app.post('/form/')
def form():
    return 'Hello, %s' % request.form['name']


if __name__ == '__main__':
    app.run(debug=True)
