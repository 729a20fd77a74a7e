"""Running networks on pictures: device, tiles, sessions."""
