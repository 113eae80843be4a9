FLASK_APP=microjournal.py
FLASK_DEBUG=0
