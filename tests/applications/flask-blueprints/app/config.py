import json
import os

basedir = os.path.abspath(os.path.dirname(__file__))


class Config:
    SECRET_KEY = os.environ.get('SECRET_KEY')
    with open(os.path.join(basedir, 'settings.json'), encoding='utf-8') as file:
        TITLE = json.load(file)['title']
