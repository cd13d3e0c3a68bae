"""The country in districts: the plan, how districts are drawn from it, how they run and how they are added up."""
