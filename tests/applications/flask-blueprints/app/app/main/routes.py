from flask import current_app, render_template, request

from app.main import bp


@bp.route('/')
@bp.route('/index')
def index():
    return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())


@bp.route('/deep/path/')
def deep():
    return 'path=%s' % request.path


@bp.route('/page/')
def page():
    return render_template('main/page.html', title=current_app.config['TITLE'])


@bp.route('/form/', methods=['GET', 'POST'])
def form():
    return 'Hello, %s' % request.form['name']
