INSERT INTO goods VALUES ('http://
');
-- see http://
