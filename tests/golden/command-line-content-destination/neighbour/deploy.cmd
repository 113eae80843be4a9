msdeploy.exe -verb:sync -source:contentPath="C:\shop" -dest:contentPath="Default Web Site/shop"
