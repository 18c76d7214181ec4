from services.local.main import main

main()
