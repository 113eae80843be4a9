$shop = '$shop'
& msdeploy.exe -verb:sync -source:package="C:\packages\app.zip" -dest:auto,computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop",userName="$shop",password='not-a-real-one'
