@echo off
msdeploy.exe -verb:sync -source:package="C:\packages\app.zip" ^
  -dest:contentPath="Default Web Site/shop",computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop"
