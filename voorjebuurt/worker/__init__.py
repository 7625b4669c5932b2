"""The process that does what can wait: it wires the queue and the timetable to the tasks."""
