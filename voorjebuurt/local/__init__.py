"""What only runs on one machine: demo data, payment sandbox, embedded database, launcher."""
