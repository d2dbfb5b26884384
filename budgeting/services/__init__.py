"""What people do: one deed, one transaction each."""
