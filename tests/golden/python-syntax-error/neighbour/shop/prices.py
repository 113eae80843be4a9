def price():
    print "one"
