from shelf.web import ROOT, Shelf

app = Shelf(ROOT)
