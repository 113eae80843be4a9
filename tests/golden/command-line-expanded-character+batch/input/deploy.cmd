msdeploy.exe -verb:sync -source:package=C:\packages\my%20app.zip -dest:auto,computerName=https://host:8172/msdeploy.axd?site=shop&x=1 && echo done
