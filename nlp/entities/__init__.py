"""entities: mentions -> entities, entity_quality. Whom or what every mention stands for."""
