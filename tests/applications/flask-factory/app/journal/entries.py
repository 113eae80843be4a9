from flask import Blueprint, current_app, render_template, request

bp = Blueprint('entries', __name__)


@bp.route('/')
def index():
    return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())


@bp.route('/deep/path/')
def deep():
    return 'path=%s' % request.path


@bp.route('/page/')
def page():
    return render_template('page.html', title=current_app.config['TITLE'])


@bp.route('/form/', methods=('POST',))
def form():
    return 'Hello, %s' % request.form['name']
