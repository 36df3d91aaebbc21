//! Makes snapshots: demo data or imported rows in, one verified SQLite file and a manifest out.
