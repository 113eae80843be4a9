from app.users import bp


@bp.route('/<name>')
def user(name):
    return 'user %s' % name
