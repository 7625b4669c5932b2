"""What a campaign's initiator tells by mail: to who gave, and to who follows it."""
