CREATE USER [PlaceholderForUser] FOR LOGIN [PlaceholderForUser];
CREATE TABLE goods (name NVARCHAR(80) NOT NULL, price INT NOT NULL);
