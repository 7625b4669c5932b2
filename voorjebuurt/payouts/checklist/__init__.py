"""What staff look at before money goes to an account, with proof of each."""
