INSERT INTO options VALUES ('home', 'http://localhost/shop');
