PASSWORD = "Tr0ub4dor&3"
