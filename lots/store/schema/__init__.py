"""The tables that the declarations ask for, and how a database gets them."""
