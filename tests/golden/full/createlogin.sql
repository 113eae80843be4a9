CREATE LOGIN [PlaceholderForUser] WITH PASSWORD = 'PlaceholderForPassword';
