CREATE USER 'PlaceholderForUser'@'localhost' IDENTIFIED BY 'PlaceholderForPassword'//
CREATE TABLE goods (name VARCHAR(80) NOT NULL, price INT NOT NULL)//
CREATE PROCEDURE cheapest() BEGIN SELECT name FROM goods ORDER BY price LIMIT 1; END//
