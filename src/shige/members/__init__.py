"""The members' register and the reserve pool (党员数据库、后备网格员库, R11), apart from residents' data."""
