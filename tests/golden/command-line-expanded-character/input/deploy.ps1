$package = "C:\packages\app.zip"
& msdeploy.exe -verb:sync "-source:package=$package" `
  -dest:auto,computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop",userName="$shop",password="$env:PASSWORD"
