msdeploy.exe -verb:sync -source:package="C:\app.zip" -dest:auto,computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd",userName="$shop",password="not-a-real-one"
msdeploy.exe -verb:sync -source:package="C:\app.zip" -dest:auto,computerName='https://host:8172/MsDeploy.axd'
