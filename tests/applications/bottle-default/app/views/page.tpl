<!doctype html>
<title>{{title}}</title>
<h1>{{title}}</h1>
